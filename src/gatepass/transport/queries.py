"""What transport knows, for the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from gatepass.rules.events import Event
from gatepass.transport.facts import BatchFreight, LoadState, Signed, WaybillBlank, WaybillBlanks
from gatepass.transport.freight import base_fen, missing
from gatepass.transport.models import CarrierSignature, Consignment, Count, Trip, Waybill


def load_state(event: Event) -> LoadState:
    """A trip with its counters and signatures as they stand for what is on it now."""
    trip = Trip.objects.select_related("vehicle").filter(uid=_known(event.reference("trip"))).first()
    if trip is None:
        return LoadState(container=False, cartons=0, loaded=False, counters=(), consignments=())
    consignments = list(Consignment.objects.filter(trip=trip, voided_at=None).order_by("number"))
    cartons = sum(one.cartons for one in consignments)
    signed = signatures(consignments)
    latest = {row.person: row.cartons for row in Count.objects.filter(trip=trip).order_by("id")}
    return LoadState(
        container=trip.vehicle.container,
        cartons=cartons,
        loaded=trip.loaded_at is not None,
        counters=tuple(person for person, counted in latest.items() if counted == cartons),
        consignments=tuple(
            Signed(one.uid, one.number, one.cartons, signed[one.id].cartons if one.id in signed else None) for one in consignments
        ),
    )


def signatures(consignments: Iterable[Consignment]) -> dict[int, CarrierSignature]:
    """The latest signature of each consignment, without its picture."""
    rows = CarrierSignature.objects.filter(consignment__in=list(consignments)).defer("image").order_by("id")
    return {row.consignment_id: row for row in rows}


def waybill_blanks(event: Event) -> WaybillBlanks:
    """What the waybills of a trip lack."""
    rows = Waybill.objects.filter(consignment__trip__uid=_known(event.reference("trip")), voided_at=None).order_by("number")
    return WaybillBlanks(tuple(WaybillBlank(row.uid, row.number, missing(row)) for row in rows))


def batch_freight(event: Event) -> BatchFreight:
    """The freight of the waybill whose clock ran out."""
    return BatchFreight(base_fen(Waybill.objects.get(uid=_known(event.reference("waybill")))))


def batch_freights(events: Sequence[Event]) -> list[BatchFreight]:
    """The same for many clocks at once, in their order; one statement."""
    uids = [_known(event.reference("waybill")) for event in events]
    found = {waybill.uid: waybill for waybill in Waybill.objects.filter(uid__in=uids)}
    return [BatchFreight(base_fen(found[uid])) for uid in uids]


def _known(uid: UUID | None) -> UUID:
    if uid is None:
        raise LookupError("the event is about no trip or waybill")
    return uid
