"""What is to be made ready, as orders want it now: goods may have been exchanged for others since their demand was handed over (D8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest, Least

from gatepass.catalogue.models import Product
from gatepass.orders.models import Order, OrderLine
from gatepass.production.models import Demand

WANTED = (
    OrderLine.objects.filter(order__uid=OuterRef("order"), product=OuterRef("product"))
    .order_by()
    .values("product")
    .annotate(all=Sum(F("cartons") + F("gift")))
    .values("all")
)


@dataclass(frozen=True, slots=True)
class Need:
    """Cartons of a product for one order on a shipping day, how many of them are there, and the remark: name and day only (C24)."""

    product: Product
    customer_name: str
    expected_on: date
    cartons: int
    there: int
    remark: str


def waiting() -> QuerySet[Any]:
    """Demand of orders that still wait for goods, not of what was cancelled or has left; `needed` and `missing` as they stand now."""
    rows = Demand.objects.filter(order__in=Order.objects.filter(shipped_at=None, cancelled_at=None).values("uid"))
    rows = rows.annotate(needed=Coalesce(Subquery(WANTED), 0, output_field=IntegerField()))
    return rows.annotate(missing=Greatest(Least("cartons", "needed") - F("from_stock") - F("ready"), 0))


def of_day(day: date) -> list[Need]:
    """What a shipping day needs by product, then by order; what came into an order instead of other goods among it. Two statements."""
    asked = list(waiting().filter(expected_on=day).select_related("product").order_by("id"))
    first = {row.order: row for row in reversed(asked)}
    known = {(row.order, row.product_id) for row in asked}
    found = [(row.id, Need(row.product, row.customer_name, day, row.needed, row.needed - row.missing, row.remark)) for row in asked if row.needed]
    found += [(first[order].id, need) for order, need in _exchanged(first, known, day)]
    return [need for _, need in sorted(found, key=lambda one: (one[1].product.code, one[0]))]


def _exchanged(first: dict[UUID, Demand], known: set[tuple[UUID, int]], day: date) -> Iterator[tuple[UUID, Need]]:
    """Goods that no demand names: they came out of stock."""
    lines = OrderLine.objects.filter(order__uid__in=first).select_related("product", "order").order_by("id")
    for line in lines:
        cartons = line.cartons + line.gift
        if cartons and (line.order.uid, line.product_id) not in known:
            yield line.order.uid, Need(line.product, first[line.order.uid].customer_name, day, cartons, cartons, "")
