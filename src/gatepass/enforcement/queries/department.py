"""The open duties of the department that somebody works in: who else has what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.scope import asking
from gatepass.journal.prepared import prepared
from gatepass.people.roster import roster
from gatepass.people.sql import OF_DEPARTMENT
from gatepass.roles import Position, Sight

SHOWN: Final = 200


def positions_of_department(sight: Sight) -> frozenset[Position]:
    """The positions of the departments that this person's posts belong to, and of those that report to him."""
    with prepared() as cursor:
        cursor.execute(OF_DEPARTMENT, {"positions": [one.value for one in sight.positions]})
        return frozenset(Position(kind) for (kind,) in cursor.fetchall())


def department(sight: Sight, *, at: datetime) -> tuple[Duty, ...]:
    """What the others of the department owe, within what this person sees, by what runs out first; at most 200."""
    now = roster(at)
    asked = asking(sight, now) | {"department": [one.value for one in positions_of_department(sight)], "most": SHOWN}
    return tuple(duty_of(row, now, at) for row in labelled(sql.OF_DEPARTMENT, asked))
