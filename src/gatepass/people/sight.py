"""How a person's sight is found: one statement, every time, so that a deactivated person cannot act."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from gatepass.people import sql
from gatepass.roles import POWERS, Position, Power, Sight


def sight(person: UUID, at: datetime) -> Sight | None:
    """Powers of the posts held on that day and of the posts deputised for at that moment; None when unknown or inactive."""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    with connection.cursor() as cursor:
        cursor.execute(sql.SIGHT, {"person": person, "day": day, "at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    name, carrier, *rest = row
    return _made(person, name, carrier, [json.loads(v) if isinstance(v, str) else v for v in rest])


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
