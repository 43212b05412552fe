"""What a version of a notice binds, in words, through the viewer's field view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.routes import Line
from gatepass.customers.models import Bearer
from gatepass.dispatch.models import Notice
from gatepass.dispatch.unpaid import signed_for
from gatepass.journal.rows import find
from gatepass.money import figure
from gatepass.orders.models import Composition
from gatepass.orders.sending import OWN
from gatepass.roles import Power, Sight
from gatepass.words import Text, same

CALLED: Final = {
    "customer_name": Text("客户", "customer"),
    "consignee": Text("收货人", "consignee"),
    "phone": Text("收货电话", "consignee's phone"),
    "address": Text("收货地址", "address"),
    "destination": Text("目的地", "destination"),
    "bearer": Text("运费承担", "freight borne by"),
    "unpaid_fen": Text("未到账", "unpaid"),
    "collect_fen": Text("货到代收", "collect on delivery"),
}
CONTACTS: Final = ("phone", "address", "consignee")
CARTONS: Final = Text("{cartons} 件", "{cartons} cartons")
WITH_GIFT: Final = Text("{cartons} 件，搭赠 {gift}", "{cartons} cartons, {gift} free")


def lines(sight: Sight, data: Mapping[str, Any]) -> list[Line]:
    """Every value that is bound, then the goods."""
    return [*(Line(name, called, _said(sight, name, data)) for name, called in CALLED.items()), *_goods(data)]


def headline(sight: Sight, data: Mapping[str, Any]) -> Text:
    """Customer and cartons."""
    cartons = sum(line["cartons"] + line["gift"] for line in data["lines"])
    return Text("{customer} · {cartons} 件", "{customer} · {cartons} cartons").fill(customer=data["customer_name"], cartons=cartons)


def beside(sight: Sight, uid: UUID) -> Sequence[Line]:
    """What its order asks, with what came off or was added to its goods, and what the director signed for of the notice."""
    if not sight.may(Power.SEE_MONEY):
        return ()
    notice = Notice.objects.select_related("order").get(uid=uid)
    made = find(Composition, order_id=notice.order_id, withdrawn_at=None)
    parts = [one for one in made.data["parts"] if one["fen"] and one["kind"] in OWN] if made else []
    found = [Line(one["kind"], Text("{order}：{name}", "{order}: {name}").fill(order=notice.order.number, name=Text(one["zh"], one["en"])),
                  same(figure(int(one["fen"])))) for one in parts]  # fmt: skip
    due = Text("{order}：应打货款", "{order}: to remit").fill(order=notice.order.number)
    asked = [Line("remit", due, same(figure(made.data["remit_fen"])))] if made else []
    signed = signed_for(notice)
    signed_ = Line("signed", Text("总监已签未付", "signed for unpaid by the director"), same(figure(signed)))
    return [*found, *asked, *([signed_] if signed else [])]


def _said(sight: Sight, name: str, data: Mapping[str, Any]) -> Text | None:
    """One bound value in words; None where the viewer may not see it."""
    if name in CONTACTS and not sight.may(Power.SEE_CONTACTS):
        return None
    if name.endswith("_fen"):
        return same(figure(int(data[name]))) if sight.may(Power.SEE_MONEY) else None
    return Bearer(data[name]).text if name == "bearer" else same(str(data[name]))


def _goods(data: Mapping[str, Any]) -> Iterator[Line]:
    """One line a product, all its lines together."""
    sums: dict[str, tuple[str, int, int]] = {}
    for line in data["lines"]:
        _, cartons, gift = sums.get(line["product"], ("", 0, 0))
        sums[line["product"]] = (line["name"], cartons + line["cartons"], gift + line["gift"])
    for product, (name, cartons, gift) in sums.items():
        yield Line(product, same(name), (WITH_GIFT if gift else CARTONS).fill(cartons=cartons, gift=gift))
