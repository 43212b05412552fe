"""The only ways to change the working calendar. Each makes a revision; deadlines fixed by an older one do not move."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.revisions import raise_revision
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text
from gatepass.workcalendar import sql
from gatepass.workcalendar.china import statutory_year
from gatepass.workcalendar.events import (
    DatedKind,
    DayEntered,
    DayKind,
    HolidayNoticeEntered,
    OfficeHoursChanged,
    OfficeWeekChanged,
    Weekday,
)
from gatepass.workcalendar.models import DayException, OfficeHoursRow, OfficeWeek, Year
from gatepass.workcalendar.openings import Opening, problems, read
from gatepass.workcalendar.queries import REVISION, YEARS, current, newest
from gatepass.workdays import Calendar

WORKING: Final = {DayKind.HOLIDAY: False, DayKind.MAKE_UP: True, DayKind.AS_WEEKDAY: None}
KINDS: Final = {working: kind for kind, working in WORKING.items()}
ALREADY: Final = Text("{day}已经是“{kind}”", "{day} is already entered: {kind}")
name_fields(
    year=("年度", "year"), days=("放假和调休的日子", "days of the notice"), date=("日期", "date"),
    source=("通知文号或出处", "number or source of the notice"), intervals=("办公时间", "office hours"),
    opens=("上班", "opens"), closes=("下班", "closes"), weekdays=("上班的日子", "working weekdays"),
)  # fmt: skip


@dataclass(frozen=True)
class NoticeDay:
    """A day of a holiday notice."""

    date: date
    kind: DayKind


@command(may=Power.KEEP_CALENDAR, title=Text("改日历的一天", "Enter a day of the calendar"))
def enter_day(case: Case, *, day: date, kind: DayKind, note: str = "") -> Ref:
    """A day of the company's own: free, worked, or again as its weekday."""
    before = _locked()
    same = before.exceptions.get(day) is WORKING[kind]
    case.decide(
        DayEntered(date=day, kind=kind),
        reasons=[
            Reason(what=ALREADY.fill(day=day, kind=kind), field="kind") if same else None,
            _outside([day]),
            _long("note", note),
        ],
    )
    about = {"revision": raise_revision(REVISION), "entry": case.entry}
    DayException.objects.create(date=day, working=WORKING[kind], note=note, **about)
    return Ref("calendar", case.entry, str(day))


@command(may=Power.KEEP_CALENDAR, title=Text("录入放假通知", "Enter a year's holiday notice"))
def enter_holiday_notice(case: Case, *, year: int, days: list[NoticeDay], source: str) -> Ref:
    """All days of a year's notice. Days of its earlier notice that this one leaves out go back to their weekday."""
    before = _locked()
    changed = _entered(year, days, before)
    case.decide(
        entered := HolidayNoticeEntered(year=year, source=source, entered=changed),
        reasons=[*_wrong_notice(year, days), _long("source", source), _missing(source)],
    )
    _write_notice(case, entered)
    return Ref("calendar", case.entry, str(year))


@command(may=Power.KEEP_CALENDAR, title=Text("采用公开日历的放假安排", "Take a year's holidays from public calendars"))
def take_statutory_year(case: Case, *, year: int) -> Ref:
    """Enter the year's notice as two independent public calendars agree on it; refused where they do not."""
    before = _locked()
    found = statutory_year(year) if year in YEARS else None
    days = [NoticeDay(day.date, KINDS[day.working]) for day in found.days] if found else []
    unknown = refusal(
        "两份公开日历还没有这一年的放假安排，或两者不一致",
        "The two public calendars do not know this year's holidays yet, or they differ",
        field="year",
        cure=Text("按国务院办公厅的通知逐日录入", "Enter the days from the State Council's notice"),
    )
    source, changed = found.source if found else "", _entered(year, days, before)
    case.decide(
        entered := HolidayNoticeEntered(year=year, source=source, entered=changed),
        reasons=[None if found else unknown],
    )
    _write_notice(case, entered)
    return Ref("calendar", case.entry, str(year))


@command(may=Power.KEEP_CALENDAR, title=Text("改办公时间", "Change the office hours"))
def change_office_hours(case: Case, *, since: date, intervals: list[Opening]) -> Ref:
    """Office hours of working days from a date on, today at the earliest: the past was counted by the old ones."""
    before = _locked()
    past = refusal("办公时间从今天起才能改", "Office hours change from today on at the earliest", field="since")
    minutes = read(intervals)
    case.decide(
        OfficeHoursChanged(since=since, intervals=minutes),
        reasons=[*problems(intervals), past if since < before.local(case.at).date() else None, _outside([since])],
    )
    OfficeHoursRow.objects.create(since=since, intervals=minutes, revision=raise_revision(REVISION), entry=case.entry)
    return Ref("calendar", case.entry, str(since))


@command(may=Power.KEEP_CALENDAR, title=Text("改工作周", "Change the office week"))
def change_office_week(case: Case, *, since: date, weekdays: list[Weekday]) -> Ref:
    """The weekdays on which the office works from a date on, today at the earliest: the past had the week of its time."""
    before = _locked()
    numbers = frozenset(list(Weekday).index(day) for day in weekdays)
    none = refusal("一周至少要有一天上班", "A week has at least one working day", field="weekdays")
    same = refusal("工作周没有变", "The office week is the same as before", field="weekdays")
    past = refusal("工作周从今天起才能改", "The office week changes from today on at the earliest", field="since")
    chosen = tuple(day for n, day in enumerate(Weekday) if n in numbers)
    case.decide(
        OfficeWeekChanged(since=since, weekdays=chosen),
        reasons=[
            None if numbers else none, same if numbers == before.week_of(since) else None,
            past if since < before.local(case.at).date() else None, _outside([since]),
        ],
    )
    OfficeWeek.objects.create(since=since, weekdays=sorted(numbers), revision=raise_revision(REVISION), entry=case.entry)
    return Ref("calendar", case.entry)


def _locked() -> Calendar:
    """The calendar in force, kept from other changes until the end of the transaction.

    The revision is raised after the decision: nobody may build the new calendar, and keep it, before its rows exist.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
    return current()


def _entered(year: int, days: list[NoticeDay], before: Calendar) -> tuple[DatedKind, ...]:
    """The days of the notice, and as weekdays again those of the year's earlier notice that it leaves out."""
    named = {day.date for day in days}
    earlier = newest(DayException, before.revision, "date").filter(date__year=year)
    left_out = [row.date for row in earlier if row.source and row.working is not None and row.date not in named]
    return (*(DatedKind(day.date, day.kind) for day in days), *(DatedKind(day, DayKind.AS_WEEKDAY) for day in left_out))


def _write_notice(case: Case, entered: HolidayNoticeEntered) -> None:
    about = {"revision": raise_revision(REVISION), "source": entered.source, "entry": case.entry}
    Year.objects.create(year=entered.year, **about)
    DayException.objects.bulk_create(
        DayException(date=one.date, working=WORKING[one.kind], **about) for one in entered.entered
    )


def _wrong_notice(year: int, days: list[NoticeDay]) -> list[Reason | None]:
    if year not in YEARS:
        return [refusal("年度填得不对", "There is no such year in the calendar", field="year")]
    found: list[Reason | None] = []
    if not any(day.kind is DayKind.HOLIDAY for day in days):
        found.append(refusal("至少要有一个放假的日子", "A holiday notice has at least one holiday", field="days"))
    strange = Text("{day}不属于{year}年的通知", "{day} does not belong to the notice of {year}")
    twice = Text("{day}写了两次", "{day} is entered twice")
    for day, times in sorted(Counter(one.date for one in days).items()):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            found.append(Reason(what=strange.fill(day=day, year=year), field="days"))
        if times > 1:
            found.append(Reason(what=twice.fill(day=day), field="days"))
    return found


def _outside(days: list[date]) -> Reason | None:
    wrong = [day for day in days if day.year not in YEARS]
    return refusal("日期填得不对", "The date is outside the calendar", field="day") if wrong else None


def _missing(source: str) -> Reason | None:
    what = refusal("写明通知的文号或出处", "Name the number or source of the notice", field="source")
    return None if source else what


def _long(field: str, words: str) -> Reason | None:
    return refusal("不能超过 120 个字", "At most 120 characters", field=field) if len(words) > 120 else None
