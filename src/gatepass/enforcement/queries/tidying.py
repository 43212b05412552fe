"""Whose desk was tidied today (A17): mine, and at the close of office those of my people that were not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatepass.enforcement.models import TidyUp
from gatepass.people.roster import roster
from gatepass.roles import Position, Power, Sight
from gatepass.workcalendar.queries import calendar_of


@dataclass(frozen=True, slots=True)
class Tidying:
    """mine: when I tidied mine today, and how much I left; missing: names of my people who have not, once the office has closed."""

    mine: datetime | None
    left: int
    missing: tuple[str, ...]
    asked: bool


def tidying(sight: Sight, *, at: datetime) -> Tidying:
    """The checklist item of the day. One statement; another one for who has people below him, after office hours."""
    calendar = calendar_of(sight)
    today = calendar.local(at).date()
    done = {row.person: row for row in TidyUp.objects.filter(day=today)}
    own, missing = done.get(sight.person), tuple[str, ...]()
    working = calendar.is_working(today)
    if working and at >= calendar.closes(today) and (sight.may(Power.SEE_COMPANY) or Position.HEAD in sight.positions):
        below = {one.person: one.name for post in roster(at).below(sight.person) for one in post.holders}
        missing = tuple(name for person, name in below.items() if person not in done)
    return Tidying(own.at if own else None, own.left if own else 0, missing, working and sight.carrier is None)
