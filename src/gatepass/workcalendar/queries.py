"""The calendar as terms count it, and as the year's page shows it. Everybody who is signed in may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Max, QuerySet

from gatepass.journal.models import Entry
from gatepass.journal.revisions import revisions
from gatepass.roles import Sight
from gatepass.workcalendar.models import DayException, OfficeHoursRow, OfficeWeek, Year
from gatepass.workdays import Calendar, OfficeHours
from gatepass.workdays import OfficeWeek as WeekOf

REVISION: Final = "calendar"
YEARS: Final = range(2000, 2200)


def current() -> Calendar:
    """The calendar in force, by one cheap look at its revision."""
    return calendar_at(revisions().get(REVISION, 0))


def calendar_of(sight: Sight) -> Calendar:
    """The calendar in force, by the revision that was read with who is asking."""
    known = revisions() if sight.revisions is None else sight.revisions
    return calendar_at(known.get(REVISION, 0))


def calendar_at(revision: int) -> Calendar:
    """The calendar of a revision (of `journal.revisions`); the same object while it stays in memory."""
    return _calendar_at(revision, connection.settings_dict["NAME"])


def written_now() -> Calendar:
    """The calendar as this very transaction has changed it; not kept in memory, for it may be rolled back yet."""
    return _built(revisions().get(REVISION, 0))


def revision_at(moment: datetime) -> int:
    """The newest revision that was written by a moment; 0 before the first."""
    entries = Entry.objects.filter(at__lte=moment)
    models: tuple[type[Any], ...] = (DayException, Year, OfficeWeek, OfficeHoursRow)
    found = [
        model.objects.filter(entry__in=entries.values("uid")).aggregate(last=Max("revision"))["last"] or 0 for model in models
    ]
    return int(max(found))


@lru_cache(maxsize=8)
def _calendar_at(revision: int, _database: str) -> Calendar:
    return _built(revision)


def _built(revision: int) -> Calendar:
    days = {row.date: row.working for row in newest(DayException, revision, "date") if row.working is not None}
    known = {row.year for row in newest(Year, revision, "year")}
    first, *later = newest(OfficeWeek, revision, "since")
    return Calendar(
        revision=revision,
        zone=settings.TIME_ZONE,
        week=frozenset(first.weekdays),
        exceptions=days,
        hours=tuple(OfficeHours(row.since, wall(row.intervals)) for row in newest(OfficeHoursRow, revision, "since")),
        provisional_years=frozenset(YEARS) - known,
        weeks=tuple(WeekOf(row.since, frozenset(row.weekdays)) for row in later),
    )


def newest(model: type[Any], revision: int, key: str) -> QuerySet[Any]:
    """The newest row of every key up to the revision, in order of the key."""
    rows: QuerySet[Any] = model.objects.filter(revision__lte=revision).order_by(key, "-revision").distinct(key)
    return rows


def wall(intervals: Iterable[Iterable[int]]) -> tuple[tuple[time, time], ...]:
    """Minutes after midnight as times of the wall."""
    return tuple((time(*divmod(begins, 60)), time(*divmod(ends, 60))) for begins, ends in intervals)
