"""Who holds a position now, with whoever stands in: the people named in refusals and to-dos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from gatepass.journal.clock import now
from gatepass.people.models import Deputy, Holding
from gatepass.roles import Position


def holders(at: datetime | None = None) -> dict[Position, list[str]]:
    """Names by position: holders of the day, then deputies of the moment, in two statements."""
    moment = at or now()
    day = moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    found: defaultdict[Position, list[str]] = defaultdict(list)
    held = Holding.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, person__active=True)
    standing_in = Deputy.objects.filter(since__lte=moment, until__gt=moment, ended_at=None, person__active=True).order_by("rank")
    _add(found, held.order_by("id").values_list("post__kind", "person__name"))
    _add(found, standing_in.values_list("post__kind", "person__name"))
    return dict(found)


def _add(found: defaultdict[Position, list[str]], rows: Iterable[tuple[str, str]]) -> None:
    for kind, name in rows:
        if name not in found[Position(kind)]:
            found[Position(kind)].append(name)


def on_duty(position: Position) -> list[str]:
    """The names of who can act in a position now."""
    return holders().get(position, [])
