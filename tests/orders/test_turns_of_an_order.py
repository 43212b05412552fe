"""Turns that orders take in life: paid before confirmed, taken back, cancelled, exchanged; money, cartons and clocks follow each of them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from company import Staff, confirmed, ready, sent
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.orders.models import Order
from gatepass.production.models import Demand, StockupPlan
from gatepass.production.queries import demands
from gatepass.receivables.models import Commitment
from gatepass.rules.reasons import NotFound, Refused
from gatepass.stock.models import Reservation
from test_whole_way import effective_notice, picked, through_the_gate


def receive(staff: Staff, fen: int) -> UUID:
    given = {"customer": staff.customer, "amount": fen, "paid_on": staff.today(), "reference": f"B {fen} {staff.at:%H%M}"}
    return staff.later(minutes=5).run("record_receipt", "zhou", **given).uid


def clock(clause: str, order: UUID) -> str | None:
    """How the clock of an order was closed; None while it runs."""
    return Obligation.objects.filter(clause=clause, subject=order).order_by("-id").values_list("closed_how", flat=True)[0] or None


@pytest.mark.requirement("D2", "D4")
def test_money_paid_on_a_document_taken_back_counts_once_in_the_next_one(staff: Staff) -> None:
    order = sent(staff)
    receive(staff, 400_000)
    staff.run("object_to_order", "lin", order=order, note="数量不对")
    staff.later(minutes=5).run("send_order", "lin", order=order)
    due = Commitment.objects.get(order=order)
    assert (due.remit_fen, due.received_fen) == (1_280_000 - 400_000, 0)
    receive(staff, 879_999)
    assert Commitment.objects.get(order=order).covered_at is None
    receive(staff, 1)
    assert Commitment.objects.get(order=order).covered_at is not None


@pytest.mark.requirement("D2")
def test_an_order_paid_in_full_can_be_withdrawn_made_smaller_and_sent_again(staff: Staff) -> None:
    order = sent(staff)
    receive(staff, 1_280_000)
    staff.run("withdraw_order", "lin", order=order, reason="改少")
    staff.run("change_order", "lin", order=order, lines=[{"product": staff.products["100101"], "cartons": 60}])
    staff.run("send_order", "lin", order=order)
    assert Order.objects.get(uid=order).remit_fen == 768_000 - 1_280_000
    staff.run("confirm_order", "lin", order=order)
    assert staff.run("issue_notice", "lin", order=order)


@pytest.mark.requirement("D4")
def test_who_paid_before_he_confirmed_is_not_to_be_told_to_remit(staff: Staff) -> None:
    order = sent(staff)
    receive(staff, 1_280_000)
    staff.run("confirm_order", "lin", order=order)
    assert clock("D4.1", order) == "kept"
    assert clock("D4.3", order) is None


@pytest.mark.requirement("D4")
def test_who_confirmed_and_did_not_pay_is_to_be_told(staff: Staff) -> None:
    assert clock("D4.1", confirmed(staff)) is None


def handed_over(staff: Staff, order: UUID) -> list[Obligation]:
    """Demand goes to production, stock has everything: the goods are ready. The clocks of D4.2 that this opened."""
    staff.later(minutes=5).run("hand_over_demand", "lin", order=order)
    assert Order.objects.get(uid=order).ready_at is not None
    return list(Obligation.objects.filter(clause="D4.2", subject=order))


@pytest.mark.requirement("D4", "C4")
def test_who_was_not_told_to_remit_is_told_on_the_day_the_goods_are_ready(staff: Staff) -> None:
    (owed,) = handed_over(staff, confirmed(staff))
    assert owed.closed_at is None


@pytest.mark.requirement("D4", "C4")
def test_who_has_paid_or_was_told_is_not_to_be_told_again_when_the_goods_are_ready(staff: Staff) -> None:
    told = confirmed(staff)
    staff.run("notify_payment", "lin", order=told, promised_on=staff.today())
    assert handed_over(staff, told) == []
    receive(staff, Order.objects.get(uid=told).remit_fen or 0)
    paid = sent(staff)
    receive(staff, Order.objects.get(uid=paid).remit_fen or 0)
    staff.run("confirm_order", "lin", order=paid)
    assert handed_over(staff, paid) == []


@pytest.mark.requirement("D4")
def test_the_clock_to_ship_ends_when_a_paid_document_is_taken_back(staff: Staff) -> None:
    order = sent(staff)
    receive(staff, 1_280_000)
    assert clock("D4.3", order) is None
    staff.run("object_to_order", "yang", order=order, note="价格不对")
    assert clock("D4.3", order) == "ended"
    sweep(staff.at + timedelta(days=9))
    assert not Obligation.objects.filter(clause="D4.3").exclude(breached_at=None).exists()


@pytest.mark.requirement("D4")
def test_nobody_asks_or_signs_for_an_order_that_is_over(staff: Staff) -> None:
    order = confirmed(staff)
    staff.run("request_unpaid", "lin", order=order, reason="急")
    staff.run("cancel_order", "lin", order=order, reason="不要了")
    asked = staff.asked_unpaid(order)
    with pytest.raises(Refused):
        staff.sign("liang", "unpaid", asked, "director")
    with pytest.raises(Refused):
        staff.send_back("liang", "unpaid", asked, "director", "晚了")
    with pytest.raises(Refused):
        staff.run("request_unpaid", "lin", order=order, reason="急")
    assert not Obligation.objects.filter(clause="D4.3").exists()


@pytest.mark.requirement("D3", "C12")
def test_what_was_cancelled_is_no_longer_produced_planned_or_set_aside(staff: Staff) -> None:
    kept, gone = (confirmed(staff, code="200101", cartons=cartons) for cartons in (300, 240))
    for order in (kept, gone):
        staff.run("hand_over_demand", "lin", order=order, expected_on=date(2026, 11, 24))
    demand = Demand.objects.get(order=gone)
    assert demand.cartons - demand.from_stock == 167
    staff.run("cancel_order", "lin", order=gone, reason="不要了")
    assert [row.order_number for row in demands(sight_of(staff.people["wu"]), missing=True)] == []
    staff.run("hand_over_plan", "lin", day=date(2026, 11, 24))
    assert [line["cartons"] for line in StockupPlan.objects.get().data["lines"]] == [315]
    staff.run("report_ready", "wu", demand=demand.uid, cartons=167, produced_on=staff.today())
    assert sum(Reservation.objects.filter(order=gone).values_list("cartons", flat=True)) == 0
    with pytest.raises(Refused):
        staff.run("report_short", "wu", demand=demand.uid, cartons=1, kind="short", reason="缺料")


@pytest.mark.requirement("C12")
def test_a_plan_not_handed_over_three_days_before_is_a_breach_and_one_in_time_is_none(staff: Staff) -> None:
    for day, cartons in ((date(2026, 11, 24), 20), (date(2026, 11, 25), 40)):
        staff.run("hand_over_demand", "lin", order=confirmed(staff, cartons=cartons), expected_on=day)
    staff.run("hand_over_plan", "lin", day=date(2026, 11, 24))
    sweep(staff.at + timedelta(days=20))
    found = Obligation.objects.filter(clause="C12.1").order_by("due_at").values_list("closed_how", "breached_at")
    assert [(how == "kept", breached is not None) for how, breached in found] == [(True, False), (False, True)]


@pytest.mark.requirement("D3")
def test_cartons_picked_before_the_demand_was_handed_over_are_not_set_aside_again(staff: Staff) -> None:
    order = confirmed(staff)
    receive(staff, 1_280_000)
    picked(staff, effective_notice(staff, order))
    staff.run("hand_over_demand", "lin", order=order)
    assert Order.objects.get(uid=order).ready_at is not None
    assert sum(Reservation.objects.filter(order=order).values_list("cartons", flat=True)) == 0


@pytest.mark.requirement("M1", "D3")
def test_a_salesman_does_not_take_up_a_shortage_of_another_region(staff: Staff) -> None:
    order = ready(staff)
    demand = Demand.objects.get(order=order).uid
    staff.run("report_short", "wu", demand=demand, cartons=5, kind="short", reason="缺料")
    with pytest.raises(NotFound):
        staff.run("take_up_shortage", "qin", demand=demand, outcome="等")
    assert staff.run("take_up_shortage", "yang", demand=demand, outcome="等两天")


@pytest.mark.requirement("D11")
def test_a_vehicle_comes_back_once_its_freight_is_reversed_and_is_not_consigned_afterwards(staff: Staff) -> None:
    _, consignment, waybill = through_the_gate(staff)
    staff.later(minutes=30).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    back = {"trip": consignment.trip.uid, "reason": "路断了"}
    with pytest.raises(Refused) as refused:
        staff.run("record_came_back", "lin", **back)
    assert [reason.clause for reason in refused.value.reasons] == ["D11"]
    staff.freight_reversed(waybill.uid, "车要回来")
    staff.run("record_came_back", "lin", **back)
    with pytest.raises(Refused):
        staff.run("record_consigned", "lin", consignment=consignment.uid, moment=staff.at, how="货场来电")
    assert not Obligation.objects.filter(clause="D11.1", closed_at=None).exists()
