"""Refusals that are on record."""

from __future__ import annotations

from uuid import UUID

from gatepass.journal.models import Refusal


def tries(command: str, by: UUID, subject: UUID | None) -> int:
    """How often this person was refused this command about this very thing, the last time included; 0 where it is about nothing."""
    return Refusal.objects.filter(command=command, by=by, subject=subject).count() if subject else 0
