"""What the gate knows, for the clauses."""

from __future__ import annotations

from uuid import UUID

from gatepass.gate.events import VehicleReleased
from gatepass.gate.facts import PassState
from gatepass.gate.models import Authority, AuthorityNotice, GatePass, Release
from gatepass.transport.models import Consignment, Trip


def pass_state(event: VehicleReleased) -> PassState:
    """The pass that the guard holds, or the authority that he acts on, as it is now."""
    if event.gate_pass is not None:
        row = GatePass.objects.get(uid=event.gate_pass)
        released = Release.objects.filter(gate_pass=row).first()
        return PassState(
            number=row.number, plate=row.plate, cartons=row.cartons, valid_until=row.valid_until, voided=row.voided_at is not None,
            released_at=released.at if released else None,
        )  # fmt: skip
    if event.authority is None or event.trip is None:
        raise LookupError("a release without a pass is on an authority, of a trip")
    return _on_authority(event.authority, event.trip)


def _on_authority(authority: UUID, of: UUID) -> PassState:
    row = Authority.objects.get(uid=authority)
    trip = Trip.objects.select_related("vehicle").get(uid=of)
    released = Release.objects.filter(trip=trip).first()
    named = AuthorityNotice.objects.filter(authority=row).values_list("notice__uid", flat=True)
    return PassState(
        number=row.number, plate=trip.vehicle.plate,
        cartons=sum(Consignment.objects.filter(trip=trip, voided_at=None).values_list("cartons", flat=True)),
        valid_until=None, voided=row.withdrawn_at is not None, released_at=released.at if released else None,
        by_authority=True, authority_guard=row.guard, authority_since=row.since, authority_until=row.until,
        authority_notices=frozenset(named),
    )  # fmt: skip
