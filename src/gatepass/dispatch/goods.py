"""The goods of notices: what of an order is still open, what lines are worth, what exactly an approval binds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from gatepass.dispatch.models import Notice, NoticeLine, Pick
from gatepass.money import times
from gatepass.orders.models import Order, OrderLine
from gatepass.rules.events import canonical


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line that a notice is to have: cartons paid for and cartons given away."""

    order_line: int | None
    product: UUID
    product_id: int
    product_name: str
    cartons: int
    gift: int
    yuan: Decimal
    change: UUID | None = None


def open_lines(order: Order, without: Notice | None = None) -> list[Wanted]:
    """What of an order's lines no notice names yet; `without`: as if that notice were not there."""
    others = NoticeLine.objects.filter(notice__order=order, notice__voided_at=None, until_version=None)
    if without is not None:
        others = others.exclude(notice=without)
    noticed = {row[0]: row[1:] for row in others.values_list("order_line").annotate(Sum("cartons"), Sum("gift"))}
    found = []
    for line in OrderLine.objects.filter(order=order).select_related("product").order_by("position"):
        cartons, gift = noticed.get(line.id, (0, 0))
        found.append(
            Wanted(
                line.id, line.product.uid, line.product_id, line.product.name,
                max(0, line.cartons - cartons), max(0, line.gift - gift), line.yuan,
            )
        )  # fmt: skip
    return found


def current_lines(notice: Notice) -> list[NoticeLine]:
    """The lines as they stand now."""
    rows = NoticeLine.objects.filter(notice=notice, until_version=None)
    return list(rows.select_related("product").order_by("position"))


def value_fen(lines: Iterable[Wanted | NoticeLine]) -> int:
    """Goods in fen: each line rounded half up once."""
    return sum(times(line.yuan, line.cartons) for line in lines)


def value_before(order: Order, notice: Notice | None) -> int:
    """What the order's earlier notices are worth (all of them where the notice is new): receipts cover them first (C4)."""
    earlier = NoticeLine.objects.filter(notice__order=order, notice__voided_at=None, until_version=None)
    if notice is not None:
        earlier = earlier.filter(notice__id__lt=notice.id)
    return value_fen(earlier)


def picked(notice: Notice) -> dict[tuple[int, int], int]:
    """Cartons picked by (position, product id): a changed line keeps what was picked for it."""
    rows = Pick.objects.filter(line__notice=notice).values_list("line__position", "line__product_id")
    return {(position, product): total for position, product, total in rows.annotate(total=Sum("cartons")) if total}


def totals(notices: Sequence[UUID]) -> dict[UUID, tuple[str, int, int]]:
    """Number, cartons wanted and cartons picked of notices, by their ids."""
    current = NoticeLine.objects.filter(notice__uid__in=notices, until_version=None)
    wanted = {row[0]: row[1] + row[2] for row in current.values_list("notice__uid").annotate(Sum("cartons"), Sum("gift"))}
    taken = dict(Pick.objects.filter(line__notice__uid__in=notices).values_list("line__notice__uid").annotate(Sum("cartons")).order_by())
    numbers = Notice.objects.filter(uid__in=notices).order_by("id").values_list("uid", "number")
    return {uid: (number, wanted.get(uid, 0), taken.get(uid, 0)) for uid, number in numbers}


@dataclass(frozen=True, slots=True)
class Where:
    """Where the goods go and who bears the freight."""

    consignee: str
    address: str
    destination: str
    phone: str
    bearer: str


def bound(customer: UUID, customer_name: str, where: Where, lines: Sequence[Wanted], unpaid_fen: int) -> dict[str, Any]:
    """What an approval binds (customer, consignee, address, lines, unpaid sum, collect on delivery, freight): JSON as it is hashed.

    Vehicle, driver and batches are no part of it. Nothing is collected on delivery yet: the field stands for papers that will.
    """
    return {
        "customer": str(customer), "customer_name": customer_name,
        "consignee": where.consignee, "address": where.address, "destination": where.destination, "phone": where.phone,
        "bearer": where.bearer, "unpaid_fen": unpaid_fen, "collect_fen": 0,
        "lines": [
            {"product": str(line.product), "name": line.product_name, "cartons": line.cartons, "gift": line.gift}
            for line in lines
        ],
    }  # fmt: skip


def digest_of(data: dict[str, Any]) -> str:
    """The hash that an approval carries."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
