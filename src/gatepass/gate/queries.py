"""What the gate knows, for the clauses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from gatepass.gate import sql
from gatepass.gate.events import VehicleReleased
from gatepass.gate.facts import PassState
from gatepass.journal.reading import Asked


def pass_state(event: VehicleReleased) -> Asked:
    """The pass that the guard holds, or the authority that he acts on, as it is now."""
    if event.gate_pass is not None:
        return Asked(sql.IN_HAND, _on_pass)
    if event.authority is None or event.trip is None:
        raise LookupError("a release without a pass is on an authority, of a trip")
    return Asked(sql.AUTHORITY, _on_authority)


def _on_pass(_: VehicleReleased, row: dict[str, Any]) -> PassState:
    return PassState(
        number=row["number"], plate=row["plate"], cartons=row["cartons"], valid_until=_moment(row["valid_until"]), voided=row["voided"],
        released_at=_moment(row["released_at"]),
    )  # fmt: skip


def _on_authority(_: VehicleReleased, row: dict[str, Any]) -> PassState:
    return PassState(
        number=row["number"], plate=row["plate"], cartons=row["cartons"], valid_until=None, voided=row["voided"],
        released_at=_moment(row["released_at"]), by_authority=True, authority_guard=UUID(row["guard"]),
        authority_since=_moment(row["since"]), authority_until=_moment(row["until"]),
        authority_notices=frozenset(UUID(one) for one in row["notices"]),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
