"""The demo opens on a working morning with something to do on every desk, and the check finds nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from databases import Clones
from gatepass.approvals.models import Matter
from gatepass.dispatch.models import Change, Doubt, Notice, Sample, UnpaidSignature
from gatepass.enforcement.models import Fine, Obligation
from gatepass.gate.models import Authority, GatePass, Release
from gatepass.journal.models import Entry
from gatepass.orders.models import AccountCheck, Order
from gatepass.people.models import Company, Deputy, Person
from gatepass.production.models import Demand, Shortage
from gatepass.receivables.models import Receipt
from gatepass.simulation import demo
from gatepass.site import database
from gatepass.site.checking.everything import check
from gatepass.transport.models import Consignment, Trip, Waybill
from gatepass.workcalendar.queries import current

MORNING = date(2026, 11, 24)


@pytest.fixture(scope="module")
def opened(clones: Clones) -> Iterator[str]:
    """A shorter demo: its last days only, a hundred customers. Gives the owner's address of its database."""
    name = clones.clone()
    clones.use(name)
    demo.stage(MORNING, days=4, dealers=100).until(MORNING, 10, 15)
    yield database.other(clones.url, name)
    clones.leave()
    clones.drop(name)


def test_it_opens_at_a_quarter_past_ten_of_a_working_day(opened: str) -> None:
    last = current().local(Entry.objects.latest("at").at)
    assert last.date() == MORNING
    assert (10, 0) <= (last.hour, last.minute) <= (10, 15)
    assert current().is_working(demo.working_today())
    assert Company.objects.get().demo


def test_sales_and_finance_have_something_to_do(opened: str) -> None:
    waiting = Order.objects.filter(cancelled_at=None)
    assert AccountCheck.objects.filter(answered_at=None).count() >= 2
    assert waiting.filter(checked_at__isnull=False, sent_at=None).exists()
    assert Obligation.objects.filter(clause="D2.2", closed_at=None, breached_at__isnull=False).exists()
    assert Obligation.objects.filter(clause="D2.2", closed_at=None, breached_at=None).exists()
    assert waiting.filter(confirmed_at__isnull=False, handed_over_at=None).exists()
    assert waiting.filter(ready_at__isnull=False, notified_at=None).exists()
    assert UnpaidSignature.objects.filter(signed_at=None, returned_at=None).exists()
    assert Receipt.objects.exclude(difference_fen=0).filter(explained_at=None).exists()
    waiting_vouchers = Matter.objects.filter(route="voucher", closed_at=None, returned_at=None)
    assert waiting_vouchers.filter(waits__contains=["voucher.finance"]).exists()
    assert waiting_vouchers.exclude(waits__contains=["voucher.finance"]).exists()
    assert Waybill.objects.filter(handed_in_at__isnull=False, credited_at=None).exists()
    assert Fine.objects.filter(confirmed_at=None, waived_at=None, withdrawn_at=None).exists()


def test_production_warehouse_and_gate_have_something_to_do(opened: str) -> None:
    under_way = Order.objects.filter(shipped_at=None, cancelled_at=None).values("uid")
    assert any(d.cartons > d.from_stock + d.ready for d in Demand.objects.filter(order__in=under_way))
    assert Shortage.objects.filter(taken_up_at=None).exists()
    notices = Notice.objects.filter(voided_at=None, left_at=None)
    assert notices.filter(effective_at=None).count() >= 3
    assert notices.filter(effective_at__isnull=False, picking_at=None).exists()
    assert notices.filter(picking_at__isnull=False, picked_at=None).exists()
    assert Doubt.objects.filter(answered_at=None).exists()
    assert Change.objects.filter(consented_at=None, declined_at=None).exists()
    assert Matter.objects.filter(route="countersign", closed_at=None, returned_at=None).exists()
    assert Trip.objects.filter(loaded_at__isnull=False, pass_issued_at=None, left_at=None).count() >= 2
    assert GatePass.objects.filter(voided_at=None, trip__left_at=None).exists()
    assert Trip.objects.filter(loaded_at=None, left_at=None, driver__person__isnull=False).exists()
    assert Consignment.objects.filter(left_at__isnull=False, told_at=None).exists()
    assert Obligation.objects.filter(clause="D11.1", closed_at=None, breached_at__isnull=False).exists()
    assert Authority.objects.filter(handed_over_at=None).exists()


def test_samples_materials_a_vehicle_that_came_back_and_somebody_on_leave_are_there(opened: str) -> None:
    samples = Sample.objects.filter(declined_at=None)
    assert samples.filter(approved_at=None).exists()
    assert samples.filter(approved_at__isnull=False, sent_at=None).exists()
    assert samples.filter(sent_at__isnull=False, outcome_at=None, follow_up_on=MORNING).exists()
    waiting = GatePass.objects.exclude(id__in=Release.objects.exclude(gate_pass=None).values("gate_pass_id"))
    assert waiting.filter(kind="material").exists() and GatePass.objects.filter(kind="sample").exists()
    assert Trip.objects.exclude(came_back_at=None).exists()
    peng, fang = (Person.objects.get(username=name).uid for name in ("peng", "fang"))
    assert Deputy.objects.filter(represented__uid=peng, person__uid=fang, until__gt=Entry.objects.latest("at").at).exists()
    assert Entry.objects.filter(acting_for=peng, by=fang).exists()


def test_the_check_finds_nothing(opened: str) -> None:
    assert list(check(opened)) == []
