"""The main menu, as data: what it says, where it leads, which powers open it, which counter stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from gatepass.roles import Power
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Shown to who has any of `powers`; with none named, to everybody who is signed in."""

    text: Text
    path: str
    powers: frozenset[Power] = frozenset()
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the menu of one page shows it. `count` is empty where there is nothing to count."""

    text: Text
    path: str
    current: bool
    count: str


_P = Power


def _any(*powers: Power) -> frozenset[Power]:
    return frozenset(powers)


WORK: Final = (
    Entry(Text("今日待办", "My desk"), "/", counter="desk"),
    Entry(Text("订单", "Orders"), "/orders/", _any(_P.SEE_ORDERS), "orders"),
    Entry(
        Text("客户与账款", "Customers & accounts"), "/customers/", _any(_P.SEE_MONEY, _P.KEEP_CUSTOMERS), "customers"
    ),
    Entry(
        Text("备货与生产", "Stock-up & production"), "/production/", _any(_P.SEE_STOCK, _P.REPORT_READY), "production"
    ),
    Entry(Text("库存", "Stock"), "/stock/", _any(_P.SEE_STOCK, _P.KEEP_STOCK), "stock"),
    Entry(Text("发货通知单", "Shipping notices"), "/notices/", _any(_P.SEE_ORDERS, _P.PICK), "notices"),
    Entry(
        Text("车辆与托运单", "Trips & waybills"),
        "/trips/",
        _any(_P.ARRANGE_TRANSPORT, _P.KEEP_WAYBILL, _P.SIGN_AS_CARRIER, _P.RECEIVE_WAYBILL, _P.PICK, _P.SEE_COMPANY),
        "trips",
    ),
    Entry(
        Text("出门条", "Gate passes"), "/passes/", _any(_P.ISSUE_PASS, _P.PICK, _P.SEE_COMPANY), "passes"
    ),
    Entry(Text("配货", "Picking"), "/picking/", _any(_P.PICK)),
    Entry(Text("装车", "Loading"), "/loading/", _any(_P.PICK), "loading"),
    Entry(Text("我的车次", "My trips"), "/drive/", _any(_P.SIGN_AS_CARRIER), "drive"),
    Entry(Text("门卫", "Gate"), "/gate/", _any(_P.RELEASE), "gate"),
    Entry(Text("收款", "Receipts"), "/receipts/", _any(_P.RECORD_RECEIPT, _P.CHECK_ACCOUNT), "receipts"),
)
RULES: Final = (
    Entry(Text("制度", "Rulebook"), "/rulebook/"),
    Entry(Text("执行情况与奖惩", "Enforcement & fines"), "/enforcement/", counter="fines"),
    Entry(Text("产品价格", "Products & prices"), "/products/", _any(_P.SEE_MONEY, _P.KEEP_PRODUCTS)),
    Entry(
        Text("承运单位", "Carriers"),
        "/carriers/",
        _any(_P.KEEP_CARRIERS, _P.ARRANGE_TRANSPORT, _P.RECEIVE_WAYBILL, _P.SEE_COMPANY),
    ),
    Entry(Text("人员岗位", "People"), "/people/", _any(_P.KEEP_PEOPLE, _P.SEE_COMPANY)),
    Entry(Text("工作日历", "Calendar"), "/calendar/"),
)


def menu(group: tuple[Entry, ...], powers: Set[Power], path: str, counters: Mapping[str, int]) -> tuple[Shown, ...]:
    """The entries of a group that these powers open; the one that `path` lies under is current."""
    return tuple(
        Shown(
            entry.text,
            entry.path,
            path == entry.path or (entry.path != "/" and path.startswith(entry.path)),
            str(counters[entry.counter]) if counters.get(entry.counter) else "",
        )
        for entry in group
        if not entry.powers or entry.powers & powers
    )
