"""A desk shows what somebody owes, waits for, and what his people left open; nobody sees more than is his."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from company import Staff
from gatepass.enforcement.queries import arithmetic, counts, desk, duties_of_order, open_duties
from gatepass.orders.events import AccountChecked, AccountCheckRequested, OrderConfirmed
from gatepass.people.models import Deputy, Person, Post
from gatepass.rules.reasons import NotFound

from .cases import MONDAY, about, duty, handed_in, hours, left, sight
from .happening import happen

pytestmark = [pytest.mark.requirement("A17"), pytest.mark.usefixtures("no_gates")]


def check(staff: Staff, *, at: float = 0) -> UUID:
    order = uuid4()
    happen(about(AccountCheckRequested, staff, order), at=hours(at))
    return order


def test_who_owes_has_it_on_his_desk_and_who_asked_waits_for_it(staff: Staff):
    order = check(staff)
    (owed,) = desk(sight(staff, "zhou"), at=MONDAY).mine
    (awaited,) = desk(sight(staff, "lin"), at=MONDAY).waiting
    assert (owed.order, owed.article, owed.due, owed.act) == (order, "D1", hours(1), "answer_account_check")
    assert (awaited.uid, awaited.whose.zh) == (owed.uid, "周敏")


def test_a_guard_sees_nothing_of_it(staff: Staff):
    order = check(staff)
    shown = desk(sight(staff, "feng"), at=hours(20))
    assert (shown.mine, shown.waiting, shown.left_open) == ((), (), ())
    assert open_duties(sight(staff, "feng"), at=MONDAY, orders=[order]) == ()


def test_what_ran_out_shows_with_the_superior_and_what_is_in_time_does_not(staff: Staff):
    check(staff)
    manager = sight(staff, "xu")
    assert desk(manager, at=hours(0.9)).left_open == ()
    assert [one.overdue for one in desk(manager, at=hours(1.5)).left_open] == [True]


def test_what_is_left_at_the_close_of_office_shows_with_whom_the_post_reports_to(staff: Staff):
    Post.objects.filter(kind="client_admin").update(reports_to=Post.objects.get(kind="sales_director"))
    happen(about(OrderConfirmed, staff, uuid4(), remit_fen=0), at=MONDAY)
    director = sight(staff, "liang")
    assert desk(director, at=hours(8)).left_open == ()
    assert [one.clause for one in desk(director, at=hours(9.01)).left_open] == ["D3.2"]


@pytest.mark.requirement("R7")
def test_a_deputy_has_the_duty_and_is_named_for_whom_he_acts(staff: Staff):
    order = check(staff)
    zhou, xu = (Person.objects.get(uid=staff.people[short]) for short in ("zhou", "wu"))
    away = {"post": Post.objects.get(kind="receivables"), "represented": zhou, "person": xu, "reason": "出差"}
    Deputy.objects.create(since=MONDAY, until=hours(48), **away)
    assert [one.order for one in desk(sight(staff, "wu", hours(1)), at=hours(1)).mine] == [order]
    assert desk(sight(staff, "lin", hours(1)), at=hours(1)).waiting[0].whose.zh == "吴兴国（代周敏）"
    assert desk(sight(staff, "wu", hours(49)), at=hours(49)).mine == ()


def test_a_driver_sees_the_waybills_that_his_carrier_owes_and_no_other_carriers(staff: Staff):
    Person.objects.filter(uid=staff.people["luo"]).update(carrier=staff.carrier)
    waybill = left(staff)
    assert [one.subject for one in desk(sight(staff, "luo"), at=MONDAY).mine] == [waybill]
    Person.objects.filter(uid=staff.people["luo"]).update(carrier=uuid4())
    assert desk(sight(staff, "luo"), at=MONDAY).mine == ()


def test_a_salesman_sees_the_orders_of_his_own_region(staff: Staff):
    order = check(staff)
    assert len(open_duties(sight(staff, "yang"), at=MONDAY, orders=[order])) == 1
    assert open_duties(sight(staff, "qin"), at=MONDAY, orders=[order]) == ()


def test_a_desk_takes_two_statements_however_much_there_is(staff: Staff):
    taken = []
    for wanted in (2, 12):
        for _ in range(wanted):
            check(staff)
        seen = sight(staff, "lin")
        with CaptureQueriesContext(connection, ) as captured:
            desk(seen, at=hours(9.5))
        taken.append(len(captured))
    assert taken == [2, 2]


def test_counts_say_how_much_is_overdue_and_due_today(staff: Staff):
    check(staff)
    check(staff, at=1.5)
    found = counts(sight(staff, "zhou"), at=hours(1.6))
    assert (found.mine, found.overdue, found.today, found.waiting) == (2, 1, 1, 0)


@pytest.mark.requirement("R9")
def test_a_deadline_shows_how_it_was_counted_even_after_the_calendar_has_changed(staff: Staff):
    order = uuid4()
    happen(about(OrderConfirmed, staff, order, remit_fen=0), at=hours(9.5))
    before = arithmetic(sight(staff, "lin"), duty("D3.2", order).uid, at=hours(10))
    staff.at = hours(10)
    staff.run("enter_day", "he", day=hours(24).date(), kind="holiday", note="厂庆")
    after = arithmetic(sight(staff, "lin"), duty("D3.2", order).uid, at=hours(11))
    assert [step.what.zh for step in before.steps][1] == "已过下班时间，按下一工作日计"
    assert after.steps == before.steps
    assert after.due == duty("D3.2", order).due_at


def test_the_arithmetic_of_what_one_may_not_see_is_not_found(staff: Staff):
    check(staff)
    with pytest.raises(NotFound):
        arithmetic(sight(staff, "deng"), duty("D1.2").uid, at=MONDAY)


@pytest.mark.requirement("R9", "D1")
def test_the_story_of_an_order_says_what_was_used_of_what_was_allowed(staff: Staff):
    order = check(staff, at=2.9)
    happen(about(AccountChecked, staff, order), at=hours(4.75))
    (kept,) = duties_of_order(sight(staff, "lin"), order, at=hours(5)).kept
    assert (kept.used.zh, kept.allowed.zh, kept.broken) == ("21 分", "1 个工作小时", False), "the noon break does not count"


@pytest.mark.requirement("R9", "D11")
def test_a_story_says_that_a_waybill_came_too_late(staff: Staff):
    order = uuid4()
    waybill = left(staff, order=order)
    handed_in(staff, waybill, at=MONDAY + timedelta(days=3))
    (kept,) = duties_of_order(sight(staff, "lin"), order, at=MONDAY + timedelta(days=3)).kept
    assert (kept.how, kept.broken, kept.used.zh) == ("late", True, "3 天 0 小时 00 分")
