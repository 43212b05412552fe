"""Deadlines counted in a year without its holiday notice: they move when it is entered, later only, and never otherwise."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from company import Staff
from gatepass.enforcement import clocks
from gatepass.enforcement.law import current
from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries.deadlines import explained
from gatepass.enforcement.replay import history_of
from gatepass.journal.door import COMMANDS
from gatepass.journal.models import Entry
from gatepass.receivables.events import OrderCovered
from gatepass.rules.judging import judge
from gatepass.workcalendar.events import DayKind

from .cases import about, duty, event_codes, left
from .happening import happen
from .samples import sample
from .test_judge import CLAUSES, in_book, of_order, stored

if TYPE_CHECKING:
    from databases import Clones

THURSDAY = datetime(2026, 12, 31, 1, tzinfo=UTC)  # 9:00 of the last day of a year whose notice is known; the next one's is not
pytestmark = [pytest.mark.requirement("R9"), pytest.mark.usefixtures("no_gates")]


def midnight(day: date) -> datetime:
    """24:00 of the day in Shanghai."""
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


def notice(staff: Staff, *free: int, worked: tuple[int, ...] = (), at: datetime = THURSDAY + timedelta(hours=2), year: int = 2027) -> None:
    """The year's notice: free days and made-up days of January."""
    days = [{"date": date(year, 1, n), "kind": kind} for kind, those in ((DayKind.HOLIDAY, free), (DayKind.MAKE_UP, worked)) for n in those]
    COMMANDS["enter_holiday_notice"](by=staff.people["he"], at=at, year=year, days=days, source="国办发明电〔2026〕7 号")


def agreeing(clones: Clones) -> list[Any]:
    from gatepass.site import database
    from gatepass.site.checking.everything import check

    return [one for one in check(database.other(clones.url, connection.settings_dict["NAME"])) if one.where == "obligations"]


@pytest.mark.requirement("D4")
def test_a_deadline_over_new_year_moves_later_when_the_holidays_are_entered(staff: Staff, clones: Clones):
    order = uuid4()
    happen(about(OrderCovered, staff, order), at=THURSDAY)
    before = duty("D4.3")
    assert (before.due_at, before.provisional) == (midnight(date(2027, 1, 2)), True)  # Friday and Saturday, as far as anybody knows
    notice(staff, 1, 2, 3)
    after = duty("D4.3")
    assert (after.due_at, after.provisional) == (midnight(date(2027, 1, 5)), False)  # Monday and Tuesday
    assert "deadline.moved" in event_codes(order)
    counted = explained(after, THURSDAY)
    assert counted.was == before.due_at and counted.due == after.due_at
    assert any("休息至" in step.what.zh for step in counted.steps)
    assert clocks.sweep(before.due_at + timedelta(hours=1)) == 0
    assert clocks.sweep(after.due_at + timedelta(hours=1)) == 1
    assert agreeing(clones) == []


@pytest.mark.requirement("D4")
def test_a_notice_that_would_make_it_earlier_leaves_it_where_it_was(staff: Staff, clones: Clones):
    order = uuid4()
    saturday = datetime(2027, 1, 2, 1, tzinfo=UTC)
    happen(about(OrderCovered, staff, order), at=saturday)
    due = midnight(date(2027, 1, 5))  # Monday and Tuesday
    assert duty("D4.3").due_at == due
    notice(staff, 1, worked=(3,), at=saturday + timedelta(hours=1))  # the Sunday is worked: Sunday and Monday would do
    kept = duty("D4.3")
    assert (kept.due_at, kept.provisional, kept.noticed_revision) == (due, False, None)
    assert "deadline.moved" not in event_codes(order)
    assert agreeing(clones) == []


@pytest.mark.requirement("D11")
def test_a_deadline_within_the_known_year_does_not_move(staff: Staff, clones: Clones):
    waybill = left(staff, at=THURSDAY - timedelta(days=1))
    due = midnight(date(2026, 12, 31))
    notice(staff, 1, 2, 3)
    row = duty("D11.1", waybill)
    assert (row.due_at, row.provisional) == (due, False)
    assert "deadline.moved" not in event_codes(waybill)
    assert agreeing(clones) == []


@pytest.mark.requirement("D11", "R1")
def test_what_had_run_out_before_the_notice_stays_run_out(staff: Staff, clones: Clones):
    waybill = left(staff, at=THURSDAY)
    assert clocks.sweep(midnight(date(2027, 1, 1)) + timedelta(seconds=4)) == 1
    notice(staff, 1, 2, 3, at=midnight(date(2027, 1, 1)) + timedelta(minutes=1))
    row = duty("D11.1", waybill)
    assert (row.due_at, row.breached_at) == (midnight(date(2027, 1, 1)), midnight(date(2027, 1, 1)))
    assert agreeing(clones) == []


@pytest.mark.requirement("D4")
def test_other_changes_of_the_calendar_move_no_deadline(staff: Staff):
    happen(about(OrderCovered, staff, uuid4()), at=THURSDAY)
    due = duty("D4.3").due_at
    staff.at = THURSDAY + timedelta(hours=1)
    staff.run("enter_day", "he", day=date(2027, 1, 2), kind=DayKind.HOLIDAY)
    staff.run("change_office_week", "he", since=staff.today(), weekdays=["monday"])
    assert (duty("D4.3").due_at, duty("D4.3").provisional) == (due, True)
    notice(staff, 1, 2)
    assert duty("D4.3").due_at == midnight(date(2027, 1, 5))  # by the office week of its opening: Monday and Tuesday


@pytest.mark.requirement("D4")
def test_a_clock_moved_by_hand_in_the_database_is_found(staff: Staff, clones: Clones):
    happen(about(OrderCovered, staff, uuid4()), at=THURSDAY)
    notice(staff, 1, 2, 3)
    Obligation.objects.filter(clause="D4.3").update(noticed_revision=None)
    assert agreeing(clones)


@pytest.mark.requirement("R9")
def test_the_page_that_explains_a_deadline_says_that_it_moved(staff: Staff):
    from django.test import Client
    from django.urls import reverse

    from gatepass.journal.clock import clock_at
    from gatepass.people.models import Person

    happen(about(OrderCovered, staff, uuid4()), at=THURSDAY)
    notice(staff, 1, 2, 3)
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["he"]), backend="gatepass.people.sign_in.PersonBackend")
    with clock_at(THURSDAY + timedelta(hours=3)):
        page = client.get(reverse("enforcement:why", args=[duty("D4.3").uid])).content.decode()
    assert "原定" in page and "放假通知录入后顺延" in page


@pytest.mark.requirement("D18", "D4", "D11")
def test_the_judge_and_the_stored_obligations_agree_on_any_history_with_a_notice_in_it(staff: Staff):
    years = itertools.count(2027)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def any_history(data: st.DataObject) -> None:
        year, order, waybill = next(years), uuid4(), uuid4()
        begun = datetime(year - 1, 12, 29, 1, tzinfo=UTC)
        quarters = st.integers(min_value=0, max_value=8 * 24 * 4).map(lambda n: begun + timedelta(minutes=15 * n))
        happenings = st.lists(of_order(order, waybill) | st.just(sample(OrderCovered, order=order)), max_size=2)
        steps = data.draw(st.lists(st.tuples(quarters, happenings), min_size=1, max_size=10))
        entered = data.draw(quarters) + timedelta(minutes=7)
        free, worked = data.draw(st.sets(st.integers(1, 9), min_size=1)), data.draw(st.sets(st.integers(1, 9)))
        live(staff, steps, entered, year, (free, worked - free))
        agree(order, waybill, max(entered, *(at for at, _ in steps)))

    order, waybill = uuid4(), uuid4()
    covered = datetime(next(years) - 1, 12, 31, 1, tzinfo=UTC)
    live(staff, [(covered, [sample(OrderCovered, order=order)])], covered + timedelta(hours=2), covered.year + 1, ({1, 2, 3}, set()))
    agree(order, waybill, covered + timedelta(hours=3))
    any_history()
    assert Entry.objects.filter(event="deadline.moved").exists()


def live(staff: Staff, steps: list[Any], entered: datetime, year: int, days: tuple[set[int], set[int]]) -> None:
    """Live through the steps in the order of their moments, the notice among them."""
    for at, events in sorted([*steps, (entered, None)], key=lambda step: step[0]):
        if events is None:
            notice(staff, *days[0], worked=tuple(days[1]), at=entered, year=year)
        elif events:
            happen(*events, at=at)
        else:
            clocks.sweep(at)


def agree(order: UUID, waybill: UUID, last: datetime) -> None:
    clocks.sweep(last)
    for number in (*CLAUSES, "D4.3"):
        clause = in_book(number)
        subject = waybill if number.startswith("D11") else order
        assert stored(number, subject) == judge(clause, history_of(subject), law=current(last), as_of=last), number
