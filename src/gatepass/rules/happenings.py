"""What enforcement itself records: kept below the regulations, because clauses wait for it too."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("deadline.missed", Text("超过时限", "Deadline missed"))
class DeadlineMissed(Event):
    """A clock ran out. `fen` is the fine proposed, 0 for none."""

    obligation: UUID
    clause_number: str
    subject_kind: str
    subject: UUID
    due: datetime
    fen: int = 0
    customer: UUID | None = None
    order: UUID | None = None
    carrier: UUID | None = None

    def reference(self, kind: str) -> UUID | None:
        return self.subject if kind == self.subject_kind else getattr(self, kind, None)


@event("fine.confirmed", Text("罚款确认", "Fine confirmed"))
class FineConfirmed(Event):
    fine: UUID
    fen: int
    carrier: UUID | None = None


@event("fine.waiver_proposed", Text("提请免罚", "Waiver of a fine proposed"))
class WaiverProposed(Event):
    fine: UUID
    reason: str


@event("fine.waived", Text("罚款免除", "Fine waived"))
class FineWaived(Event):
    fine: UUID
    reason: str


@event("parameter.changed", Text("修订参数", "Parameter amended"))
class ParameterChanged(Event):
    clause_number: str
    name: str
    old: Decimal
    new: Decimal
    since: datetime
    reason: str


@event("work.refused", Text("部门拒办", "Department refused its work"))
class WorkRefused(Event):
    """A department declined its part of a work; recorded as a breach (D1)."""

    obligation: UUID
    position_code: str
    reason: str
    order: UUID | None = None
    customer: UUID | None = None
