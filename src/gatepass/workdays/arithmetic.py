"""A deadline and the lines that show how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from gatepass.words import Labelled, Text, same
from gatepass.workdays.calendar import DAY, Calendar


class End(Labelled):
    """When the last day of a term ends."""

    CLOSE = "close", "下班", "close of office"
    MIDNIGHT = "midnight", "24:00", "24:00"


CLOSE: Final = End.CLOSE
MIDNIGHT: Final = End.MIDNIGHT
Until = End | time  # when a day ends for a term: close of office, 24:00, or a time that the wall clock shows
AT_CLOSE: Final = Decimal(-1)  # how close of office is kept among minutes after midnight
WHOLE_DAY: Final = 24 * 60


def minutes_of(end: Until) -> Decimal:
    """The end of a day as a number: minutes after midnight, -1 for close of office."""
    if end is CLOSE:
        return AT_CLOSE
    return Decimal(WHOLE_DAY) if not isinstance(end, time) else Decimal(end.hour * 60 + end.minute)


def end_of(number: Decimal | int) -> Until:
    """The same the other way round. Raises ValueError for what is no time of a day."""
    if number == AT_CLOSE:
        return CLOSE
    if number != int(number) or not 0 < number <= WHOLE_DAY:
        raise ValueError(f"no time of a day: {number}")
    return MIDNIGHT if number == WHOLE_DAY else time(*divmod(int(number), 60))


def said_end(end: Until) -> Text:
    return same(f"{end:%H:%M}") if isinstance(end, time) else end.text


def closing(day: date, end: Until, calendar: Calendar) -> datetime:
    """The moment at which the day ends."""
    if end is CLOSE:
        return calendar.closes(day)
    return calendar.moment(day, end) if isinstance(end, time) else calendar.midnight_after(day)


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
AFTER_TIME: Final = Text("已过 {end}，按下一工作日计", "after {end}, counts for the next working day")
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
        yield Step(first, REST if first.weekday() not in calendar.week_of(first) else HOLIDAY, same("0"))
    elif days > 1:
        yield Step(first, FREE_UNTIL.fill(last=until - DAY), same("0"))


def finish(day: date, end: Until, calendar: Calendar, start: datetime, steps: list[Step], *, looked_up: bool) -> Deadline:
    """A deadline at the end of the day. `looked_up`: working days were asked for, so provisional years matter."""
    due = closing(day, end, calendar)
    last = Step(day if end is MIDNIGHT else calendar.local(due), DUE.fill(end=said_end(end)), NOTHING)
    return Deadline(due, (*steps, last), looked_up and touches_provisional(calendar, calendar.local(start).date(), day))


def touches_provisional(calendar: Calendar, first: date, last: date) -> bool:
    years = calendar.provisional_years
    return bool(years) and any(year in years for year in range(min(first, last).year, max(first, last).year + 1))
