"""What the gate does of itself when money that had covered an order is taken back: a pass that waits for its vehicle is void at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from gatepass.gate.commands.passes import void
from gatepass.gate.events import GatePassVoided
from gatepass.gate.models import GatePass, Release
from gatepass.journal.door import Case
from gatepass.rules.events import Event
from gatepass.transport.models import Consignment
from gatepass.words import Text

NOT_PAID: Final = Text("货款不再到齐", "it is no longer paid for")


def no_longer_paid(case: Case, orders: Sequence[UUID]) -> tuple[Sequence[Event], Callable[[], None]]:
    """Passes in force of vehicles that carry goods of these orders."""
    trips = Consignment.objects.filter(order__in=orders, left_at=None, voided_at=None).values("trip")
    used = Release.objects.filter(gate_pass__isnull=False).values("gate_pass")
    found = list(
        GatePass.objects.select_for_update(no_key=True, of=("self",)).select_related("trip")
        .filter(trip__in=trips, voided_at=None).exclude(pk__in=used).order_by("id")
    )  # fmt: skip

    def write() -> None:
        for row in found:
            void(case, row, NOT_PAID.zh)

    return [GatePassVoided(gate_pass=row.uid, trip=row.trip.uid if row.trip else None, reason=NOT_PAID.zh) for row in found], write
