"""Trips and consignments as pages show them: frozen rows, with what the viewer may see and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from gatepass.carriers.models import Carrier
from gatepass.customers.models import Bearer
from gatepass.dispatch.models import Notice
from gatepass.roles import Power, Sight
from gatepass.transport.freight import missing
from gatepass.transport.loads import kilograms
from gatepass.transport.models import Consignment, Position, Trip, Waybill
from gatepass.transport.queries import signatures
from gatepass.words import Labelled, Text

QUIET: Final = timedelta(hours=24)
DESK: Final = (Power.ARRANGE_TRANSPORT, Power.KEEP_WAYBILL, Power.ISSUE_PASS, Power.RECEIVE_WAYBILL, Power.SEE_COMPANY)


class Stage(Labelled):
    """How far a trip is; the words say what comes next."""

    TO_LOAD = "to_load", "待装车", "to be loaded"
    LOADED = "loaded", "已装好，待开出门条", "loaded, no pass yet"
    PASSED = "passed", "已开出门条，待放行", "pass issued, inside"
    ON_THE_WAY = "on_the_way", "在途", "on the way"
    ARRIVED = "arrived", "已到货", "arrived"
    CAME_BACK = "came_back", "已返回", "came back"
    VOID = "void", "已取消", "cancelled"


@dataclass(frozen=True, slots=True)
class Contact:
    """Who receives the goods; only for whom the load is in hand, and for the desk."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A consignment on a trip. `contact` and `freight_fen` are None where they are not shown to the viewer."""

    uid: UUID
    number: str
    notice: UUID
    notice_number: str
    order: UUID
    customer: str
    customer_full: str
    destination: str
    cartons: int
    signed: int | None
    waybill: UUID | None
    waybill_number: str
    missing: tuple[Text, ...]
    bearer: Text
    left_at: datetime | None
    consigned_at: datetime | None
    consigned_claimed: datetime | None
    claimed: bool
    claim_refused_why: str
    direct: bool
    told_at: datetime | None
    told_answer: str
    told_short: Text
    told_why: str
    handed_in_at: datetime | None
    contact: Contact | None
    freight_fen: int | None


@dataclass(frozen=True, slots=True)
class TripRow:
    """A trip. Weights in kilograms, volumes in cubic decimetres; `late`: on the way and nothing heard of it for a day."""

    uid: UUID
    number: str
    day: date
    stage: Stage
    plate: str
    kind: str
    container: bool
    carrier: str
    driver: str
    phone: str
    note: str
    seals: str
    kg: int
    load_kg: int
    dm3: int
    space_dm3: int
    cartons: int
    left_at: datetime | None
    arrived_at: datetime | None
    place: str
    heard_at: datetime | None
    late: bool
    stops: tuple[Stop, ...]

    @property
    def m3(self) -> str:
        return f"{self.dm3 / 1000:.2f}"

    @property
    def space_m3(self) -> str:
        return f"{self.space_dm3 / 1000:.1f}"

    @property
    def customers(self) -> Text:
        names = "、".join(dict.fromkeys(stop.customer for stop in self.stops))
        return Text(names, names.replace("、", ", "))


def visible(sight: Sight) -> QuerySet[Trip]:
    """A carrier's people: its trips. The desk, finance, managers: all, or those with goods of their regions. Warehouse: what is inside."""
    trips = Trip.objects.select_related("vehicle", "driver")
    if sight.carrier is not None:
        return trips.filter(carrier=sight.carrier)
    if any(sight.may(power) for power in DESK) or sight.may(Power.SEE_ORDERS):
        if sight.regions is None:
            return trips
        mine = Consignment.objects.filter(notice__order__region__in=sight.regions).values("trip")
        return trips.filter(id__in=mine)
    return trips.filter(left_at=None, voided_at=None) if sight.may(Power.PICK) else trips.none()


def stage_of(trip: Trip) -> Stage:
    facts = (
        (trip.voided_at, Stage.VOID),
        (trip.came_back_at, Stage.CAME_BACK),
        (trip.arrived_at, Stage.ARRIVED),
        (trip.left_at, Stage.ON_THE_WAY),
        (trip.pass_issued_at, Stage.PASSED),
        (trip.loaded_at, Stage.LOADED),
    )
    return next((stage for moment, stage in facts if moment), Stage.TO_LOAD)


def rows(sight: Sight, trips: Iterable[Trip], now: datetime) -> list[TripRow]:
    """Rows of trips that the viewer may see, in a handful of statements."""
    listed = list(trips)
    stops = _stops(sight, listed)
    carriers = dict(Carrier.objects.filter(uid__in={one.carrier for one in listed}).values_list("uid", "name"))
    last: dict[int, Position] = {
        row.trip_id: row for row in Position.objects.filter(trip__in=listed).order_by("claimed_at", "id")
    }
    return [_row(trip, stops.get(trip.id, []), carriers.get(trip.carrier, ""), last.get(trip.id), now) for trip in listed]


def _row(trip: Trip, carried: list[tuple[Consignment, Stop]], carrier: str, last: Position | None, now: datetime) -> TripRow:
    vehicle, stage = trip.vehicle, stage_of(trip)
    heard = last.claimed_at if last else trip.left_at
    consignments = [one for one, _ in carried]
    return TripRow(
        uid=trip.uid, number=trip.number, day=trip.day, stage=stage, plate=vehicle.plate, kind=vehicle.kind,
        container=vehicle.container, carrier=carrier, driver=trip.driver.name, phone=trip.driver.phone, note=trip.note,
        seals=trip.seals, kg=kilograms(sum(one.weight_g for one in consignments)), load_kg=vehicle.load_kg,
        dm3=kilograms(sum(one.volume_cm3 for one in consignments)), space_dm3=vehicle.space_dm3,
        cartons=sum(one.cartons for one in consignments), left_at=trip.left_at, arrived_at=trip.arrived_at,
        place=last.place if last else "", heard_at=last.claimed_at if last else None,
        late=stage is Stage.ON_THE_WAY and heard is not None and now - heard > QUIET,
        stops=tuple(stop for _, stop in carried),
    )  # fmt: skip


def _stops(sight: Sight, trips: list[Trip]) -> dict[int, list[tuple[Consignment, Stop]]]:
    kept = Consignment.objects.filter(trip__in=trips).select_related("trip", "notice__order__customer").order_by("number")
    if sight.regions is not None and sight.carrier is None and not (sight.may(Power.PICK) or sight.may(Power.RELEASE)):
        kept = kept.filter(notice__order__region__in=sight.regions)
    wanted = [one for one in kept if one.voided_at is None or one.trip.voided_at or one.trip.came_back_at]
    papers = {row.consignment_id: row for row in Waybill.objects.filter(consignment__in=wanted)}
    signed = signatures(wanted)
    found: dict[int, list[tuple[Consignment, Stop]]] = {}
    for one in wanted:
        signature = signed.get(one.id)
        stop = _stop(sight, one, papers.get(one.id), signature.cartons if signature else None)
        found.setdefault(one.trip_id, []).append((one, stop))
    return found


def _stop(sight: Sight, one: Consignment, paper: Waybill | None, signed: int | None) -> Stop:
    customer = one.notice.order.customer
    bearer = next(kind for kind in Bearer if kind.value == one.notice.bearer)
    return Stop(
        uid=one.uid, number=one.number, notice=one.notice.uid, notice_number=one.notice.number, order=one.order,
        customer=customer.short_name, customer_full=customer.name, destination=one.notice.destination, cartons=one.cartons,
        signed=signed, waybill=paper.uid if paper else None, waybill_number=paper.number if paper else "",
        missing=missing(paper) if paper else (), bearer=bearer.text, left_at=one.left_at, consigned_at=one.consigned_at,
        consigned_claimed=one.consigned_claimed, direct=one.direct, claimed=one.is_claimed, claim_refused_why=one.claim_refused_why,
        told_at=one.told_at, told_answer=one.told_answer,
        told_short=Text(one.told_short, one.told_short_en), told_why=one.told_why,
        handed_in_at=paper.handed_in_at if paper else None, contact=_contact(sight, one, paper),
        freight_fen=paper.freight_fen if paper and sight.may(Power.SEE_MONEY) else None,
    )  # fmt: skip


def _contact(sight: Sight, one: Consignment, paper: Waybill | None) -> Contact | None:
    """On the shipping papers of a load in hand: the warehouse until it left (without the phone), the driver until it is delivered."""
    picks = sight.may(Power.PICK) and one.left_at is None
    drives = sight.carrier is not None and one.voided_at is None and one.consigned_at is None and not one.is_claimed
    if not (picks or drives or sight.may(Power.SEE_CONTACTS)):
        return None
    phones = drives or sight.may(Power.SEE_CONTACTS)
    about: Waybill | Notice = paper or one.notice
    return Contact(about.consignee, about.phone if phones else "", about.address)
