"""What the gate does of itself when goods may not leave any more (money taken back, a batch failed, no countersignature): their pass is void."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from gatepass.gate.commands.passes import void
from gatepass.gate.events import GatePassVoided
from gatepass.gate.models import GatePass, Release
from gatepass.journal.door import Case
from gatepass.journal.stopping import Stopped, Written
from gatepass.rules.events import Event
from gatepass.transport.models import Consignment


def passes_that_wait(case: Case, stopped: Stopped) -> tuple[Sequence[Event], Written]:
    """Passes in force, not used yet, of vehicles that carry such goods."""
    about = Q(order__in=stopped.orders) | Q(notice__uid__in=stopped.notices)
    trips = Consignment.objects.filter(about, left_at=None, voided_at=None).values("trip")
    used = Release.objects.filter(gate_pass__isnull=False).values("gate_pass")
    found = list(
        GatePass.objects.select_for_update(no_key=True, of=("self",)).select_related("trip")
        .filter(trip__in=trips, voided_at=None).exclude(pk__in=used).order_by("id")
    )  # fmt: skip

    def write() -> None:
        for row in found:
            void(case, row, stopped.why.zh)

    return [GatePassVoided(gate_pass=row.uid, trip=row.trip.uid if row.trip else None, reason=stopped.why.zh) for row in found], write
