"""The only readers of orders: frozen rows, already scoped to who is asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gatepass.approvals.models import Matter
from gatepass.catalogue.policies import reason_told
from gatepass.customers.models import Address, Customer
from gatepass.journal.reading import Asked, joined
from gatepass.journal.rows import find, rows
from gatepass.orders import sql
from gatepass.orders.facts import CheckState
from gatepass.orders.inputs import Channel
from gatepass.orders.locking import lines_with_products, seen_by, sees
from gatepass.orders.models import AccountCheck, Composition, Note, Order, OrderLine, Part
from gatepass.receivables.labels import part_told
from gatepass.receivables.models import Commitment
from gatepass.receivables.rests import Cover, cover_of
from gatepass.roles import Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound
from gatepass.words import Text


def check_state(_: Event) -> Asked:
    """The last account check of the event's order."""
    return Asked(sql.CHECKED, lambda _, found: _check_state(found or {"at": None, "reversed": False}))


def _check_state(found: Mapping[str, Any]) -> CheckState:
    at = datetime.fromisoformat(found["at"]) if found["at"] else None
    return CheckState(at is not None, at, bool(found["reversed"]))


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. remit_fen and goods_fen are None for who may not see money."""

    uid: UUID
    number: str
    customer: UUID
    customer_name: str
    region: str
    taken_at: datetime
    cartons: int
    gifts: int
    goods_fen: int | None
    remit_fen: int | None
    received_fen: int | None
    stage: Text
    promised_on: date | None
    wanted_on: date | None


STAGES = {
    "cancelled": Text("已取消", "cancelled"),
    "shipped": Text("已发完", "shipped"),
    "noticed": Text("发货中", "being shipped"),
    "paid": Text("已打款待发货", "paid, to be shipped"),
    "unpaid": Text("未打款待催款", "to be collected"),
    "sent": Text("等客户确认", "waiting for confirmation"),
    "objected": Text("客户有异议", "objected"),
    "checked": Text("已核账，待发客户", "checked, to be sent"),
    "taken": Text("等财务核账", "waiting for the account check"),
}


def stage_of(order: Order, covered: bool) -> str:
    """Where an order stands, from its facts; the first that holds."""
    facts = (
        ("cancelled", order.cancelled_at), ("shipped", order.shipped_at), ("noticed", order.noticed),
        ("paid", order.confirmed_at and covered), ("unpaid", order.confirmed_at), ("sent", order.sent_at), ("objected", order.objected_at),
        ("checked", order.checked_at),
    )  # fmt: skip
    return next((name for name, holds in facts if holds), "taken")


COVERED = Exists(Commitment.objects.filter(order=OuterRef("uid"), covered_at__isnull=False))
CONFIRMED = Q(confirmed_at__isnull=False, shipped_at=None, cancelled_at=None)
FILTERS: dict[str, Q] = {
    "open": Q(cancelled_at=None, shipped_at=None),
    "unconfirmed": Q(sent_at__isnull=False, confirmed_at=None, cancelled_at=None),
    "unchecked": Q(checked_at=None, cancelled_at=None),
    "unsent": Q(checked_at__isnull=False, sent_at=None, shipped_at=None, cancelled_at=None),
    "confirmed": CONFIRMED,
    "paid": CONFIRMED & Q(COVERED),
    "unpaid": CONFIRMED & ~Q(COVERED),
    "unsigned": Q(Exists(Matter.objects.filter(route="unpaid", order=OuterRef("uid"), closed_at=None, returned_at=None)), cancelled_at=None),
    "shipped": Q(shipped_at__isnull=False),
    "cancelled": Q(cancelled_at__isnull=False),
    "all": Q(),
}


def _listed(sight: Sight, shows: str, needle: str, customer: UUID | None) -> QuerySet[Order]:
    rows = seen_by(sight).filter(FILTERS.get(shows, Q()))
    if needle:
        rows = rows.filter(
            Q(number__icontains=needle) | Q(customer__name__icontains=needle) | Q(customer__initials__icontains=needle.lower())
        )
    return rows if customer is None else rows.filter(customer__uid=customer)


def orders(
    sight: Sight, *, shows: str = "open", needle: str = "", customer: UUID | None = None, before: tuple[datetime, int] | None = None, most: int = 50
) -> list[OrderRow]:
    """A page of orders, newest first, by keyset: `before` is (taken_at, id) of the last row seen."""
    found = _listed(sight, shows, needle, customer)
    if before is not None:
        found = found.filter(Q(taken_at__lt=before[0]) | Q(taken_at=before[0], id__lt=before[1]))
    return order_rows(sight, found.order_by("-taken_at", "-id")[:most])


@dataclass(frozen=True, slots=True)
class Around:
    """The orders before and after one in a list. place and total are 0 where the list is longer than is counted."""

    before: UUID | None
    after: UUID | None
    place: int
    total: int


COUNTED = 1000


def around(sight: Sight, uid: UUID, *, shows: str, needle: str = "", customer: UUID | None = None) -> Around | None:
    """Its neighbours in the list that `orders` gives; None where it is not in it (any more)."""
    rows = _listed(sight, shows, needle, customer)
    here = rows.filter(uid=uid).values_list("taken_at", "id").first()
    if here is None:
        return None
    at, number = here
    newer, older = rows.filter(Q(taken_at__gt=at) | Q(taken_at=at, id__gt=number)), rows.filter(Q(taken_at__lt=at) | Q(taken_at=at, id__lt=number))
    total = rows.order_by()[: COUNTED + 1].count()
    place = newer.order_by().count() + 1 if total <= COUNTED else 0
    before = newer.order_by("taken_at", "id").values_list("uid", flat=True).first()
    after = older.order_by("-taken_at", "-id").values_list("uid", flat=True).first()
    return Around(before, after, place, total if place else 0)


def order_rows(sight: Sight, found: Iterable[Order]) -> list[OrderRow]:
    """With customers and commitments read beside: joined, their plan would change with the number of orders."""
    listed, money = list(found), sight.may(Power.SEE_MONEY)
    customers = {one.pk: one for one in rows(Customer, id=list({order.customer_id for order in listed}))} if listed else {}
    asked = {one.order: one for one in rows(Commitment, order=[order.uid for order in listed])} if listed else {}
    for order in listed:
        order.customer = customers[order.customer_id]
    return [_row(order, asked.get(order.uid), money) for order in listed]


def _row(order: Order, asked: Commitment | None, money: bool) -> OrderRow:
    covered = asked is not None and asked.covered_at is not None
    return OrderRow(
        order.uid, order.number, order.customer.uid, order.customer.name, order.region, order.taken_at, order.cartons, order.gifts,
        order.goods_fen if money else None, order.remit_fen if money else None, asked.received_fen if asked and money else None,
        STAGES[stage_of(order, covered)], order.promised_on, order.wanted_on,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order; yuan and fen are None for who may not see money."""

    id: int
    position: int
    product: UUID
    code: str
    name: str
    spec: str
    cartons: int
    gift: int
    gift_why: str
    yuan: Decimal | None
    fen: int | None
    remark: str
    shipped: int
    shipped_gift: int

    @property
    def gift_said(self) -> Text:
        return reason_told(self.gift_why)


@dataclass(frozen=True, slots=True)
class PartRow:
    kind: str
    text: Text
    fen: int
    source_kind: str
    source: UUID | None


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything that the order's own tables say about one order."""

    row: Order
    customer: UUID
    customer_name: str
    stage: str
    lines: tuple[LineRow, ...]
    parts: tuple[PartRow, ...]
    composed_at: datetime | None
    composition: UUID | None
    received_fen: int | None
    covered_at: datetime | None
    notes: tuple[Note, ...]
    check: AccountCheck | None
    cover: Cover | None
    money: bool


def order(sight: Sight, uid: UUID) -> OrderPage:
    """One order for its page. Raises NotFound outside the viewer's scope."""
    found = _found(sight, uid)
    money = sight.may(Power.SEE_MONEY)
    cover, made = cover_of(uid), find(Composition, order_id=found.pk, withdrawn_at=None)
    parts = sorted(rows(Part, composition_id=made.pk), key=lambda part: part.position) if made and money else []
    checks = rows(AccountCheck, order_id=found.pk)
    return OrderPage(
        row=found, customer=found.customer.uid, customer_name=found.customer.name,
        stage=stage_of(found, cover is not None and cover.asked.covered_at is not None),
        lines=lines_of(found, money), parts=tuple(PartRow(p.kind, part_told(p.zh, p.en), p.fen, p.source_kind, p.source) for p in parts),
        composed_at=made.at if made else None, composition=made.uid if made else None,
        received_fen=cover.paid_fen if cover and money else None, covered_at=cover.asked.covered_at if cover else None,
        notes=tuple(sorted(rows(Note, order_id=found.pk), key=lambda note: (note.at, note.pk))),
        check=checks[-1] if checks else None, money=money, cover=cover if money else None,
    )  # fmt: skip


def _found(sight: Sight, uid: UUID) -> Order:
    """The order with customer and address at hand. Raises NotFound outside the viewer's scope."""
    for order, customer, address in cast(list[tuple[Order, Customer, Address]], joined((Order, Customer, Address), sql.ORDER, {"order": uid})):
        order.customer, order.address = customer, address
        if sees(sight, order.region):
            return order
    raise NotFound("order")


def lines_of(found: Order, money: bool) -> tuple[LineRow, ...]:
    return tuple(
        LineRow(
            r.id, r.position, r.product.uid, r.product.code, r.product.name, r.product.spec, r.cartons, r.gift, r.gift_why,
            r.yuan if money else None, r.fen if money else None, r.remark, r.shipped, r.shipped_gift,
        )
        for r in lines_with_products(found)
    )  # fmt: skip


def listed(sight: Sight) -> Iterator[Mapping[str, Any]]:
    """The lines of the orders under way, oldest first, by the names of the columns in which a list has them."""
    under_way = seen_by(sight).filter(shipped_at=None, cancelled_at=None)
    rows = OrderLine.objects.filter(order__in=under_way, cartons__gt=0).select_related("order__customer", "order__address", "product")
    for row in rows.order_by("order_id", "position"):
        order = row.order
        yield {
            "reference": order.number, "customer": order.customer.code, "product": row.product.code, "cartons": row.cartons,
            "wanted_on": order.wanted_on, "address": order.address.label, "channel": Channel(order.channel), "remark": row.remark,
            "note": order.note if row.position == 1 else "",
        }  # fmt: skip


def previous(sight: Sight, customer: UUID, but: UUID | None = None) -> OrderPage | None:
    """The customer's last dispatch, for looking back (D1): his last order of which something left, else his last order."""
    gone = Exists(OrderLine.objects.filter(order=OuterRef("pk")).filter(Q(shipped__gt=0) | Q(shipped_gift__gt=0)))
    rows = seen_by(sight).filter(customer__uid=customer, cancelled_at=None).annotate(gone=gone)
    rows = rows.exclude(uid=but) if but else rows
    last = rows.order_by("-gone", "-taken_at").values_list("uid", flat=True).first()
    return order(sight, last) if last else None


def pick(sight: Sight, needle: str, most: int = 12) -> list[dict[str, Any]]:
    """Orders for a reference field: number, customer."""
    return [{"value": str(r.uid), "label": r.number, "hint": r.customer_name} for r in orders(sight, shows="all", needle=needle, most=most)]


def named(uids: Sequence[UUID]) -> dict[UUID, tuple[str, str, int | None]]:
    """Number, customer's name and remit of orders by id, for desks that already scoped them."""
    rows = Order.objects.filter(uid__in=uids).values_list("uid", "number", "customer__name", "remit_fen")
    return {uid: (number, name, fen) for uid, number, name, fen in rows}


def cursor(sight: Sight, after: str) -> tuple[datetime, int] | None:
    """The keyset position of an order's id, as a list's `after`; None for the beginning or for what is not seen."""
    try:
        uid = UUID(after)
    except ValueError:
        return None
    return seen_by(sight).filter(uid=uid).values_list("taken_at", "id").first()


def order_row(sight: Sight, uid: UUID) -> OrderRow:
    """One order as a list shows it. Raises NotFound outside the scope."""
    found = order_rows(sight, seen_by(sight).filter(uid=uid))
    if not found:
        raise NotFound("order")
    return found[0]
