"""What a form for a notice, or for its next version, begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gatepass.customers.models import Address
from gatepass.customers.rows import successor
from gatepass.dispatch import scope
from gatepass.dispatch.goods import Wanted, current_lines, noticed, open_lines
from gatepass.journal.clock import now
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Order
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A product with what is open of it (for a change: with what the notice names), and what the form proposes."""

    product: UUID
    name: str
    open_cartons: int
    open_gift: int
    cartons: int
    gift: int


@dataclass(frozen=True, slots=True)
class DraftPage:
    """notice: None for a new one. addresses: id, label, chosen, ended."""

    order: UUID
    order_number: str
    customer: str
    notice: UUID | None
    number: str
    version: int
    ship_on: date | None
    remark: str
    lines: tuple[DraftLine, ...]
    addresses: tuple[tuple[UUID, str, bool, bool], ...]


def for_order(sight: Sight, uid: UUID) -> DraftPage:
    """Everything that the order has open. Raises NotFound."""
    order = seen_by(sight).select_related("customer", "address").filter(uid=uid).first()
    if order is None:
        raise NotFound("order")
    lines = _lines(open_lines(order, noticed(order)), None)
    day = order.promised_on or order.wanted_on
    future = day if day and day >= now().date() else None
    return DraftPage(order.uid, order.number, order.customer.name, None, "", 0, future, "", lines, _addresses(order, order.address.address))


def for_notice(sight: Sight, uid: UUID) -> DraftPage:
    """The notice as it stands. Raises NotFound."""
    notice = scope.notices(sight).select_related("order__customer", "order__address").filter(uid=uid).first()
    if notice is None:
        raise NotFound("notice")
    order = notice.order
    named: dict[UUID, tuple[int, int]] = {}
    for line in current_lines(notice):
        cartons, gift = named.get(line.product.uid, (0, 0))
        named[line.product.uid] = (cartons + line.cartons, gift + line.gift)
    return DraftPage(
        order.uid, order.number, order.customer.name, notice.uid, notice.number, notice.version, notice.ship_on, notice.remark,
        _lines(open_lines(order, noticed(order), without=notice), named), _addresses(order, notice.address),
    )  # fmt: skip


def _lines(available: list[Wanted], named: dict[UUID, tuple[int, int]] | None) -> tuple[DraftLine, ...]:
    """Lines of one product together: the command takes them from the order's lines in their order."""
    sums: dict[UUID, tuple[str, int, int]] = {}
    for line in available:
        _, cartons, gift = sums.get(line.product, ("", 0, 0))
        sums[line.product] = (line.product_name, cartons + line.cartons, gift + line.gift)
    return tuple(
        DraftLine(product, name, cartons, gift, *((cartons, gift) if named is None else named.get(product, (0, 0))))
        for product, (name, cartons, gift) in sums.items()
        if cartons or gift
    )


def _addresses(order: Order, chosen: str) -> tuple[tuple[UUID, str, bool, bool], ...]:
    """Those in use, and the order's own; where that has ended, what took its place is proposed."""
    after = successor(order.address) if order.address.until and order.address.address == chosen else None
    chosen = after.address if after else chosen
    rows = Address.objects.filter(Q(until=None) | Q(id=order.address_id), customer=order.customer).order_by("id")
    return tuple((row.uid, f"{row.label} {row.consignee} {row.address}", row.address == chosen, row.until is not None) for row in rows)
