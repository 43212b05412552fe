"""The day board of vehicles, one trip's page, what waits for a vehicle, what is to be loaded, a driver's trips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from gatepass.carriers.models import Carrier, Driver, Vehicle
from gatepass.carriers.queries import name_of
from gatepass.dispatch.models import Notice
from gatepass.people.models import Person
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.transport import loads
from gatepass.transport.loads import kilograms
from gatepass.transport.models import Consignment, Count, Position
from gatepass.transport.rows import Stop, TripRow, rows, visible

MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice with both approvals, or what of it is on no trip yet."""

    uid: UUID
    number: str
    customer: str
    destination: str
    ship_on: date | None
    cartons: int
    kg: int
    dm3: int
    forwarder: str
    picked: bool

    @property
    def m3(self) -> str:
        return f"{self.dm3 / 1000:.2f}"


@dataclass(frozen=True, slots=True)
class Choice:
    value: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Board:
    """A day: its trips, those of other days that are still open, notices that wait; vehicles and drivers where he may arrange."""

    day: date
    trips: tuple[TripRow, ...]
    open_trips: tuple[TripRow, ...]
    waiting: tuple[Waiting, ...]
    vehicles: tuple[Choice, ...]
    drivers: tuple[Choice, ...]
    may_arrange: bool


@dataclass(frozen=True, slots=True)
class Counted:
    name: str
    cartons: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A position: when it was, as said; when it was written down; where."""

    claimed_at: datetime
    at: datetime
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class TripPage:
    trip: TripRow
    counts: tuple[Counted, ...]
    positions: tuple[Seen, ...]
    may: frozenset[Power]


def board(sight: Sight, day: date, now: datetime) -> Board:
    """Trips of the day, and open ones of other days."""
    seen = visible(sight)
    may_arrange = sight.may(Power.ARRANGE_TRANSPORT)
    still = seen.filter(voided_at=None, came_back_at=None, arrived_at=None).exclude(day=day)
    return Board(
        day=day,
        trips=tuple(rows(sight, seen.filter(day=day).order_by("number")[:MOST], now)),
        open_trips=tuple(rows(sight, still.order_by("day", "number")[:MOST], now)),
        waiting=waiting() if may_arrange else (),
        vehicles=_vehicles() if may_arrange else (),
        drivers=_drivers() if may_arrange else (),
        may_arrange=may_arrange,
    )


def waiting() -> tuple[Waiting, ...]:
    """Effective notices of which something is on no trip, by the day they are to leave."""
    notices = Notice.objects.filter(effective_at__isnull=False, voided_at=None, left_at=None)
    listed = list(notices.select_related("order__customer").order_by("ship_on", "number")[:MOST])
    return tuple(
        Waiting(
            uid=load.notice.uid, number=load.notice.number, customer=load.notice.order.customer.short_name,
            destination=load.notice.destination, ship_on=load.notice.ship_on, cartons=load.cartons,
            kg=kilograms(load.weight_g), dm3=kilograms(load.volume_cm3),
            forwarder=name_of(load.notice.order.customer.forwarder), picked=load.notice.picked_at is not None,
        )
        for load in loads.remaining(loads.manifest(listed))
        if load.pieces
    )  # fmt: skip


def trip_page(sight: Sight, uid: UUID, now: datetime) -> TripPage:
    """Raises NotFound outside the viewer's scope."""
    trip = visible(sight).filter(uid=uid).first()
    if trip is None:
        raise NotFound("trip")
    counts = list(Count.objects.filter(trip=trip).order_by("at"))
    names = dict(Person.objects.filter(uid__in=[one.person for one in counts]).values_list("uid", "name"))
    positions = Position.objects.filter(trip=trip).order_by("-claimed_at", "-id")
    return TripPage(
        trip=rows(sight, [trip], now)[0],
        counts=tuple(Counted(names.get(one.person, ""), one.cartons, one.at) for one in counts),
        positions=tuple(Seen(one.claimed_at, one.at, one.place, one.note) for one in positions),
        may=sight.powers,
    )


def trip_of(sight: Sight, consignment: UUID) -> UUID:
    """The trip of a consignment. Raises NotFound outside the viewer's scope."""
    found = Consignment.objects.filter(uid=consignment, trip__in=visible(sight)).values_list("trip__uid", flat=True).first()
    if found is None:
        raise NotFound("consignment")
    return found


def to_load(sight: Sight, now: datetime) -> list[TripRow]:
    """What the warehouse has in hand: trips that have not left."""
    return rows(sight, visible(sight).filter(left_at=None, voided_at=None).order_by("day", "number")[:MOST], now)


def to_drive(sight: Sight, now: datetime) -> list[TripRow]:
    """A carrier's trips: what is to be loaded, what is on the way, what arrived and whose waybill is not handed in."""
    if sight.carrier is None:
        return []
    trips = visible(sight).filter(voided_at=None, came_back_at=None).order_by("-day", "-number")[:50]
    return [one for one in rows(sight, trips, now) if not one.arrived_at or any(not stop.handed_in_at for stop in one.stops)]


def stop_of(sight: Sight, uid: UUID, now: datetime) -> tuple[TripRow, Stop]:
    """One consignment with its trip. Raises NotFound outside the viewer's scope."""
    page = trip_page(sight, trip_of(sight, uid), now)
    stop = next((one for one in page.trip.stops if one.uid == uid), None)
    if stop is None:
        raise NotFound("consignment")
    return page.trip, stop


def _vehicles() -> tuple[Choice, ...]:
    listed = Vehicle.objects.filter(active=True, carrier__active=True).select_related("carrier").order_by("carrier__name", "plate")
    return tuple(
        Choice(one.uid, f"{one.plate} · {one.carrier.name} · {one.load_kg / 1000:g} t · {one.space_dm3 / 1000:g} m³") for one in listed
    )


def _drivers() -> tuple[Choice, ...]:
    carriers = Carrier.objects.filter(active=True)
    listed = Driver.objects.filter(Q(active=True), carrier__in=carriers).select_related("carrier").order_by("carrier__name", "name")
    return tuple(Choice(one.uid, f"{one.name} · {one.carrier.name}") for one in listed)
