"""The working calendar changes by commands, each with a revision; an old revision can always be built again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from gatepass.journal.models import Entry
from gatepass.roles import Position
from gatepass.rules.reasons import Refused
from gatepass.workcalendar import commands, queries
from gatepass.workdays import CLOSE, working_days

from .people import somebody

pytestmark = [pytest.mark.requirement("R9"), pytest.mark.usefixtures("fresh")]
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
NOTICE = [{"date": "2027-01-01", "kind": "holiday"}, {"date": "2027-01-03", "kind": "make_up"}]


@pytest.fixture
def keeper(fresh: str) -> UUID:
    return somebody("何志远", Position.SALES_MANAGER).uid


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.what.zh for reason in refused.value.reasons]


def test_a_new_company_starts_with_the_rulebooks_week_hours_and_known_holidays():
    calendar = queries.current()
    assert calendar.week == {0, 1, 2, 3, 4, 5}
    assert calendar.closes(date(2026, 11, 24)) == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert not calendar.is_working(date(2026, 10, 5))
    assert calendar.is_working(date(2026, 9, 20))
    assert 2027 in calendar.provisional_years
    assert 2026 not in calendar.provisional_years


def test_a_day_of_the_companys_own_becomes_free_and_later_as_its_weekday_again(keeper: UUID):
    day = date(2026, 11, 26)
    commands.enter_day(by=keeper, at=NOW, day=day, kind="holiday", note="厂庆")
    free = queries.current()
    commands.enter_day(by=keeper, at=NOW, day=day, kind="as_weekday")
    assert not free.is_working(day)
    assert queries.current().is_working(day)
    assert not queries.calendar_at(free.revision).is_working(day), "the calendar of an old revision stays what it was"


def test_the_same_day_is_not_entered_twice_alike(keeper: UUID):
    with pytest.raises(Refused) as refused:
        commands.enter_day(by=keeper, at=NOW, day=date(2026, 10, 1), kind="holiday")
    assert reasons(refused) == ["2026-10-01已经是“放假”"]
    assert queries.current().revision == 0


def test_a_holiday_notice_makes_its_year_certain(keeper: UUID):
    commands.enter_holiday_notice(by=keeper, at=NOW, year=2027, days=NOTICE, source="国办发明电〔2026〕8号")
    calendar = queries.current()
    assert 2027 not in calendar.provisional_years
    assert not calendar.is_working(date(2027, 1, 1))
    assert calendar.is_working(date(2027, 1, 3))
    start = datetime(2026, 12, 31, 2, tzinfo=UTC)
    assert working_days(2, CLOSE).due(start, calendar).due == datetime(2027, 1, 3, 10, tzinfo=UTC)
    assert Entry.objects.get(event="calendar.notice_entered").payload["year"] == 2027


def test_a_corrected_notice_takes_its_days_back_but_not_the_companys_own(keeper: UUID):
    commands.enter_day(by=keeper, at=NOW, day=date(2027, 5, 10), kind="holiday", note="厂庆")
    commands.enter_holiday_notice(by=keeper, at=NOW, year=2027, days=NOTICE, source="草稿")
    commands.enter_holiday_notice(by=keeper, at=NOW, year=2027, days=NOTICE[:1], source="国办发明电〔2026〕8号")
    calendar = queries.current()
    assert not calendar.is_working(date(2027, 1, 1))
    assert not calendar.is_working(date(2027, 1, 3))
    assert not calendar.is_working(date(2027, 5, 10))


def test_a_wrong_notice_is_answered_with_everything_that_is_wrong(keeper: UUID):
    days = [{"date": "2027-01-01", "kind": "make_up"}, {"date": "2027-01-01", "kind": "make_up"}]
    days.append({"date": "2028-01-02", "kind": "make_up"})
    with pytest.raises(Refused) as refused:
        commands.enter_holiday_notice(by=keeper, at=NOW, year=2027, days=days, source="")
    assert reasons(refused) == [
        "至少要有一个放假的日子",
        "2027-01-01写了两次",
        "2028-01-02不属于2027年的通知",
        "写明通知的文号或出处",
    ]


def test_a_year_that_public_calendars_do_not_know_is_not_taken_from_them(keeper: UUID):
    with pytest.raises(Refused):
        commands.take_statutory_year(by=keeper, at=NOW, year=2099)
    commands.take_statutory_year(by=keeper, at=NOW, year=2024)
    assert not queries.current().is_working(date(2024, 10, 1))
    assert 2024 not in queries.current().provisional_years


def test_office_hours_change_from_a_day_on(keeper: UUID):
    hours = [{"opens": "9:00", "closes": "17:00"}]
    commands.change_office_hours(by=keeper, at=NOW, since=date(2026, 12, 1), intervals=hours)
    calendar = queries.current()
    assert calendar.closes(date(2026, 11, 30)) == datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert calendar.closes(date(2026, 12, 1)) == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_office_hours_of_the_past_or_out_of_order_are_refused_together(keeper: UUID):
    hours = [{"opens": "14:00", "closes": "12:00"}, {"opens": "半夜", "closes": "18:00"}]
    with pytest.raises(Refused) as refused:
        commands.change_office_hours(by=keeper, at=NOW, since=date(2026, 11, 23), intervals=hours)
    assert reasons(refused) == ["“半夜”不是时间，写成 8:30 这样", "12:00要晚于14:00", "办公时间从今天起才能改"]


def test_a_five_day_week_frees_saturdays(keeper: UUID):
    week = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    saturday = date(2026, 11, 28)
    commands.change_office_week(by=keeper, at=NOW, since=saturday, weekdays=week)
    assert [queries.current().is_working(saturday + timedelta(days=days)) for days in (-7, 0, 7)] == [True, False, False]
    with pytest.raises(Refused) as past:
        commands.change_office_week(by=keeper, at=NOW, since=date(2020, 1, 1), weekdays=["monday"])
    assert [reason.field for reason in past.value.reasons] == ["since"]
    with pytest.raises(Refused):
        commands.change_office_week(by=keeper, at=NOW, since=saturday, weekdays=[])
    with pytest.raises(Refused):
        commands.change_office_week(by=keeper, at=NOW, since=saturday, weekdays=week)


@pytest.mark.requirement("M1")
def test_who_does_not_keep_the_calendar_may_not_change_it():
    clerk = somebody("林晓燕", Position.CLIENT_ADMIN).uid
    with pytest.raises(Refused) as refused:
        commands.enter_day(by=clerk, at=NOW, day=date(2026, 11, 26), kind="holiday")
    assert [reason.clause for reason in refused.value.reasons] == ["M1"]
