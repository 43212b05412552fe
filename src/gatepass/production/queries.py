"""The only readers of production: demand by day and product, and stock-up plans. Names and days only (C24): no address, phone or price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from gatepass.catalogue.models import Product
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Order, OrderLine
from gatepass.production.models import ShippingDay, Shortage, StockupPlan
from gatepass.production.needs import waiting
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.stock.reserving import available, from_stock, held


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One order's demand for one product, in cartons; `missing` is still to be produced. `short`: an open report of a shortage."""

    uid: UUID
    order_number: str
    customer_name: str
    expected_on: date | None
    product: UUID
    code: str
    name: str
    spec: str
    cartons: int
    from_stock: int
    ready: int
    missing: int
    remark: str
    short: int
    short_why: str
    short_until: date | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """A shipping day: what it needs, what is missing, and the plan handed over for it."""

    day: date
    cartons: int
    missing: int
    orders: int
    version: int
    handed_at: datetime | None
    plan: UUID | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    uid: UUID
    day: date
    version: int
    handed_at: datetime
    handed_by: UUID
    products: tuple[tuple[dict[str, Any], tuple[dict[str, Any], ...]], ...]
    cartons: int
    newest: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product of an order about to be handed over: cartons with giveaways, and what stock has for it."""

    product: UUID
    name: str
    spec: str
    cartons: int
    from_stock: int

    @property
    def to_make(self) -> int:
        return self.cartons - self.from_stock


def _seen(sight: Sight) -> QuerySet[Any]:
    if not any(sight.may(power) for power in (Power.REPORT_READY, Power.SEE_STOCK, Power.HAND_OVER_DEMAND)):
        raise NotFound("production")
    rows = waiting()
    walled = sight.regions is not None and sight.may(Power.SEE_ORDERS)  # production and warehouse know no regions
    return rows if not walled else rows.filter(order__in=Order.objects.filter(region__in=sight.regions or ()).values("uid"))


def demands(sight: Sight, *, q: str = "", missing: bool = False, most: int = 300) -> list[DemandRow]:
    """Demand by expected day and product. Two statements. `missing`: only what is still to be produced."""
    rows = _seen(sight).select_related("product")
    if missing:
        rows = rows.filter(missing__gt=0)
    if q:
        rows = rows.filter(
            Q(order_number__icontains=q)
            | Q(customer_name__icontains=q)
            | Q(product__name__icontains=q)
            | Q(product__initials__startswith=q.lower())
        )
    found = list(rows.order_by(F("expected_on").asc(nulls_last=True), "product__code", "id")[:most])
    short = {s.demand_id: s for s in Shortage.objects.filter(demand__in=[d.id for d in found], taken_up_at=None)}
    return [_row(d, short.get(d.id)) for d in found]


def demand(sight: Sight, uid: UUID) -> DemandRow:
    """One demand. Raises NotFound outside the scope."""
    found = _seen(sight).select_related("product").filter(uid=uid).first()
    if found is None:
        raise NotFound("demand")
    return _row(found, Shortage.objects.filter(demand=found, taken_up_at=None).first())


def _row(d: Any, short: Shortage | None) -> DemandRow:
    made = d.product
    return DemandRow(
        d.uid,
        d.order_number,
        d.customer_name,
        d.expected_on,
        made.uid,
        made.code,
        made.name,
        made.spec,
        d.needed,
        max(0, d.needed - d.missing - d.ready),
        min(d.ready, d.needed - d.missing),
        d.missing,
        d.remark,
        short.cartons if short else 0,
        short.reason if short else "",
        short.expected_on if short else None,
    )


def pick_demand(sight: Sight, needle: str) -> list[DemandRow]:
    """What a picker offers: by order, customer or product."""
    return demands(sight, q=needle, most=12)


def days(sight: Sight, since: date) -> list[DayRow]:
    """Shipping days from a day on, with the newest plan of each; also those that need nothing any more, until a plan says so."""
    sums = (
        _seen(sight)
        .filter(expected_on__gte=since)
        .values("expected_on")
        .annotate(all=Sum("needed"), rest=Sum("missing"), orders=Count("order", distinct=True))
        .order_by("expected_on")
    )
    plans: dict[date, StockupPlan] = {}
    for one in StockupPlan.objects.filter(day__gte=since).order_by("day", "version"):
        plans[one.day] = one
    found = []
    needed = {row["expected_on"] for row in sums}
    for day in ShippingDay.objects.filter(day__gte=since).exclude(day__in=needed).values_list("day", flat=True):
        plan = plans.get(day)
        if plan is None or plan.data["lines"]:
            found.append(DayRow(day, 0, 0, 0, plan.version if plan else 0, plan.handed_at if plan else None, plan.uid if plan else None))
    for row in sums:
        day = row["expected_on"] or since
        plan = plans.get(day)
        found.append(
            DayRow(
                day,
                row["all"],
                row["rest"],
                row["orders"],
                plan.version if plan else 0,
                plan.handed_at if plan else None,
                plan.uid if plan else None,
            )
        )
    return sorted(found, key=lambda row: row.day)


def plans(sight: Sight, most: int = 60) -> list[tuple[UUID, date, int, datetime]]:
    """Plans handed over, newest first (archived for good, C12)."""
    _seen(sight)
    return list(StockupPlan.objects.order_by("-day", "-version").values_list("uid", "day", "version", "handed_at")[:most])


def plan(sight: Sight, uid: UUID) -> PlanPage:
    """A plan as it was handed over, by product. Raises NotFound."""
    _seen(sight)
    row = StockupPlan.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound("plan")
    newest = StockupPlan.objects.filter(day=row.day).aggregate(version=Max("version"))["version"] == row.version
    lines = row.data["lines"]
    return PlanPage(
        row.uid, row.day, row.version, row.handed_at, row.handed_by, tuple(_by_product(lines)), sum(x["cartons"] for x in lines), newest
    )


def _by_product(lines: Iterable[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], tuple[dict[str, Any], ...]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        grouped.setdefault(line["product"], []).append(line)
    for found in grouped.values():
        first = found[0]
        whole = {name: sum(line[name] for line in found) for name in ("cartons", "from_stock", "ready")}
        to_make = max(0, whole["cartons"] - whole["from_stock"] - whole["ready"])
        yield {"product": first["product"], "name": first["name"], "spec": first["spec"], "to_make": to_make, **whole}, tuple(found)


def handing(sight: Sight, order: UUID, day: date) -> tuple[Order, tuple[Wanted, ...]]:
    """What handing over an order's demand would take from stock and ask of production. Raises NotFound outside the scope."""
    row = seen_by(sight).select_related("customer").filter(uid=order).first()
    if row is None or not sight.may(Power.HAND_OVER_DEMAND):
        raise NotFound("order")
    wanted: dict[int, int] = {}
    products: dict[int, Product] = {}
    for line in OrderLine.objects.filter(order=row).select_related("product").order_by("position"):
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.cartons + line.gift
        products[line.product_id] = line.product
    stocked = from_stock(wanted, available(wanted, day), held(row.uid))
    return row, tuple(Wanted(products[p].uid, products[p].name, products[p].spec, n, stocked[p]) for p, n in wanted.items())
