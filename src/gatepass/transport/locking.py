"""Holding a trip with what it carries: customers, orders, notices, trip, always locked in this order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from gatepass.carriers.models import Carrier
from gatepass.customers.models import Customer
from gatepass.dispatch.models import Notice
from gatepass.journal.door import BUSY, Case
from gatepass.orders.models import Order
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound, Refused
from gatepass.transport.models import Consignment, Trip, Waybill

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Held:
    """A locked trip, what it carries now (with notice, order and customer), and its carrier."""

    trip: Trip
    consignments: list[Consignment]
    carrier: Carrier

    @property
    def notices(self) -> tuple[UUID, ...]:
        return tuple(one.notice.uid for one in self.consignments)

    @property
    def orders(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(one.order for one in self.consignments))

    @property
    def cartons(self) -> int:
        return sum(one.cartons for one in self.consignments)


def one(model: type[M], kind: str, uid: UUID, *, lock: bool = False, related: tuple[str, ...] = ()) -> M:
    """The row of this id. Raises NotFound."""
    rows: Any = model._default_manager.select_for_update(no_key=True, of=("self",)) if lock else model._default_manager
    found: M | None = rows.select_related(*related).filter(uid=uid).first()
    if found is None:
        raise NotFound(kind)
    return found


def in_scope(sight: Sight, carrier: UUID) -> None:
    """A carrier's people see their own trips only. Raises NotFound."""
    if sight.carrier is not None and sight.carrier != carrier:
        raise NotFound("trip")


def lock_notices(notices: Iterable[UUID], *, orders: bool = False) -> list[Notice]:
    """Lock notices (and, before them, their customers and orders), in order of their ids. Raises NotFound when one is missing."""
    wanted = set(notices)
    rows = list(Notice.objects.filter(uid__in=wanted).select_related("order"))
    if len(rows) != len(wanted):
        raise NotFound("notice")
    if orders:
        _lock(Customer, {row.order.customer_id for row in rows})
        _lock(Order, {row.order_id for row in rows})
    locked = Notice.objects.select_for_update(no_key=True, of=("self",)).filter(id__in=[row.id for row in rows])
    return list(locked.select_related("order__customer").order_by("id"))


def lock_trip(case: Case, trip: UUID, *, orders: bool = False) -> Held:
    """Lock a trip with the notices it carries. Raises NotFound outside the actor's scope, Refused when it changed meanwhile."""
    seen = one(Trip, "trip", trip)
    in_scope(case.actor, seen.carrier)
    before = set(aboard(seen.id).values_list("notice__uid", flat=True))
    lock_notices(before, orders=orders)
    row = Trip.objects.select_for_update(no_key=True, of=("self",)).select_related("vehicle", "driver").get(id=seen.id)
    consignments = list(aboard(row.id).select_related("notice__order__customer").order_by("notice__number"))
    if {one.notice.uid for one in consignments} != before:
        raise Refused([BUSY])
    return Held(row, consignments, Carrier.objects.get(uid=row.carrier))


def aboard(trip_id: int) -> Any:
    """What a trip carries now."""
    return Consignment.objects.filter(trip_id=trip_id, voided_at=None)


def lock_waybill(case: Case, waybill: UUID) -> Waybill:
    """Lock the order's customer, then a waybill with its consignment, trip and notice. Raises NotFound outside the actor's scope."""
    seen = one(Waybill, "waybill", waybill, related=("consignment__notice__order",))
    in_scope(case.actor, seen.carrier)
    _lock(Customer, {seen.consignment.notice.order.customer_id})
    about = ("consignment__trip", "consignment__notice__order__customer")
    return one(Waybill, "waybill", waybill, lock=True, related=about)


def lock_consignment(case: Case, consignment: UUID) -> Consignment:
    """Lock a consignment. Raises NotFound outside the actor's scope."""
    seen = one(Consignment, "consignment", consignment, related=("trip",))
    in_scope(case.actor, seen.trip.carrier)
    return one(Consignment, "consignment", consignment, lock=True, related=("trip__vehicle", "notice__order__customer"))


def _lock(model: type[Model], ids: Iterable[int]) -> None:
    rows = model._default_manager.select_for_update(no_key=True)
    list(rows.filter(id__in=sorted(ids)).order_by("id").values_list("id"))
