"""The goods of notices: what of an order is still open, what lines are worth, what exactly an approval binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from django.db.models import Sum

from gatepass.catalogue.models import Product
from gatepass.dispatch import sql
from gatepass.dispatch.models import Notice, NoticeLine, Pick
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import joined
from gatepass.money import times
from gatepass.orders.locking import lines_with_products
from gatepass.orders.models import Order


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line that a notice is to have: cartons paid for and cartons given away."""

    order_line: int | None
    sold: Product
    cartons: int
    gift: int
    yuan: Decimal
    change: UUID | None = None

    @property
    def product(self) -> UUID:
        return self.sold.uid

    @property
    def product_id(self) -> int:
        return self.sold.pk

    @property
    def product_name(self) -> str:
        return self.sold.name


@dataclass(frozen=True, slots=True)
class Noticed:
    """One line of the order's notices in force: of which notice and order line, how much."""

    notice: int
    order_line: int | None
    yuan: Decimal
    cartons: int
    gift: int


def noticed(order: Order) -> list[Noticed]:
    """What the order's notices say now, void ones apart."""
    with prepared() as cursor:
        cursor.execute(sql.NOTICED, {"order": order.pk})
        return [Noticed(*row) for row in cursor.fetchall()]


def open_lines(order: Order, known: Iterable[Noticed], without: Notice | None = None) -> list[Wanted]:
    """What of an order's lines no notice names yet; `without`: as if that notice were not there."""
    named: dict[int | None, tuple[int, int]] = {}
    for one in known:
        if without is None or one.notice != without.pk:
            cartons, gift = named.get(one.order_line, (0, 0))
            named[one.order_line] = (cartons + one.cartons, gift + one.gift)
    found = []
    for line in lines_with_products(order):
        cartons, gift = named.get(line.id, (0, 0))
        found.append(Wanted(line.id, line.product, max(0, line.cartons - cartons), max(0, line.gift - gift), line.yuan))
    return found


def current_lines(notice: Notice, text: str = sql.LINES, asked: Mapping[str, Any] = MappingProxyType({})) -> list[NoticeLine]:
    """The lines as they stand now, by one of the statements of lines with their products."""
    found = []
    for line, product in cast(list[tuple[NoticeLine, Product]], joined((NoticeLine, Product), text, {"notice": notice.pk, **asked})):
        line.product, line.notice = product, notice
        found.append(line)
    return found


def value_fen(lines: Iterable[Wanted | NoticeLine]) -> int:
    """Goods in fen: each line rounded half up once."""
    return sum(times(line.yuan, line.cartons) for line in lines)


def value_before(known: Iterable[Noticed], notice: Notice | None) -> int:
    """What the order's earlier notices are worth (all of them where the notice is new): receipts cover them first (C4)."""
    return sum(times(one.yuan, one.cartons) for one in known if notice is None or one.notice < notice.pk)


def picked(notice: Notice) -> dict[tuple[int, int], int]:
    """Cartons picked by (position, product id): a changed line keeps what was picked for it."""
    with prepared() as cursor:
        cursor.execute(sql.TAKEN, {"notice": notice.pk})
        return {(position, product): total for position, product, total in cursor.fetchall()}


def totals(notices: Sequence[UUID]) -> dict[UUID, tuple[str, int, int]]:
    """Number, cartons wanted and cartons picked of notices, by their ids."""
    current = NoticeLine.objects.filter(notice__uid__in=notices, until_version=None)
    wanted = {row[0]: row[1] + row[2] for row in current.values_list("notice__uid").annotate(Sum("cartons"), Sum("gift"))}
    taken = dict(Pick.objects.filter(line__notice__uid__in=notices).values_list("line__notice__uid").annotate(Sum("cartons")).order_by())
    numbers = Notice.objects.filter(uid__in=notices).order_by("id").values_list("uid", "number")
    return {uid: (number, wanted.get(uid, 0), taken.get(uid, 0)) for uid, number in numbers}


@dataclass(frozen=True, slots=True)
class Where:
    """Where the goods go and who bears the freight. row: the customer's address that was chosen for it, where one was."""

    consignee: str
    address: str
    destination: str
    phone: str
    bearer: str
    row: int | None = None


def bound(
    version: int, customer: UUID, customer_name: str, where: Where, lines: Sequence[Wanted], unpaid_fen: int
) -> dict[str, Any]:
    """What an approval binds (customer, consignee, address, lines, unpaid sum, collect on delivery, freight): JSON as it is hashed.

    Vehicle, driver and batches are no part of it. Nothing is collected on delivery yet: the field stands for papers that will.
    """
    return {
        "version": version, "customer": str(customer), "customer_name": customer_name,
        "consignee": where.consignee, "address": where.address, "destination": where.destination, "phone": where.phone,
        "bearer": where.bearer, "unpaid_fen": unpaid_fen, "collect_fen": 0,
        "lines": [
            {"product": str(line.product), "name": line.product_name, "cartons": line.cartons, "gift": line.gift}
            for line in lines
        ],
    }  # fmt: skip

