"""What stands behind the figures of an order's account: every one of them opens its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from gatepass.money import times
from gatepass.orders.locking import seen_by
from gatepass.orders.models import AccountCheck, Composition, Order, OrderLine, Part
from gatepass.orders.policies import KG
from gatepass.receivables.labels import part_told, told
from gatepass.receivables.models import Account, Match, Posting, PostingKind
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
    """The entries behind a part of the composition in force (its position), its `total`, or what was `received`.

    Raises NotFound outside the scope, and for who may not see money.
    """
    row = seen_by(sight).select_related("customer").filter(uid=uid).first()
    if row is None or not sight.may(Power.SEE_MONEY):
        raise NotFound("order")
    if what == "received":
        return list(_received(row))
    made = Composition.objects.filter(order=row, withdrawn_at=None).first()
    parts = Part.objects.filter(composition=made).order_by("position")
    if what == "total":
        return [Behind(None, part_told(part.zh, part.en), part.fen) for part in parts]
    part = parts.filter(position=what).first() if what.isascii() and what.isdigit() and len(what) < 4 else None
    if part is None:
        raise NotFound("part")
    return list(_of_part(row, part))


def _of_part(row: Order, part: Part) -> Iterable[Behind]:
    if part.kind == "goods":
        return _goods(row)
    if part.kind == "previous":
        return _previous(row)
    if part.kind == "subsidy":
        return [_subsidy(row, part.fen)]
    if part.kind == "freight":
        return [Behind(None, Text("发单时由客户内勤填写", "entered by the client admin when the order was sent"), part.fen)]
    return _postings(row.customer.uid, part.source)


def _goods(row: Order) -> Iterable[Behind]:
    for line in OrderLine.objects.filter(order=row).select_related("product").order_by("position"):
        said = f"{line.product.name} {line.product.spec} {line.cartons} × {line.yuan.normalize():f}"
        yield Behind(None, same(said), line.fen)


def _previous(row: Order) -> Iterable[Behind]:
    check = AccountCheck.objects.filter(order=row, answered_at__isnull=False).order_by("-id").first()
    for part in check.parts if check else []:
        yield Behind(date.fromisoformat(part["day"]), SAID.fill(kind=Text(part["zh"], part["en"]), label=told(part["label"])), part["fen"])


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


def _postings(customer: UUID, document: UUID | None) -> Iterable[Behind]:
    for line in Posting.objects.filter(document=document).order_by("at", "id") if document else []:
        sign = 1 if line.debit == Account.CUSTOMER.value and line.debit_party == customer else -1
        kind = PostingKind(line.kind).text
        yield Behind(line.day, SAID.fill(kind=kind, label=told(line.label)), sign * line.fen)


def _received(row: Order) -> Iterable[Behind]:
    for match in Match.objects.filter(order=row.uid).select_related("receipt").order_by(F("at")):
        receipt = match.receipt
        purse = Account(receipt.account).text
        said = Text("{purse}到账 {number} {payer}", "{purse}, {number} {payer}").fill(
            purse=purse, number=receipt.number, payer=receipt.payer
        )
        yield Behind(receipt.paid_on, said, match.fen, f"/receipts/{receipt.uid}/")
