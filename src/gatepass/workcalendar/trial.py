"""Try a deadline: a start and a term, answered with the moment and its arithmetic. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from gatepass import workdays
from gatepass.words import Labelled, Text
from gatepass.workdays import CLOSE, MIDNIGHT, Calendar, Deadline, Term


class TermChoice(Labelled):
    """The terms that clauses use, as somebody picks one."""

    OFFICE_HOURS = "office_hours", "个工作小时", "office hours"
    WORKING_DAYS_CLOSE = "working_days_close", "个工作日，至下班", "working days, close of office"
    WORKING_DAYS_MIDNIGHT = "working_days_midnight", "个工作日，至 24:00", "working days, 24:00"
    CALENDAR_DAYS_CLOSE = "calendar_days_close", "天，至下班", "calendar days, close of office"
    SAME_DAY_CLOSE = "same_day_close", "当日下班前", "same day, close of office"
    SAME_DAY_MIDNIGHT = "same_day_midnight", "当日 24:00 前", "same day, 24:00"
    NEXT_MORNING = "next_morning", "次日早上 09:30", "09:30 the next morning"
    NEXT_WORKING_MORNING = "next_working_morning", "下一工作日早上 09:30", "09:30 of the next working morning"


TERMS: Final[Mapping[TermChoice, Term]] = {
    TermChoice.OFFICE_HOURS: workdays.office_hours(4),
    TermChoice.WORKING_DAYS_CLOSE: workdays.working_days(2, CLOSE),
    TermChoice.WORKING_DAYS_MIDNIGHT: workdays.working_days(2, MIDNIGHT),
    TermChoice.CALENDAR_DAYS_CLOSE: workdays.calendar_days(2, CLOSE),
    TermChoice.SAME_DAY_CLOSE: workdays.same_day(CLOSE),
    TermChoice.SAME_DAY_MIDNIGHT: workdays.same_day(MIDNIGHT),
    TermChoice.NEXT_MORNING: workdays.morning_after(time(9, 30)),
    TermChoice.NEXT_WORKING_MORNING: workdays.morning_after(time(9, 30), working=True),
}
MOST: Final = 366
NO_START: Final = Text("起算时间没有看懂", "The start could not be read")
NO_NUMBER: Final = Text("填 1 到 366，工作小时可以有小数", "A number from 1 to 366; office hours may have decimals")


@dataclass(frozen=True, slots=True)
class Trial:
    """What was asked, as it was written, with the answer or what is wrong with it."""

    start: str
    choice: TermChoice
    number: str
    deadline: Deadline | None
    problem: Text | None


def try_deadline(given: Mapping[str, str], now: datetime, calendar: Calendar) -> Trial:
    """Answer a question of the page; without one, four office hours from now. `start` is in the company's zone."""
    start = given.get("start") or calendar.local(now).strftime("%Y-%m-%dT%H:%M")
    choice = next((one for one in TermChoice if one.value == given.get("term")), TermChoice.OFFICE_HOURS)
    number = given.get("number") or "4"
    try:
        wall = datetime.fromisoformat(start).replace(tzinfo=None)
        since = calendar.moment(wall.date(), wall.time())
    except (ValueError, OverflowError):
        return Trial(start, choice, number, None, NO_START)
    try:
        deadline = _term(choice, number).due(since, calendar)
    except (ValueError, InvalidOperation, OverflowError):
        return Trial(start, choice, number, None, NO_NUMBER)
    return Trial(start, choice, number, deadline, None)


def _term(choice: TermChoice, number: str) -> Term:
    """Raises ValueError or InvalidOperation for a number that cannot be."""
    term = TERMS[choice]
    if term.number is None:
        return term
    counted = Decimal(number)
    if not 0 < counted <= MOST:
        raise ValueError("not a number of the term")
    return term.with_number(counted)
