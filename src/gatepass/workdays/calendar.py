"""When the company's office is open: week, holidays, make-up days, office hours with their dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
DECEMBER: Final = 12
LONGEST_CLOSURE: Final = 400  # days; a calendar that stays closed for longer is a mistake, not a holiday


@dataclass(frozen=True)
class OfficeHours:
    """From `since` on the office is open in these intervals of every working day: in order, apart, within one day."""

    since: date
    intervals: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        edges = [edge for interval in self.intervals for edge in interval]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("office hours are intervals of one day, in order, each ending after it begins")


@dataclass(frozen=True)
class OfficeWeek:
    """From `since` on the office works on these weekdays, Monday is 0."""

    since: date
    days: frozenset[int]


DEFAULT_WEEK: Final = frozenset(range(6))
DEFAULT_HOURS: Final = OfficeHours(date(2000, 1, 1), ((time(8, 30), time(12)), (time(13, 30), time(18))))


@dataclass(frozen=True)
class Calendar:
    """The company's one calendar. Days before the first row of `hours` have the hours of that row; `week` holds before the first of `weeks`."""

    revision: int = 0
    zone: str = "Asia/Shanghai"
    week: frozenset[int] = DEFAULT_WEEK
    exceptions: Mapping[date, bool] = field(default_factory=dict, hash=False)
    hours: tuple[OfficeHours, ...] = (DEFAULT_HOURS,)
    provisional_years: frozenset[int] = frozenset()
    weeks: tuple[OfficeWeek, ...] = ()

    def __post_init__(self) -> None:
        ZoneInfo(self.zone)
        if any(not days or not days <= frozenset(range(7)) for days in (self.week, *(row.days for row in self.weeks))):
            raise ValueError("a week has at least one working day, Monday is 0")
        if [row.since for row in self.weeks] != sorted({row.since for row in self.weeks}):
            raise ValueError("office weeks are dated rows in order of their dates")
        if not self.hours or [row.since for row in self.hours] != sorted({row.since for row in self.hours}):
            raise ValueError("office hours are dated rows in order of their dates")

    def with_notices(self, later: Calendar) -> Calendar:
        """This calendar with the holiday notices that the later one has beyond it; week, hours and all other days stay as they were.

        A notice may name days of the December before its year, too.
        """
        learned = self.provisional_years - later.provisional_years

        def noticed(day: date) -> bool:
            return day.year in learned or (day.month == DECEMBER and day.year + 1 in learned)

        days = {day: working for day, working in self.exceptions.items() if not noticed(day)}
        days |= {day: working for day, working in later.exceptions.items() if noticed(day)}
        return replace(self, exceptions=days, provisional_years=self.provisional_years & later.provisional_years)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))

    def moment(self, day: date, wall: time) -> datetime:
        """When the wall clock shows that time. The first of two when set back; a skipped time comes an hour later."""
        return datetime.combine(day, wall, ZoneInfo(self.zone)).astimezone(UTC)

    def midnight_after(self, day: date) -> datetime:
        """24:00 of the day: the first instant of the next."""
        return self.moment(day + DAY, time.min)

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() in self.week_of(day))

    def week_of(self, day: date) -> frozenset[int]:
        """The office week in force on that day."""
        return next((row.days for row in reversed(self.weeks) if row.since <= day), self.week)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after."""
        return self.at_or_after(day + DAY)

    def at_or_after(self, day: date) -> date:
        return self._first_working(day, DAY)

    def at_or_before(self, day: date) -> date:
        return self._first_working(day, -DAY)

    def _first_working(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_CLOSURE):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"no working day within {LONGEST_CLOSURE} days")

    def hours_of(self, day: date) -> OfficeHours:
        """The row in force on that day, whether or not it is a working day."""
        return next((row for row in reversed(self.hours) if row.since <= day), self.hours[0])

    def intervals(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """When the office is open on that day; none on a free day."""
        if self.is_working(day):
            for begins, ends in self.hours_of(day).intervals:
                yield self.moment(day, begins), self.moment(day, ends)

    def opens(self, day: date) -> datetime:
        """Opening time of the office, as if the day were a working day."""
        return self.moment(day, self.hours_of(day).intervals[0][0])

    def closes(self, day: date) -> datetime:
        """Close of office, as if the day were a working day."""
        return self.moment(day, self.hours_of(day).intervals[-1][1])

    def after_hours(self, at: datetime) -> bool:
        """Whether the office is closed for the day: a break within its hours is not after hours."""
        day = self.local(at).date()
        return not self.is_working(day) or not self.opens(day) <= at < self.closes(day)

    def in_office_hours(self, at: datetime) -> bool:
        return any(begins <= at < ends for begins, ends in self.intervals(self.local(at).date()))
