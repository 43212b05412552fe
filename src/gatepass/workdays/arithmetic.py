"""A deadline and the lines that show how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from gatepass.words import Labelled, Text, same
from gatepass.workdays.calendar import DAY, Calendar


class End(Labelled):
    """When the last day of a term ends."""

    CLOSE = "close", "下班", "close of office"
    MIDNIGHT = "midnight", "24:00", "24:00"


CLOSE: Final = End.CLOSE
MIDNIGHT: Final = End.MIDNIGHT


@dataclass(frozen=True)
class Step:
    """One line of the shown arithmetic: a moment of the company's zone or a day, what happens, how much it counts."""

    at: datetime | date
    what: Text
    amount: Text


@dataclass(frozen=True)
class Deadline:
    """`provisional`: working days of a year without its holiday notice were counted; `due` may move, later only."""

    due: datetime
    steps: tuple[Step, ...]
    provisional: bool


NOTHING: Final = same("")
STARTS: Final = Text("起算", "the clock starts")
NOT_COUNTED: Final = Text("当日不计", "this day does not count")
HOLIDAY: Final = Text("放假，不计", "holiday, not counted")
REST: Final = Text("休息日，不计", "day of rest, not counted")
FREE_UNTIL: Final = Text("放假休息至 {last}，不计", "closed until {last}, not counted")
AFTER_CLOSE: Final = Text("已过下班时间，按下一工作日计", "after close of office, counts for the next working day")
MOVED: Final = Text("到期日休息，顺延", "the last day is free, moved to the next working day")
BROUGHT_FORWARD: Final = Text("当日休息，提前", "that day is free, brought forward to the working day before")
OPEN: Final = Text("上班 {begins}–{ends}", "office open {begins}–{ends}")
NTH_WORKING: Final = Text("第 {n} 个工作日", "working day {n}")
NTH_DAY: Final = Text("第 {n} 天", "day {n}")
COUNTED_BACK: Final = Text("当日不计，往前数", "this day does not count, counted back from it")
NEARER: Final = Text("已不足此数，立即办", "nearer than that, at once")
DUE: Final = Text("到期，{end}", "due, {end}")
DUE_AT: Final = Text("到期", "due")


def starts(start: datetime, calendar: Calendar) -> Step:
    return Step(calendar.local(start), STARTS, NOTHING)


def free_days(first: date, until: date, calendar: Calendar) -> Iterator[Step]:
    """One line for the free days from `first` up to the working day `until`, none when there are none."""
    days = (until - first).days
    if days == 1:
        yield Step(first, REST if first.weekday() not in calendar.week else HOLIDAY, same("0"))
    elif days > 1:
        yield Step(first, FREE_UNTIL.fill(last=until - DAY), same("0"))


def finish(day: date, end: End, calendar: Calendar, start: datetime, steps: list[Step], *, looked_up: bool) -> Deadline:
    """A deadline at the end of the day. `looked_up`: working days were asked for, so provisional years matter."""
    due = calendar.closes(day) if end is CLOSE else calendar.midnight_after(day)
    last = Step(calendar.local(due) if end is CLOSE else day, DUE.fill(end=end), NOTHING)
    return Deadline(due, (*steps, last), looked_up and touches_provisional(calendar, calendar.local(start).date(), day))


def touches_provisional(calendar: Calendar, first: date, last: date) -> bool:
    years = calendar.provisional_years
    return bool(years) and any(year in years for year in range(min(first, last).year, max(first, last).year + 1))
