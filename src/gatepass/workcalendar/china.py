"""Statutory holidays and make-up days of China: known where two independent sources agree on every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from typing import Final

import chinese_calendar
import holidays

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatutoryDay:
    """A day of the notice: free, or worked to make up for one."""

    date: date
    working: bool


@dataclass(frozen=True, slots=True)
class StatutoryYear:
    """The holidays and make-up days of a year and where they come from."""

    year: int
    days: tuple[StatutoryDay, ...]
    source: str


def sources() -> str:
    return f"chinesecalendar {version('chinesecalendar')} + holidays {version('holidays')}"


def statutory_year(year: int) -> StatutoryYear | None:
    """The year's notice, or None: unknown to a source, or the two differ on a day."""
    other = holidays.country_holidays("CN", years=year)
    found: list[StatutoryDay] = []
    day = date(year, 1, 1)
    while day.year == year:
        try:
            working = chinese_calendar.is_workday(day)
        except NotImplementedError:
            return None
        if working != other.is_working_day(day):
            return None
        if day in chinese_calendar.holidays or day in chinese_calendar.workdays:
            found.append(StatutoryDay(day, working))
        day += DAY
    return StatutoryYear(year, tuple(found), sources()) if found else None
