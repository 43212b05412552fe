"""The desk of one person: his duties, what he waits for, what his people left open (A17). Two statements, however much there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.scope import asking
from gatepass.journal.prepared import prepared
from gatepass.people.roster import Roster, roster
from gatepass.roles import Sight
from gatepass.workcalendar.queries import calendar_of
from gatepass.workdays import Calendar

SHOWN: Final = 200
PARTS: Final = ("mine", "waiting", "left_open")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, also beyond what is shown. `today`: falls due before midnight, overdue ones not counted again."""

    mine: int
    overdue: int
    today: int
    waiting: int
    left_open: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Each by what runs out first, at most 200 rows. `left_open`: of the people below, overdue or left at the close of office."""

    mine: tuple[Duty, ...]
    waiting: tuple[Duty, ...]
    left_open: tuple[Duty, ...]
    counts: Counts


def desk(sight: Sight, *, at: datetime) -> Desk:
    """Everything a desk shows of duties. Two statements: people, duties; a third counts what is not shown."""
    now, calendar = roster(at), calendar_of(sight)
    asked = _asked(sight, now, at, calendar)
    rows = sorted(labelled(sql.DESK, asked, "part"), key=lambda row: (row.due_at, row.id))
    found = {name: tuple(duty_of(row, now, at) for row in rows if vars(row)["part"] == name) for name in PARTS}
    cut = any(len(duties) == SHOWN for duties in found.values())
    return Desk(**found, counts=_counts(asked) if cut else _counted(found, at, calendar))


def counts(sight: Sight, *, at: datetime) -> Counts:
    """The counts alone, as the menu wants them."""
    return _counts(_asked(sight, roster(at), at, calendar_of(sight)))


def _counts(asked: dict[str, Any]) -> Counts:
    with prepared() as cursor:
        cursor.execute(sql.COUNTS, asked)
        return Counts(*cursor.fetchone())


def _counted(found: Mapping[str, Sequence[Duty]], at: datetime, calendar: Calendar) -> Counts:
    """The same where everything is shown."""
    midnight, own = calendar.midnight_after(calendar.local(at).date()), found["mine"]
    return Counts(
        mine=len(own), overdue=sum(one.due <= at for one in own), today=sum(at < one.due <= midnight for one in own),
        waiting=len(found["waiting"]), left_open=len(found["left_open"]),
    )  # fmt: skip


def _asked(sight: Sight, now: Roster, at: datetime, calendar: Calendar) -> dict[str, Any]:
    """Who asks, what is owed to him, and whose duties he sees when they are left open: those below his posts, or under a clause that
    names him the superior; overdue ones, after the close of office all of the day."""
    today, below = calendar.local(at).date(), now.below(sight.person)
    midnight = calendar.midnight_after(today)
    return asking(sight, now) | {
        "at": at, "midnight": midnight, "until": midnight if at >= calendar.closes(today) else at, "most": SHOWN, "person": sight.person,
        "below": [post.kind.value for post in below],
        "theirs": [one.person for post in below for one in post.holders],
    }  # fmt: skip

