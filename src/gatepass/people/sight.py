"""How a person's sight is found: one statement, every time, so that a deactivated person cannot act."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.prepared import prepared
from gatepass.journal.who import Given
from gatepass.people import sql
from gatepass.roles import POWERS, Position, Power, Sight


def sight(person: UUID, at: datetime, given: Given | None = None) -> tuple[Sight | None, bool]:
    """Powers of the posts held on that day and of the posts deputised for at that moment; None when unknown or inactive.

    With a command's key: takes it in the same statement, and says whether it was free.
    """
    asked: dict[str, Any] = {"person": person, "day": at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(), "at": at}
    key = {"key": given.key, "command": given.command, "digest": given.digest} if given else dict.fromkeys(("key", "command", "digest"))
    with prepared() as cursor:
        cursor.execute(sql.SIGHT, {**asked, **key})
        row = cursor.fetchone()
    if row is None:
        return None, False
    name, carrier, *rest, taken = row
    held, deputised, revisions = (json.loads(value) if isinstance(value, str) else value for value in rest)
    return _made(person, name, carrier, [held, deputised, revisions]), bool(given is None or taken)


def _made(person: UUID, name: str, carrier: UUID | None, found: list[Any]) -> Sight:
    held, deputised, revisions = found
    own = frozenset(power for kind, _ in held for power in POWERS[Position(kind)])
    stands_in: dict[Power, UUID] = {}
    for kind, _, represented in deputised:
        for power in POWERS[Position(kind)] - own:
            if represented is not None:
                stands_in.setdefault(power, UUID(represented))
    powers = own | {power for kind, *_ in deputised for power in POWERS[Position(kind)]}
    everywhere = Power.SEE_ALL_REGIONS in powers
    regions = None if everywhere else frozenset(region for _, region, *_ in [*held, *deputised] if region)
    positions = frozenset(Position(kind) for kind, *_ in [*held, *deputised])
    return Sight(person, name, powers, positions, regions, carrier, stands_in, revisions=revisions)
