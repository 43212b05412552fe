"""People who sign in for a carrier: they see its trips only. Called by the carriers' commands."""

from __future__ import annotations

from uuid import UUID

from gatepass.people.models import Person
from gatepass.people.rows import locked_person


def drive_for(person: UUID, carrier: UUID | None) -> Person:
    """This person signs in for a carrier (None: no longer). Call it inside a command, after its decision."""
    row = locked_person(person)
    row.carrier = carrier
    row.save(update_fields=["carrier"])
    return row
