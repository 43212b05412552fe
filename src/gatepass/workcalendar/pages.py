"""The year's page: twelve months with every day's kind, office hours with their dates, what is still provisional."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Labelled, Text, same
from gatepass.workcalendar.china import statutory_year
from gatepass.workcalendar.events import Weekday
from gatepass.workcalendar.models import DayException, OfficeHoursRow, OfficeWeek, Year
from gatepass.workcalendar.queries import YEARS, newest, wall
from gatepass.workdays import Calendar

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Kind(Labelled):
    """What a day is on the page; the value is its class there."""

    WORK = "work", "上班", "working day"
    REST = "rest", "休息", "day of rest"
    HOLIDAY = "holiday", "放假", "holiday"
    MAKE_UP = "make-up", "调休上班", "make-up day"


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    kind: Kind
    about: Text
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks`: rows of seven from Monday, None where the month has no day. `working`: days that the office works."""

    name: Text
    weeks: tuple[tuple[Day | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class Hours:
    since: date
    until: date | None
    said: Text
    in_force: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """`source` of the year's notice, empty while provisional; `published`: it can be taken from public calendars."""

    year: int
    months: tuple[Month, ...]
    working: int
    provisional: bool
    source: str
    published: bool
    hours: tuple[Hours, ...]
    weekdays: tuple[tuple[Weekday, bool], ...]
    weeks: tuple[Hours, ...]
    may_keep: bool


def year_page(sight: Sight, calendar: Calendar, year: int, today: date) -> YearPage:
    """Raises NotFound for a year that the calendar does not have."""
    if year not in YEARS:
        raise NotFound("year")
    notes = {row.date: row.note for row in newest(DayException, calendar.revision, "date").filter(date__year=year)}
    known = next(iter(newest(Year, calendar.revision, "year").filter(year=year)), None)
    months = tuple(_month(calendar, year, month, notes, today) for month in range(1, 13))
    may_keep = sight.may(Power.KEEP_CALENDAR)
    return YearPage(
        year=year,
        months=months,
        working=sum(month.working for month in months),
        provisional=year in calendar.provisional_years,
        source=known.source if known else "",
        published=may_keep and known is None and statutory_year(year) is not None,
        hours=_hours(calendar, today),
        weekdays=tuple((day, number in calendar.week_of(today)) for number, day in enumerate(Weekday)),
        weeks=_weeks(calendar, today),
        may_keep=may_keep,
    )


def _month(calendar: Calendar, year: int, month: int, notes: dict[date, str], today: date) -> Month:
    first, length = monthrange(year, month)
    days = [_day(calendar, date(year, month, number), notes, today) for number in range(1, length + 1)]
    cells = [*[None] * first, *days, *[None] * (-(first + length) % 7)]
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    working = sum(day.kind in (Kind.WORK, Kind.MAKE_UP) for day in days)
    return Month(Text(f"{month} 月", MONTHS[month - 1]), weeks, working)


def _day(calendar: Calendar, day: date, notes: dict[date, str], today: date) -> Day:
    entered = calendar.exceptions.get(day)
    plain = Kind.WORK if day.weekday() in calendar.week_of(day) else Kind.REST
    kind = plain if entered is None else Kind.MAKE_UP if entered else Kind.HOLIDAY
    about = Text("{day} {kind}", "{day} {kind}").fill(day=day, kind=kind)
    note = notes.get(day, "") if entered is not None else ""
    return Day(day, kind, about + same(f" · {note}") if note else about, day == today)


def _hours(calendar: Calendar, today: date) -> tuple[Hours, ...]:
    rows = list(newest(OfficeHoursRow, calendar.revision, "since"))
    ends = [*[row.since - timedelta(days=1) for row in rows[1:]], None]
    in_force = calendar.hours_of(today).since
    return tuple(
        Hours(row.since, until, same(_said(row.intervals)), row.since == in_force)
        for row, until in zip(rows, ends, strict=True)
    )


def _weeks(calendar: Calendar, today: date) -> tuple[Hours, ...]:
    """The office weeks with their dates, as the hours are shown."""
    rows = list(newest(OfficeWeek, calendar.revision, "since"))
    ends = [*[row.since - timedelta(days=1) for row in rows[1:]], None]
    return tuple(
        Hours(row.since, until, _days(row.weekdays), row.since <= today and (until is None or today <= until))
        for row, until in zip(rows, ends, strict=True)
    )


def _days(numbers: list[int]) -> Text:
    names = [day.text for n, day in enumerate(Weekday) if n in numbers]
    return Text("{days}", "{days}").fill(days=names)


def _said(intervals: list[list[int]]) -> str:
    return ", ".join(f"{begins:%H:%M}–{ends:%H:%M}" for begins, ends in wall(intervals))
