"""How long somebody has. Each term turns a start into a deadline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar, Final, Protocol, Self

from gatepass.words import Text, same
from gatepass.workdays.arithmetic import (
    AFTER_CLOSE,
    AFTER_TIME,
    BROUGHT_FORWARD,
    CLOSE,
    COUNTED_BACK,
    DUE_AT,
    MIDNIGHT,
    MOVED,
    NEARER,
    NOT_COUNTED,
    NOTHING,
    NTH_DAY,
    NTH_WORKING,
    OPEN,
    Deadline,
    Step,
    Until,
    closing,
    finish,
    free_days,
    said_end,
    starts,
    touches_provisional,
)
from gatepass.workdays.calendar import DAY, Calendar
from gatepass.workdays.spans import duration

Number = int | Decimal
NEXT_MORNING: Final = Text("次日早上 {wall}", "{wall} the next morning")
SAME_DAY: Final = Text("当日 {end} 前", "{end} of the same day")
SAME_CLOSE: Final = Text("当日下班前", "close of office of the same day")
NEXT_WORKING_MORNING: Final = Text("下一工作日早上 {wall}", "{wall} of the next working morning")


class Term(Protocol):
    """How long somebody has after an event. `number` and `end` are None where an amendment has none to replace."""

    @property
    def number(self) -> Number | None: ...
    @property
    def end(self) -> Until | None: ...
    @property
    def text(self) -> Text: ...
    def with_number(self, number: Number) -> Self: ...
    def with_end(self, end: Until) -> Self: ...
    def due(self, start: datetime, calendar: Calendar) -> Deadline: ...


def plural(n: Number, zh: str, one: str, many: str) -> Text:
    digits = f"{n.normalize():f}" if isinstance(n, Decimal) else str(n)
    return Text(zh, one if n == 1 else many).fill(n=digits)


@dataclass(frozen=True)
class Counted:
    """A term with a number that an amendment may replace: above zero, and whole unless it counts hours."""

    number: Number

    def __post_init__(self) -> None:
        if self.number <= 0 or (not isinstance(self, OfficeHoursTerm) and self.number != int(self.number)):
            raise ValueError(f"{type(self).__name__} counts upwards from one: {self.number}")

    def with_number(self, number: Number) -> Self:
        return replace(self, number=number)


class Uncounted:
    """A term that is what it says, without a number."""

    number: ClassVar[None] = None

    def with_number(self, number: Number) -> Self:
        raise ValueError(f"{type(self).__name__} has no number to be {number}")


@dataclass(frozen=True)
class Ending:
    """A term whose last day ends at a time that an amendment may replace."""

    end: Until

    def with_end(self, end: Until) -> Self:
        return replace(self, end=end)


@dataclass(frozen=True)
class OfficeHoursTerm(Counted):
    """Hours that run only while the office is open. Outside, they begin at the next opening."""

    end: ClassVar[None] = None

    def with_end(self, end: Until) -> Self:
        raise ValueError(f"office hours end when they are used up, not at {end}")

    @property
    def text(self) -> Text:
        return plural(self.number, "{n} 个工作小时", "{n} office hour", "{n} office hours")

    def due(self, start: datetime, calendar: Calendar) -> Deadline:
        first = day = calendar.local(start).date()
        since, remaining = start.astimezone(UTC), timedelta(seconds=int(self.number * 3600))
        steps = [starts(start, calendar)]
        while remaining:
            working = calendar.at_or_after(day)
            steps += free_days(day, working, calendar)
            for opens, closes in calendar.intervals(working):
                if remaining and closes > since:
                    since, begins = closes, max(opens, since)
                    used = min(remaining, closes - begins)
                    remaining -= used
                    due = begins + used
                    steps.append(self._run(calendar.local(begins), calendar.local(closes), used))
            day = working + DAY
        last = Step(calendar.local(due), DUE_AT, NOTHING)
        return Deadline(due, (*steps, last), touches_provisional(calendar, first, working))

    @staticmethod
    def _run(begins: datetime, closes: datetime, used: timedelta) -> Step:
        return Step(begins, OPEN.fill(begins=f"{begins:%H:%M}", ends=f"{closes:%H:%M}"), duration(used))


@dataclass(frozen=True)
class SameDay(Ending, Uncounted):
    """Until the end of the day. Unless that is 24:00, an event after it or on a free day counts for the next working day."""

    @property
    def text(self) -> Text:
        return SAME_CLOSE if self.end is CLOSE else SAME_DAY.fill(end=said_end(self.end))

    def due(self, start: datetime, calendar: Calendar) -> Deadline:
        day, steps = calendar.local(start).date(), [starts(start, calendar)]
        if self.end is MIDNIGHT:
            return finish(day, MIDNIGHT, calendar, start, steps, looked_up=False)
        if calendar.is_working(day) and start >= closing(day, self.end, calendar):
            steps.append(Step(day, AFTER_CLOSE if self.end is CLOSE else AFTER_TIME.fill(end=said_end(self.end)), NOTHING))
            day += DAY
        working = calendar.at_or_after(day)
        steps += free_days(day, working, calendar)
        return finish(working, self.end, calendar, start, steps, looked_up=True)


@dataclass(frozen=True)
class CalendarDays(Ending, Counted):
    """The day of the event does not count. Unless it ends at 24:00, a last day that is free moves to the next working day."""

    @property
    def text(self) -> Text:
        return plural(self.number, "{n} 天", "{n} calendar day", "{n} calendar days")

    def due(self, start: datetime, calendar: Calendar) -> Deadline:
        first = calendar.local(start).date()
        steps = [starts(start, calendar), Step(first, NOT_COUNTED, same("0"))]
        last = first
        for number in range(1, int(self.number) + 1):
            last += DAY
            steps.append(Step(last, NTH_DAY.fill(n=number), same(str(number))))
        if self.end is not MIDNIGHT and not calendar.is_working(last):
            steps.append(Step(last, MOVED, NOTHING))
            last = calendar.next_working_day(last)
        return finish(last, self.end, calendar, start, steps, looked_up=self.end is not MIDNIGHT)


@dataclass(frozen=True)
class WorkingDays(Ending, Counted):
    """Working days; the day of the event does not count."""

    @property
    def text(self) -> Text:
        return plural(self.number, "{n} 个工作日", "{n} working day", "{n} working days")

    def due(self, start: datetime, calendar: Calendar) -> Deadline:
        day = calendar.local(start).date()
        steps = [starts(start, calendar), Step(day, NOT_COUNTED, same("0"))]
        for number in range(1, int(self.number) + 1):
            working = calendar.next_working_day(day)
            steps += free_days(day + DAY, working, calendar)
            steps.append(Step(working, NTH_WORKING.fill(n=number), same(str(number))))
            day = working
        return finish(day, self.end, calendar, start, steps, looked_up=True)


@dataclass(frozen=True)
class MorningAfter(Uncounted):
    """A time of the next morning: of the calendar, or of the next working day.

    A night belongs to the morning that ends it: before the office's opening time, the next morning is the same day's.
    """

    wall: time
    working: bool = False

    @property
    def text(self) -> Text:
        sentence = NEXT_WORKING_MORNING if self.working else NEXT_MORNING
        return sentence.fill(wall=f"{self.wall:%H:%M}")

    @property
    def end(self) -> Until:
        return self.wall

    def with_end(self, end: Until) -> MorningAfter:
        if not isinstance(end, time):
            raise ValueError("a morning ends at a time of the wall clock")
        return replace(self, wall=end)

    def due(self, start: datetime, calendar: Calendar) -> Deadline:
        first = calendar.local(start).date()
        night = start < min(calendar.opens(first), calendar.moment(first, self.wall))
        day, steps = (first if night else first + DAY), [starts(start, calendar)]
        if self.working:
            working = calendar.at_or_after(day)
            steps += free_days(day, working, calendar)
            day = working
        due = calendar.moment(day, self.wall)
        steps.append(Step(calendar.local(due), DUE_AT, NOTHING))
        return Deadline(due, tuple(steps), self.working and touches_provisional(calendar, first, day))


@dataclass(frozen=True)
class DaysAhead(Ending, Counted):
    """Calendar days counted back from a day to come; at once, that is by the end of today, where that day is nearer.

    Unless it ends at 24:00, a free day is brought forward to the working day before: what is owed three days ahead is owed by then.
    """

    @property
    def text(self) -> Text:
        return plural(self.number, "提前 {n} 天", "{n} calendar day ahead", "{n} calendar days ahead")

    def due_before(self, day: date, now: datetime, calendar: Calendar) -> Deadline:
        ahead = day - int(self.number) * DAY
        steps = [Step(day, COUNTED_BACK, same("0")), Step(ahead, self.text, same(str(self.number)))]
        last = ahead if self.end is MIDNIGHT else calendar.at_or_before(ahead)
        if last != ahead:
            steps.append(Step(ahead, BROUGHT_FORWARD, NOTHING))
        planned = finish(last, self.end, calendar, now, steps, looked_up=self.end is not MIDNIGHT)
        if planned.due > now:
            return planned
        today = SameDay(self.end).due(now, calendar)
        return replace(today, steps=(steps[0], Step(ahead, NEARER, NOTHING), *today.steps))


def office_hours(n: Number) -> OfficeHoursTerm:
    return OfficeHoursTerm(n)


def same_day(end: Until) -> SameDay:
    return SameDay(end)


def calendar_days(n: int, end: Until) -> CalendarDays:
    return CalendarDays(n, end)


def working_days(n: int, end: Until) -> WorkingDays:
    return WorkingDays(n, end)


def morning_after(wall: time = time(9, 30), *, working: bool = False) -> MorningAfter:
    return MorningAfter(wall, working)


def days_ahead(n: int, end: Until = CLOSE) -> DaysAhead:
    return DaysAhead(n, end)
