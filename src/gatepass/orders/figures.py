"""What stands behind the figures of an order's account: every one of them opens its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from gatepass.money import times
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Composition, Order, Part
from gatepass.orders.policies import KG, PartOf
from gatepass.receivables.labels import part_told, told
from gatepass.receivables.models import Item, PostingKind
from gatepass.receivables.rests import Cover, Rest, cover_of
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same

SAID = Text("{kind} {label}", "{kind} {label}")


@dataclass(frozen=True, slots=True)
class Behind:
    """One entry: its day, what it was, what it adds in fen (None: it explains and adds nothing), and where it is to be seen."""

    day: date | None
    what: Text
    fen: int | None
    href: str = ""


def behind(sight: Sight, uid: UUID, what: str) -> list[Behind]:
    """The entries behind a part of the composition in force (its position), its `total`, what was `received` or is `open`.

    Raises NotFound outside the scope, and for who may not see money.
    """
    row = seen_by(sight).select_related("customer").filter(uid=uid).first()
    if row is None or not sight.may(Power.SEE_MONEY):
        raise NotFound("order")
    if what in ("received", "open", "asked"):
        cover = cover_of(uid)
        return list({"received": came_for, "open": _open, "asked": _asked}[what](cover)) if cover else []
    made = Composition.objects.filter(order=row, withdrawn_at=None).first()
    parts = Part.objects.filter(composition=made).order_by("position")
    if what == "total":
        return [Behind(None, part_told(part.zh, part.en), part.fen) for part in parts]
    part = parts.filter(position=what).first() if what.isascii() and what.isdigit() and len(what) < 4 else None
    if part is None:
        raise NotFound("part")
    return list(_of_part(row, made, part))


def _open(cover: Cover) -> Iterable[Behind]:
    """What the order holds, what of its goods left unpaid, and what has not left: together what is still to come."""
    yield from (behind_rest(rest) for rest in cover.rests)
    if cover.inside:
        off = cover.asked.off_fen
        yield Behind(None, Text("货、运费、运补，还没出门", "goods, freight, subsidy that have not left"), cover.inside + off)
        if off:
            yield Behind(None, Text("政策折扣，随最后一批货", "discount by policy, with the last of the goods"), -off)


def _asked(cover: Cover) -> Iterable[Behind]:
    """What the order asks for as things stand: its goods, freight and subsidy, and what it names from before."""
    asked = cover.asked
    yield Behind(None, Text("本单货款、运费、运补", "goods, freight and subsidy of this order"), asked.fen + asked.off_fen)
    if asked.off_fen:
        yield Behind(None, Text("政策折扣", "discount by policy"), -asked.off_fen)
    if asked.remit_fen != asked.fen:
        yield Behind(None, Text("并入的原欠与余款", "what it names from before"), asked.remit_fen - asked.fen)


def behind_rest(rest: Rest, sign: int = 1) -> Behind:
    """What of an item is not matched, with its document."""
    item = rest.item
    return Behind(rest.day, SAID.fill(kind=rest.kind, label=rest.said), sign * rest.fen, page_of(item.document_kind, item.document))


def came_for(cover: Cover) -> Iterable[Behind]:
    """Receipts that went to an order since it was sent; what old debts that it named were settled otherwise stands last."""
    asked, left = cover.asked, cover.paid_fen
    for item in Item.objects.filter(order=asked.order, kind=PostingKind.RECEIPT.value, at__gte=asked.sent_at).order_by("id"):
        said = Text("到账 {label}", "Received: {label}").fill(label=told(item.label))
        yield Behind(item.day, said, -item.fen, page_of(item.document_kind, item.document))
        left += item.fen
    if left:
        yield Behind(None, Text("其间另行结清的旧账", "old items settled otherwise meanwhile"), left)


PAGES: Final = {
    "receipt": "/receipts/{}/", "voucher": "/receipts/vouchers/{}/", "order": "/orders/{}/", "consignment": "/trips/consignments/{}/",
    "waybill": "/waybills/{}/", "notice": "/notices/{}/",
}  # fmt: skip


def page_of(kind: str, uid: UUID | str) -> str:
    """Where the document behind an item is to be seen; blank where it has no page."""
    return PAGES[kind].format(uid) if kind in PAGES else ""


def _of_part(row: Order, made: Composition | None, part: Part) -> Iterable[Behind]:
    if part.kind == "goods":
        return _goods(made.data["lines"] if made else ())
    if part.kind == "subsidy":
        return [_subsidy(row, part.fen)]
    if part.kind == "freight":
        return [Behind(None, Text("发单时由客户内勤填写", "entered by the client admin when the order was sent"), part.fen)]
    return [frozen_rest(rest) for rest in part.entries]


def _goods(lines: Iterable[Mapping[str, Any]]) -> Iterable[Behind]:
    """The lines as they were when the composition was frozen: what changed since stands in what is to be remitted now."""
    for line in lines:
        yield Behind(None, same(f"{line['name']} {line['spec']} {line['cartons']} × {line['yuan']}"), int(line["fen"]))


def frozen_rest(rest: Mapping[str, Any]) -> Behind:
    """A rest as a composition or an account check keeps it: its document, its day, and what of it was open."""
    said = SAID.fill(kind=PostingKind(rest["kind"]).text, label=told(rest["label"]))
    return Behind(date.fromisoformat(rest["day"]), said, int(rest["fen"]), page_of(rest["document_kind"], rest["document"]))


def statement_of(parts: Iterable[Mapping[str, Any] | PartOf], remit_fen: int) -> list[dict[str, Any]]:
    """A composition as pages draw it, each part with the items that add up to it, the sum to remit last."""
    lines = []
    for one in parts:
        part: Mapping[str, Any] = one if isinstance(one, Mapping) else one.said()
        items = [frozen_rest(rest) for rest in part["entries"]]
        name = part_told(part["zh"], part["en"]).capital()
        lines.append({"name": name, "source": "", "fen": part["fen"], "sign": part["kind"] != "goods", "behind": items})
    return [*lines, {"name": Text("本次应打货款", "To remit this time"), "source": "", "fen": remit_fen, "kind": "total"}]


def _subsidy(row: Order, fen: int) -> Behind:
    who = row.customer
    quantity = {"carton": Decimal(row.cartons + row.gifts), "ton": row.weight_g / KG / KG, "m3": Decimal(row.volume_cm3) / 1_000_000}
    unit = {"carton": Text("件", "cartons"), "ton": Text("吨", "t"), "m3": Text("立方米", "m³")}
    if who.subsidy_yuan is None or who.subsidy_unit not in quantity:
        return Behind(None, Text("按约定费率", "by the agreed rate"), fen)
    count = quantity[who.subsidy_unit]
    agrees = -times(who.subsidy_yuan, count) == fen
    said = (
        Text("约定费率 {rate} 元 × {n} {unit}", "agreed rate {rate} yuan × {n} {unit}")
        if agrees
        else Text("按发单时的费率", "by the rate of that day")
    )
    return Behind(
        None, said.fill(rate=f"{who.subsidy_yuan.normalize():f}", n=f"{count:f}", unit=unit[who.subsidy_unit]) if agrees else said, fen
    )
