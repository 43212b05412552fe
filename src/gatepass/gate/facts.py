"""What clauses may know of the gate. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.rules.clauses import Fact


@dataclass(frozen=True)
class PassState(Fact):
    """The pass a guard holds in his hand, as the server knows it now; or the authority he acts on."""

    number: str
    plate: str
    cartons: int
    valid_until: datetime | None
    voided: bool = False
    released_at: datetime | None = None
    by_authority: bool = False
    authority_guard: UUID | None = None
    authority_since: datetime | None = None
    authority_until: datetime | None = None
    authority_notices: frozenset[UUID] = frozenset()
