"""What the form of a command stands on: the order, notice, change or fine that it is about, so that nobody decides blindly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from gatepass.dispatch.queries import notices, samples
from gatepass.enforcement.queries import duties, fines
from gatepass.gate import pages as gate
from gatepass.journal import clock
from gatepass.journal.door import Command
from gatepass.journal.labels import label
from gatepass.look.addresses import PAGES, address_of
from gatepass.money import figure
from gatepass.orders import queries as orders
from gatepass.production import queries as production
from gatepass.receivables import queries as receivables
from gatepass.receivables.rests import summed
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.site.asking import about_book
from gatepass.site.asking.fact import Fact
from gatepass.site.pickers import pick
from gatepass.transport import board, waybill_pages
from gatepass.words import Text

CUSTOMER: Final = Text("客户", "Customer")
GOODS: Final = Text("货", "Goods")
STANDS: Final = Text("到哪一步", "Stands")
SUM: Final = Text("金额", "Sum")
CARTONS: Final = Text("{n} 件", "{n} cartons")


def about(command: Command, sight: Sight, given: Mapping[str, Any]) -> list[Fact]:
    """The facts of everything that a form is fixed to. What is out of sight says nothing."""
    found: list[Fact] = []
    for one in command.declaration.fields:
        if one.of is None or one.columns or not given.get(one.name):
            continue
        try:
            found += _several(one.of, sight, given[one.name]) if one.many else of_kind(one.of, sight, UUID(str(given[one.name])))
        except (NotFound, ValueError):
            continue
    if any(one.among in ("sentence", "foundable", "article") for one in command.declaration.fields):
        found += about_book.sentence(sight, given)
    if command.name in about_book.OF_THE_BOOK:
        found += about_book.OF_THE_BOOK[command.name](sight, given)
    if command.name in ALSO and sight.may(Power.SEE_MONEY):
        with suppress(KeyError, NotFound, ValueError):  # an address typed by hand may name nothing, or nothing that there is
            found += ALSO[command.name](sight, given)
    return [fact for fact in found if fact.value not in (None, "", [])]


def of_kind(kind: str, sight: Sight, uid: UUID) -> list[Fact]:
    """Raises NotFound where it is out of sight."""
    if kind in FACTS:
        return FACTS[kind](sight, uid)
    row = next((row for row in pick(sight, kind, str(uid)) or [] if row["value"] == str(uid)), None)
    href = address_of(kind, uid) if kind in PAGES else ""
    return [Fact(label(kind), f"{row['label']} {row['hint']}".strip(), href)] if row else []


def _several(kind: str, sight: Sight, given: Any) -> list[Fact]:
    """Each of several by its name, with its page."""
    uids = [UUID(str(uid)) for uid in (given if isinstance(given, list) else str(given).replace(",", " ").split())]
    return [fact for uid in uids for fact in of_kind(kind, sight, uid)[:2]]


def _sum(fen: int | None, word: Text = SUM) -> Fact:
    return Fact(word, None if fen is None else figure(fen))


def _order(sight: Sight, uid: UUID) -> list[Fact]:
    row = orders.order_row(sight, uid)
    return [
        Fact(Text("订单", "Order"), row.number, address_of("order", uid)),
        Fact(CUSTOMER, row.customer_name, address_of("customer", row.customer) if sight.may(Power.SEE_MONEY) else ""),
        Fact(STANDS, row.stage),
        Fact(GOODS, Text("{n} 件 + 搭赠 {m} 件", "{n} cartons + {m} free").fill(n=row.cartons, m=row.gifts)),
        _sum(row.goods_fen, Text("本次货款", "This order's goods")),
        _sum(row.remit_fen, Text("本次应打", "To remit")),
        _sum(row.received_fen if row.remit_fen is not None else None, Text("已到账", "Received")),
    ]


def _account(sight: Sight, given: Mapping[str, Any]) -> list[Fact]:
    """What finance answers for: the parts of the balance, and where each of them opens."""
    customer = orders.order_row(sight, UUID(str(given["order"]))).customer
    now, page = receivables.account_now(sight, customer), f"/customers/{customer}/account/"
    return [
        Fact(Text("账面余额", "Balance in the ledger"), figure(now.balance), page),
        Fact(Text("其中订单占用", "Held by orders"), figure(-summed(now.held)), page),
        *(Fact(Text("{kind} {label}", "{kind} {label}").fill(kind=rest.kind, label=rest.said), figure(rest.fen), page) for rest in now.free),
        Fact(Text("答复为原欠", "Answered as previous balance"), figure(summed(now.free)), page),
    ]


def _notice(sight: Sight, uid: UUID) -> list[Fact]:
    row = notices.row(sight, uid)
    return [
        Fact(Text("发货通知单", "Shipping notice"), f"{row.number} v{row.version}", address_of("notice", uid)),
        Fact(CUSTOMER, row.customer),
        Fact(Text("订单", "Order"), row.order_number, address_of("order", row.order) if sight.may(Power.SEE_ORDERS) else ""),
        Fact(Text("已配", "Picked"), Text("{n} / {m} 件", "{n} of {m} cartons").fill(n=row.picked, m=row.wanted)),
        Fact(STANDS, row.stage_text),
    ]


def _change(sight: Sight, uid: UUID) -> list[Fact]:
    row = notices.change(sight, uid)
    return [
        Fact(Text("变动", "Change"), row.kind_text, address_of("change", uid)),
        Fact(Text("通知单", "Notice"), row.number, address_of("notice", row.notice)),
        Fact(GOODS, row.product),
        Fact(Text("换成", "Instead"), row.instead),
        Fact(Text("件数", "Cartons"), row.cartons),
        Fact(Text("原因", "Reason"), row.reason),
        Fact(Text("提出", "Proposed by"), row.proposed_by),
        Fact(Text("同意", "Consent"), row.consented_by),
        _sum(row.value_fen),
    ]


def _doubt(sight: Sight, uid: UUID) -> list[Fact]:
    notice, row = notices.doubt(sight, uid)
    return [
        Fact(Text("仓库问", "The warehouse asks"), row.question),
        Fact(GOODS, row.product),
        Fact(Text("提问", "Asked by"), row.asked_by),
        *_notice(sight, notice),
    ]


def _demand(sight: Sight, uid: UUID) -> list[Fact]:
    row = production.demand(sight, uid)
    return [
        Fact(GOODS, f"{row.name} {row.spec}"),
        Fact(Text("订单", "Order"), row.order_number),
        Fact(CUSTOMER, row.customer_name),
        Fact(Text("需", "Needed"), CARTONS.fill(n=row.cartons)),
        Fact(Text("库存留", "From stock"), CARTONS.fill(n=row.from_stock)),
        Fact(Text("已备", "Ready"), CARTONS.fill(n=row.ready)),
        Fact(Text("还差", "Missing"), CARTONS.fill(n=row.missing)),
        Fact(Text("报缺", "Reported short"), CARTONS.fill(n=row.short) if row.short else None),
        Fact(Text("原因", "Reason"), row.short_why),
    ]


def _receipt(sight: Sight, uid: UUID) -> list[Fact]:
    row, _ = receivables.receipt(sight, uid)
    return [
        Fact(Text("收款", "Receipt"), row.number, address_of("receipt", uid)),
        Fact(CUSTOMER, row.customer_name, f"/customers/{row.customer}/account/"),
        _sum(row.fen),
        _sum(row.difference_fen, Text("差额", "Difference")),
    ]


def _voucher(sight: Sight, uid: UUID) -> list[Fact]:
    row = receivables.voucher(sight, uid)
    return [
        Fact(Text("票据", "Voucher"), row.number, address_of("voucher", uid)),
        Fact(CUSTOMER, row.customer_name, f"/customers/{row.customer}/account/"),
        Fact(Text("名目", "For"), Text("{kind} {label}", "{kind} {label}").fill(kind=row.kind, label=row.label)),
        _sum(row.fen),
    ]


def _item(sight: Sight, uid: UUID) -> list[Fact]:
    rest = receivables.rest(sight, uid)
    return [
        Fact(Text("项目", "Item"), Text("{kind} {label}", "{kind} {label}").fill(kind=rest.kind, label=rest.said)),
        _sum(abs(rest.fen), Text("还没有核销的", "Not matched of it")),
    ]


def _trip(sight: Sight, uid: UUID) -> list[Fact]:
    row = board.trip_page(sight, uid, clock.now()).trip
    return [
        Fact(Text("车次", "Trip"), row.number, address_of("trip", uid)),
        Fact(Text("车辆", "Vehicle"), f"{row.plate} {row.kind}"),
        Fact(Text("承运", "Carrier"), f"{row.carrier} · {row.driver}"),
        Fact(CUSTOMER, row.customers),
        Fact(GOODS, CARTONS.fill(n=row.cartons)),
        Fact(STANDS, row.stage),
    ]


def _consignment(sight: Sight, uid: UUID) -> list[Fact]:
    trip, stop = board.stop_of(sight, uid, clock.now())
    return [
        Fact(Text("出库单", "Outbound order"), stop.number, address_of("consignment", uid)),
        Fact(CUSTOMER, stop.customer_full),
        Fact(Text("去向", "Destination"), stop.destination),
        Fact(GOODS, CARTONS.fill(n=stop.cartons)),
        Fact(Text("车次", "Trip"), f"{trip.number} {trip.plate} {trip.driver}", address_of("trip", trip.uid)),
        Fact(Text("托运单", "Waybill"), stop.waybill_number),
    ]


def _waybill(sight: Sight, uid: UUID) -> list[Fact]:
    row = waybill_pages.waybill_page(sight, uid).line
    return [
        Fact(Text("托运单", "Waybill"), row.number, address_of("waybill", uid)),
        Fact(CUSTOMER, row.customer),
        Fact(Text("承运", "Carrier"), f"{row.carrier} {row.plate}"),
        Fact(Text("运费", "Freight"), row.bearer),
        _sum(row.freight_fen),
    ]


def _pass(sight: Sight, uid: UUID) -> list[Fact]:
    row = gate.one_pass(sight, uid, clock.now())
    return [
        Fact(Text("出门条", "Gate pass"), row.number, address_of("gate_pass", uid)),
        Fact(Text("车牌", "Plate"), row.plate),
        Fact(GOODS, CARTONS.fill(n=row.cartons)),
        Fact(Text("通知单", "Notices"), list(row.notices)),
        Fact(STANDS, row.standing),
    ]


def _authority(sight: Sight, uid: UUID) -> list[Fact]:
    row = next((one for one in gate.authorities(clock.now()) if one.uid == uid), None)
    if row is None or not any(sight.may(power) for power in (*gate.SEES, Power.RELEASE)):
        raise NotFound("authority")
    return [
        Fact(Text("委托", "Authority"), row.number, address_of("authority", uid)),
        Fact(Text("门卫", "Guard"), row.guard),
        Fact(Text("通知单", "Notices"), list(row.notices)),
    ]


def _sample(sight: Sight, uid: UUID) -> list[Fact]:
    row = samples.sample(sight, uid)
    return [
        Fact(Text("样品", "Samples"), row.number, address_of("sample", uid)),
        Fact(CUSTOMER, row.customer),
        Fact(Text("用途", "For"), row.purpose),
        Fact(STANDS, row.stage_text),
    ]


def _fine(sight: Sight, uid: UUID) -> list[Fact]:
    row = fines.fine(sight, uid, at=clock.now()).row
    return [
        Fact(Text("罚款", "Fine"), row.title, address_of("fine", uid)),
        Fact(Text("谁", "Whose"), row.whose),
        Fact(Text("单据", "Document"), row.document),
        _sum(row.fen),
    ]


def _duty(sight: Sight, uid: UUID) -> list[Fact]:
    row = duties.one(sight, uid, at=clock.now())
    return [
        Fact(Text("待办", "Duty"), row.what),
        Fact(Text("条款", "Clause"), row.clause, f"/rulebook/{row.article}/"),
        Fact(Text("谁", "Whose"), row.whose),
        Fact(CUSTOMER, row.customer_name),
        Fact(Text("单据", "Document"), " ".join(dict.fromkeys(filter(None, (row.document, row.order_number))))),
    ]


ALSO: Final = {"answer_account_check": _account}
FACTS: Final[dict[str, Callable[[Sight, UUID], list[Fact]]]] = {
    "order": _order,
    "notice": _notice,
    "change": _change,
    "doubt": _doubt,
    "demand": _demand,
    "receipt": _receipt,
    "voucher": _voucher,
    "item": _item,
    "trip": _trip,
    "consignment": _consignment,
    "waybill": _waybill,
    "gate_pass": _pass,
    "authority": _authority,
    "sample": _sample,
    "fine": _fine,
    "amendment": about_book.amended,
    "proposal": about_book.proposed,
    "obligation": _duty,
}
