"""What the calendar's forms post, turned into the input of its commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from gatepass.journal.door import Command
from gatepass.rules.reasons import Reason, Refused
from gatepass.words import Text
from gatepass.workcalendar import commands
from gatepass.workcalendar.events import DayKind
from gatepass.workcalendar.notices import read_days

STRETCHES: Final = 3


@dataclass(frozen=True)
class Form:
    """A form of the page: its command, how its input is read, what is said when it is saved."""

    command: Command
    read: Callable[[QueryDict, int], Mapping[str, Any]]
    saved: Text


def _day(posted: QueryDict, year: int) -> Mapping[str, Any]:
    return {name: posted.get(name, "") for name in ("day", "kind", "note")}


def _notice(posted: QueryDict, year: int) -> Mapping[str, Any]:
    """Raises Refused with every line that could not be read."""
    free, worked = (read_days(posted.get(name, ""), year) for name in ("free", "worked"))
    read = {DayKind.HOLIDAY: free, DayKind.MAKE_UP: worked}
    problems = [Reason(what=what, field=kind.value) for kind, found in read.items() for what in found.problems]
    if problems:
        raise Refused(problems)
    days = [{"date": day, "kind": kind} for kind, found in read.items() for day in found.days]
    return {"year": year, "days": days, "source": posted.get("source", "")}


def _taken(posted: QueryDict, year: int) -> Mapping[str, Any]:
    return {"year": year}


def _hours(posted: QueryDict, year: int) -> Mapping[str, Any]:
    pairs = zip(posted.getlist("opens"), posted.getlist("closes"), strict=False)
    intervals = [{"opens": opens, "closes": closes} for opens, closes in pairs if opens or closes]
    return {"since": posted.get("since", ""), "intervals": intervals}


def _week(posted: QueryDict, year: int) -> Mapping[str, Any]:
    return {"since": posted.get("since", ""), "weekdays": posted.getlist("weekdays")}


FORMS: Final[Mapping[str, Form]] = {
    "day": Form(commands.enter_day, _day, Text("日历已改", "The calendar is changed")),
    "notice": Form(commands.enter_holiday_notice, _notice, Text("放假通知已录入", "The holiday notice is entered")),
    "take": Form(commands.take_statutory_year, _taken, Text("放假安排已录入", "The year's holidays are entered")),
    "hours": Form(commands.change_office_hours, _hours, Text("办公时间已改", "The office hours are changed")),
    "week": Form(commands.change_office_week, _week, Text("工作周已改", "The office week is changed")),
}
