"""What happens to the working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gatepass.rules.events import Event, event
from gatepass.words import Labelled, Text


class DayKind(Labelled):
    """What a day is, apart from its weekday."""

    HOLIDAY = "holiday", "放假", "holiday"
    MAKE_UP = "make_up", "调休上班", "make-up day"
    AS_WEEKDAY = "as_weekday", "按星期", "as its weekday"


class Weekday(Labelled):
    MONDAY = "monday", "周一", "Mon"
    TUESDAY = "tuesday", "周二", "Tue"
    WEDNESDAY = "wednesday", "周三", "Wed"
    THURSDAY = "thursday", "周四", "Thu"
    FRIDAY = "friday", "周五", "Fri"
    SATURDAY = "saturday", "周六", "Sat"
    SUNDAY = "sunday", "周日", "Sun"


@dataclass(frozen=True, slots=True)
class DatedKind:
    date: date
    kind: DayKind


@event("calendar.day_entered", Text(zh="工作日历改了一天", en="A day of the working calendar entered"))
class DayEntered(Event):
    date: date
    kind: DayKind


@event("calendar.notice_entered", Text(zh="录入放假通知", en="Holiday notice entered"))
class HolidayNoticeEntered(Event):
    """The year is no longer provisional. `entered`: the days of the notice and those that it takes back."""

    year: int
    source: str
    entered: tuple[DatedKind, ...]


@event("calendar.hours_changed", Text(zh="办公时间改了", en="Office hours changed"))
class OfficeHoursChanged(Event):
    """Pairs of minutes after midnight, from the date on."""

    since: date
    intervals: tuple[tuple[int, int], ...]


@event("calendar.week_changed", Text(zh="工作周改了", en="Office week changed"))
class OfficeWeekChanged(Event):
    since: date
    weekdays: tuple[Weekday, ...]
