"""Where the cartons of a batch are: on which notices inside, and what of them left on which vehicle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.journal.prepared import prepared
from gatepass.journal.reading import plain
from gatepass.roles import Power, Sight
from gatepass.transport import sql


@dataclass(frozen=True, slots=True)
class Sent:
    number: str
    plate: str
    left_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A notice with cartons of the batch. `customer` is blank for who does not see orders, or not this region's."""

    notice: UUID
    number: str
    customer: str
    cartons: int
    void: bool
    sent: tuple[Sent, ...]


def trace(sight: Sight, batch: UUID) -> list[Held]:
    """Newest notices first."""
    with prepared() as cursor:
        cursor.execute(sql.TRACE, {"batch": batch})
        rows = cursor.fetchall()
    found = []
    for notice, number, _, region, customer, cartons, void, sent in rows:
        sees = sight.may(Power.SEE_ORDERS) and (sight.regions is None or region in sight.regions)
        gone = tuple(Sent(no, plate, datetime.fromisoformat(at)) for no, plate, at, _ in plain(sent))
        found.append(Held(notice, number, customer if sees else "", cartons, void, gone))
    return found
