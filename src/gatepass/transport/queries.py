"""What transport knows, for the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from gatepass.journal.reading import Asked
from gatepass.rules.events import Event
from gatepass.transport import sql
from gatepass.transport.facts import BatchFreight, LoadState, Signed, WaybillBlank, WaybillBlanks
from gatepass.transport.freight import base_fen, missing
from gatepass.transport.models import CarrierSignature, Consignment, Waybill


def load_state(_: Event) -> Asked:
    """A trip with its counters and signatures as they stand for what is on it now."""
    return Asked(sql.LOAD_STATE, _load_state)


def _load_state(_: Event, row: dict[str, Any] | None) -> LoadState:
    if row is None:
        return LoadState(container=False, cartons=0, loaded=False, counters=(), consignments=())
    signed = tuple(Signed(UUID(uid), number, cartons, by) for uid, number, cartons, by in row["consignments"])
    cartons = sum(one.cartons for one in signed)
    latest = dict(row["counts"])
    return LoadState(
        container=row["container"],
        cartons=cartons,
        loaded=row["loaded"],
        counters=tuple(UUID(person) for person, counted in latest.items() if counted == cartons),
        consignments=signed,
    )


def signatures(consignments: Iterable[Consignment]) -> dict[int, CarrierSignature]:
    """The latest signature of each consignment under what its papers say now, without its picture."""
    written = F("consignment__waybill__written_at")
    present = Q(consignment__waybill__written_at=None) | Q(at__gte=written)
    rows = CarrierSignature.objects.filter(present, consignment__in=list(consignments)).defer("image").order_by("id")
    return {row.consignment_id: row for row in rows}


def waybill_blanks(_: Event) -> Asked:
    """What the waybills of a trip lack."""
    return Asked(sql.WAYBILLS, _blanks)


def _blanks(_: Event, rows: Sequence[dict[str, Any]]) -> WaybillBlanks:
    return WaybillBlanks(tuple(WaybillBlank(UUID(row["uid"]), row["number"], missing(Waybill(**row))) for row in rows))


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
