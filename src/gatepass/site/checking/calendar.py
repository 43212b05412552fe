"""The checks' own reading of the working calendar and of the terms of the book."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from gatepass.site.checking.finding import Row

HERE: Final = ZoneInfo("Asia/Shanghai")
DECEMBER: Final = 12
DAY: Final = timedelta(days=1)
NIGHT: Final = 24 * 60


class Days:
    """The calendar of one revision: which days are worked, and when the office is open.

    `noticed`: a later revision, of which only the days of the years count whose holiday notice was not known before.
    """

    def __init__(self, rows: list[Row], revision: int, noticed: int | None = None) -> None:
        self.years = _years(rows, revision)
        new = _years(rows, noticed) - self.years if noticed else set()
        known = [row for row in rows if row["revision"] <= (noticed if noticed and _of_notice(row, new) else revision)]
        known.sort(key=lambda row: row["revision"])
        self._weeks: dict[date, set[int]] = {}
        self._named: dict[date, str | None] = {}
        self._hours: dict[date, list[list[int]]] = {}
        for row in known:
            if row["kind"] == "week":
                self._weeks[row["day"]] = set(_list(row["said"]))
            elif row["kind"] == "day":
                self._named[row["day"]] = row["said"]
            elif row["kind"] == "hours":
                self._hours[row["day"]] = _list(row["said"])

    def worked(self, day: date) -> bool:
        said = self._named.get(day)
        return day.weekday() in self._week(day) if said is None else said == "true"

    def _week(self, day: date) -> set[int]:
        return self._weeks[max((begun for begun in self._weeks if begun <= day), default=min(self._weeks))]

    def following(self, day: date) -> date:
        """The first worked day after."""
        day += DAY
        while not self.worked(day):
            day += DAY
        return day

    def this_or_following(self, day: date) -> date:
        return day if self.worked(day) else self.following(day)

    def open_hours(self, day: date) -> list[list[int]]:
        """Minutes after midnight."""
        since = max((begun for begun in self._hours if begun <= day), default=min(self._hours))
        return self._hours[since]

    def close(self, day: date) -> datetime:
        return at(day, self.open_hours(day)[-1][1])

    def end(self, day: date, said: str) -> datetime:
        """When a day ends for a term: minutes after midnight, -1 for close of office."""
        return self.close(day) if int(said) < 0 else at(day, int(said))


def _years(rows: list[Row], revision: int) -> set[int]:
    """The years whose holiday notice was known."""
    return {row["day"].year for row in rows if row["kind"] == "year" and row["revision"] <= revision}


def _of_notice(row: Row, years: set[int]) -> bool:
    """Whether the row is a day of one of these years, or of the December before, which its notice may name."""
    if row["kind"] != "day":
        return False
    day = row["day"]
    return day.year in years or (day.month == DECEMBER and day.year + 1 in years)


def _list(text: str) -> list[Any]:
    return list(json.loads(text.replace("{", "[").replace("}", "]")))


def at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), HERE) + timedelta(minutes=minutes)


def end_of(day: date) -> datetime:
    """24:00."""
    return at(day + DAY, 0)


def office(days: Days, start: datetime, hours: float) -> datetime:
    """So many hours of an open office after a moment."""
    left, day = hours * 3600, start.astimezone(HERE).date()
    while True:
        if days.worked(day):
            for opens, closes in days.open_hours(day):
                begins, ends = max(at(day, opens), start), at(day, closes)
                open_for = (ends - begins).total_seconds()
                if open_for > 0:
                    if left <= open_for:
                        return begins + timedelta(seconds=left)
                    left -= open_for
        day += DAY


def same_day(days: Days, start: datetime, end: str) -> datetime:
    day = start.astimezone(HERE).date()
    if int(end) == NIGHT:
        return end_of(day)
    if days.worked(day) and start >= days.end(day, end):
        day = days.following(day)
    return days.end(days.this_or_following(day), end)


def calendar_days(days: Days, start: datetime, number: float, end: str) -> datetime:
    last = start.astimezone(HERE).date() + int(number) * DAY
    return days.end(last if int(end) == NIGHT else days.this_or_following(last), end)


def working_days(days: Days, start: datetime, number: float) -> date:
    day = start.astimezone(HERE).date()
    for _ in range(int(number)):
        day = days.following(day)
    return day


def morning(days: Days, start: datetime, end: str, *, worked: bool) -> datetime:
    """A time of the next morning; a night belongs to the morning that ends it."""
    day = start.astimezone(HERE).date()
    if start >= min(at(day, days.open_hours(day)[0][0]), at(day, int(end))):
        day += DAY
    return at(days.this_or_following(day) if worked else day, int(end))


def ahead(days: Days, day: date, number: float, now: datetime, end: str) -> datetime:
    """So many days before a day to come, not on a free day; where that is past, today."""
    last = day - int(number) * DAY
    while int(end) != NIGHT and not days.worked(last):
        last -= DAY
    planned = days.end(last, end)
    return planned if planned > now else same_day(days, now, end)
