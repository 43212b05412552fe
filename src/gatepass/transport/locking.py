"""Holding a trip with what it carries: customers, orders, notices, trip, always locked in this order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q

from gatepass.carriers.models import Carrier, Driver, Vehicle
from gatepass.customers.models import Customer
from gatepass.dispatch.models import Notice
from gatepass.journal.door import BUSY, Case
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import joined
from gatepass.journal.rows import find
from gatepass.orders.models import Order
from gatepass.roles import Sight
from gatepass.rules.reasons import Beyond, NotFound, Reason, Refused
from gatepass.transport import sql
from gatepass.transport.models import Consignment, Trip, Waybill
from gatepass.words import Text

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Held:
    """A locked trip, what it carries now (with notice, order, customer and waybill), and its carrier."""

    trip: Trip
    consignments: list[Consignment]
    carrier: Carrier

    @property
    def notices(self) -> tuple[UUID, ...]:
        return tuple(one.notice.uid for one in self.consignments)

    @property
    def carried(self) -> list[Notice]:
        """The notices themselves."""
        return [one.notice for one in self.consignments]

    @property
    def orders(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(one.order for one in self.consignments))

    @property
    def cartons(self) -> int:
        return sum(one.cartons for one in self.consignments)


def one(model: type[M], kind: str, uid: UUID, *, lock: bool = False, related: tuple[str, ...] = ()) -> M:
    """The row of this id. Raises NotFound."""
    if related:
        rows: Any = model._default_manager.select_for_update(no_key=True, of=("self",)) if lock else model._default_manager
        found: M | None = rows.select_related(*related).filter(uid=uid).first()
    else:
        found = find(model, lock=lock, uid=uid)
    if found is None:
        raise NotFound(kind)
    return found


def in_scope(sight: Sight, carrier: UUID) -> None:
    """A carrier's people see their own trips only. Raises NotFound."""
    if sight.carrier is not None and sight.carrier != carrier:
        raise NotFound("trip")


def lock_notices(notices: Iterable[UUID]) -> list[Notice]:
    """Lock notices in order of their ids, with their orders and customers at hand. Raises NotFound when one is missing."""
    wanted = set(notices)
    rows = joined((Notice, Order, Customer), sql.LOCK_NOTICES, {"notices": list(wanted)})
    if len(rows) != len(wanted):
        raise NotFound("notice")
    return [_ordered(*row) for row in cast(list[tuple[Notice, Order, Customer]], rows)]


def _ordered(notice: Notice, order: Order, customer: Customer) -> Notice:
    order.customer = customer
    notice.order = order
    return notice


def lock_trip(case: Case, trip: UUID, *, orders: bool = False) -> Held:
    """Lock a trip with the notices it carries (and, before them, their customers and orders), then load it as it is now.

    Raises NotFound outside the actor's scope, Refused when what it carries changed meanwhile.
    """
    with prepared() as cursor:
        cursor.execute(sql.LOCK_TRIP, {"trip": trip, "orders": orders})
        found = cursor.fetchone()
    if found is None:
        raise NotFound("trip")
    number, carrier, before = found
    in_scope(case.actor, carrier)
    held = _held(number)
    if {one.notice_id for one in held.consignments} != set(before):
        raise Refused([BUSY])
    return held


def _held(trip: int) -> Held:
    models = (Trip, Vehicle, Driver, Carrier, Consignment, Notice, Order, Customer, Waybill)
    rows = joined(models, sql.HELD, {"trip": trip})
    row, vehicle, driver, carrier = cast(tuple[Trip, Vehicle, Driver, Carrier], rows[0][:4])
    vehicle.carrier = driver.carrier = carrier
    row.vehicle, row.driver = vehicle, driver
    consignments = []
    for found in rows:
        if found[4] is not None:
            consignment, notice, order, customer, waybill = cast(tuple[Consignment, Notice, Order, Customer, Waybill], found[4:])
            consignment.trip, consignment.notice = row, _ordered(notice, order, customer)
            waybill.consignment = consignment
            consignments.append(consignment)
    return Held(row, consignments, carrier)


def aboard(trip_id: int) -> Any:
    """What a trip carries now."""
    return Consignment.objects.filter(trip_id=trip_id, voided_at=None)


def lock_waybill(case: Case, waybill: UUID) -> Waybill:
    """Lock the order's customer, then a waybill; gives it with its consignment, trip, notice and order, as they are now.

    Raises NotFound outside the actor's scope.
    """
    with prepared() as cursor:
        cursor.execute(sql.LOCK_WAYBILL, {"waybill": waybill})
        found = cursor.fetchone()
    if found is None:
        raise NotFound("waybill")
    in_scope(case.actor, found[1])
    return _on_its_way(joined(ON_ITS_WAY, sql.WAYBILL, {"waybill": found[0]})[0])


def lock_consignment(case: Case, consignment: UUID) -> Consignment:
    """Lock a consignment; its waybill, trip, notice and order are at hand. Raises NotFound outside the actor's scope."""
    rows = joined(ON_ITS_WAY, sql.LOCK_CONSIGNMENT, {"consignment": consignment})
    if not rows:
        raise NotFound("consignment")
    found = _on_its_way(rows[0]).consignment
    in_scope(case.actor, found.trip.carrier)
    return found


ON_ITS_WAY: Final = (Waybill, Consignment, Trip, Vehicle, Notice, Order, Customer)


def _on_its_way(row: tuple[Model | None, ...]) -> Waybill:
    waybill, consignment, trip, vehicle, *ordered = cast(Any, row)
    trip.vehicle = vehicle
    consignment.trip, consignment.notice = trip, _ordered(*ordered)
    waybill.consignment = consignment
    return cast(Waybill, waybill)


def on_the_way(driver: UUID) -> Reason | None:
    """Why a driver is still needed: a trip of his that has not left, or whose goods are not consigned yet."""
    trips = Trip.objects.filter(driver__uid=driver, voided_at=None, came_back_at=None, arrived_at=None)
    under_way = Exists(Consignment.objects.filter(trip=OuterRef("pk"), voided_at=None, consigned_at=None))
    number = trips.filter(Q(left_at=None) | under_way).values_list("number", flat=True).first()
    if number is None:
        return None
    what = Text("他的车次 {number} 还在路上", "His trip {number} is still under way").fill(number=number)
    cure = Text("等货发运或送到，或取消车次", "Wait until its goods are consigned or delivered, or void it")
    return Reason(what=what, cure=cure, beyond=Beyond.TIME)
