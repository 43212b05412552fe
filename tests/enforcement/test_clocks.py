"""A clock that runs out acts once, within seconds, and never on what was done in time."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from company import Staff
from gatepass.enforcement import clocks
from gatepass.enforcement.models import Fine, Obligation
from gatepass.enforcement.queries import desk
from gatepass.gate.events import AuthorityUsed
from gatepass.journal.models import Entry
from gatepass.journal.who import sight_of
from gatepass.orders.events import OrderConfirmed, OrderSent
from gatepass.people.models import Holding, Person, Post
from gatepass.rules.happenings import DeadlineMissed

from .cases import MONDAY, TUESDAY_MIDNIGHT, about, duty, event_codes, handed_in, hours, left
from .happening import happen
from .samples import sample

JUST_AFTER = TUESDAY_MIDNIGHT + timedelta(seconds=4)
pytestmark = [pytest.mark.requirement("R9"), pytest.mark.usefixtures("no_gates")]


@pytest.mark.requirement("D11", "R1")
def test_a_waybill_not_handed_in_by_the_next_working_day_is_fined_a_fifth_of_the_freight_once(staff: Staff):
    waybill = left(staff)
    swept = [clocks.sweep(JUST_AFTER), clocks.sweep(JUST_AFTER + timedelta(hours=1))]
    fine = Fine.objects.get(subject=waybill)
    assert swept == [1, 0]
    assert (fine.base_fen, fine.percent, fine.fen, fine.holder_kind, fine.holder) == (231_000, 20, 46_200, "carrier", staff.carrier)
    assert event_codes(waybill) == ["goods.left", "deadline.missed"]


@pytest.mark.requirement("D11", "R1")
def test_a_waybill_handed_in_on_the_next_working_day_is_fined_nothing(staff: Staff):
    waybill = left(staff)
    handed_in(staff, waybill, at=TUESDAY_MIDNIGHT - timedelta(seconds=1))
    assert clocks.sweep(JUST_AFTER) == 0
    assert not Fine.objects.exists()
    assert duty("D11.1").closed_how == "kept"


def test_nothing_runs_out_within_the_seconds_that_a_late_commit_may_take(staff: Staff):
    left(staff)
    assert clocks.sweep(TUESDAY_MIDNIGHT + timedelta(seconds=3)) == 0
    assert clocks.sweep(JUST_AFTER) == 1


@pytest.mark.requirement("R1")
def test_what_came_too_late_while_no_worker_ran_is_breached_after_the_restart_too(staff: Staff):
    waybill = left(staff)
    handed_in(staff, waybill, at=TUESDAY_MIDNIGHT + timedelta(hours=10))
    assert clocks.sweep(TUESDAY_MIDNIGHT + timedelta(hours=11)) == 1
    missed = Entry.objects.get(event=DeadlineMissed.code)
    assert missed.payload["fulfilled"] is True
    assert Fine.objects.get(subject=waybill).fen == 46_200


@pytest.mark.requirement("D2")
def test_an_order_confirmed_too_late_asks_nobody_to_chase_the_customer_any_more(staff: Staff):
    order = uuid4()
    happen(about(OrderSent, staff, order), at=MONDAY)
    happen(about(OrderConfirmed, staff, order), at=hours(8))
    clocks.sweep(hours(9))
    assert duty("D2.2").breached_at is not None
    assert not Obligation.objects.filter(clause="D2.3").exists()


@pytest.mark.requirement("D2")
def test_an_order_not_confirmed_in_time_asks_the_client_admin_to_contact_the_customer(staff: Staff):
    order = uuid4()
    happen(about(OrderSent, staff, order), at=MONDAY)
    clocks.sweep(hours(6))
    assert duty("D2.3", order).holder_position == "client_admin"


@pytest.mark.requirement("R1", "D2")
def test_a_breach_is_withdrawn_in_the_journal_when_what_was_owed_had_been_done_in_time(staff: Staff):
    waybill = left(staff)
    clocks.sweep(JUST_AFTER)
    handed_in(staff, waybill, at=TUESDAY_MIDNIGHT - timedelta(seconds=2))
    late = duty("D11.1")
    assert event_codes(waybill) == ["goods.left", "deadline.missed", "waybill.handed_in", "deadline.withdrawn"]
    assert (late.closed_how, late.breached_at) == ("kept", None)
    assert Fine.objects.get(subject=waybill).withdrawn_at is not None


@pytest.mark.requirement("D2")
def test_a_withdrawn_breach_takes_back_what_it_had_opened(staff: Staff):
    order = uuid4()
    happen(about(OrderSent, staff, order), at=MONDAY)
    clocks.sweep(duty("D2.2").due_at + timedelta(seconds=4))
    happen(about(OrderConfirmed, staff, order), at=duty("D2.2").due_at - timedelta(seconds=1))
    assert duty("D2.3", order).closed_how == "ended"


def test_a_row_that_somebody_is_working_on_is_left_for_the_next_sweep(staff: Staff):
    held, free = left(staff), left(staff)
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Obligation.objects.filter(subject=held).select_for_update())
            locked.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    locked.wait(10)
    first = clocks.sweep(JUST_AFTER)
    done.set()
    other.join()
    assert (first, clocks.sweep(JUST_AFTER)) == (1, 1)
    assert {duty("D11.1", one).breached_at is not None for one in (held, free)} == {True}


def test_two_sweeps_at_once_breach_each_clock_once(staff: Staff):
    for _ in range(12):
        left(staff)
    swept: list[int] = []

    def run() -> None:
        swept.append(clocks.sweep(JUST_AFTER))
        connection.close()

    runs = [threading.Thread(target=run) for _ in range(3)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert sum(swept) == 12
    assert Entry.objects.filter(event=DeadlineMissed.code).count() == 12


@pytest.mark.requirement("R7", "D8")
def test_a_breach_freezes_who_acted_for_the_position(staff: Staff):
    order = uuid4()
    from gatepass.people.models import Deputy, Person, Post

    people = {short: Person.objects.get(uid=staff.people[short]) for short in ("wu", "deng", "zhou", "xu")}
    post = Post.objects.get(kind="receivables")
    Deputy.objects.create(
        post=post, represented=people["zhou"], person=people["xu"], since=MONDAY, until=hours(48), reason="出差"
    )
    from gatepass.orders.events import AccountCheckRequested

    happen(about(AccountCheckRequested, staff, order), at=MONDAY)
    clocks.sweep(hours(2))
    assert duty("D1.2", order).breached_holder == people["xu"].uid


def test_a_clock_that_nobody_owes_alone_names_the_position_only(staff: Staff):
    order = uuid4()
    happen(about(OrderSent, staff, order), at=MONDAY)
    clocks.sweep(hours(6))
    assert duty("D2.2", order).breached_holder is None


@pytest.mark.requirement("D2")
def test_the_hour_of_d2_3_runs_from_the_missed_moment_and_not_from_the_sweep_that_saw_it(staff: Staff):
    order = uuid4()
    happen(about(OrderSent, staff, order), at=MONDAY)  # 9:00: to be confirmed by 14:30
    clocks.sweep(hours(6))  # seen at 15:00 only
    row = duty("D2.3", order)
    assert (row.started_at, row.due_at, row.opened_at) == (hours(5.5), hours(6.5), hours(6))
    assert row.breached_at is None


@pytest.mark.requirement("D10")
def test_the_copies_of_a_night_are_owed_by_the_guard_whom_the_authority_names_and_seen_by_no_other(staff: Staff):
    authority = uuid4()
    second = Person.objects.create(username="night", name="夜班门卫", password="!")
    Holding.objects.create(post=Post.objects.get(kind="guard"), person=second, since=MONDAY.date())
    happen(sample(AuthorityUsed, authority=authority, responsible=second.uid), at=MONDAY)
    row = duty("D10.4", authority)
    assert (row.holder_position, row.holder) == ("guard", second.uid)
    seen = [[one.clause for one in desk(sight_of(uid, MONDAY), at=MONDAY).mine] for uid in (staff.people["feng"], second.uid)]
    assert seen == [[], ["D10.4"]]
