"""Goods that are missing and exchanged for others: readiness, production's lists and what is set aside follow (D3, D8)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from company import Staff, confirmed
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.orders.models import Order
from gatepass.production.models import Demand, StockupPlan
from gatepass.production.queries import demands
from gatepass.stock.models import Reservation
from test_whole_way import effective_notice


def receive(staff: Staff, fen: int) -> None:
    staff.later(minutes=5).run("record_receipt", "zhou", customer=staff.customer, amount=fen, paid_on=staff.today())


def exchanged(staff: Staff, notice: UUID, cartons: int) -> None:
    """Missing doubanjiang exchanged for pickles in office hours, with consent."""
    from gatepass.dispatch.models import NoticeLine

    line = NoticeLine.objects.get(notice__uid=notice, product__code="100101", until_version=None).uid
    given = {"notice": notice, "kind": "substitute", "line": line, "product": staff.products["200101"], "cartons": cartons, "reason": "缺"}
    change = staff.run("propose_change", "lin", **given).uid
    staff.sign_it("he", "change", change, "consent")
    staff.run("apply_change", "lin", change=change)


@pytest.mark.requirement("D8", "D3")
def test_goods_exchanged_for_others_are_not_made_and_set_aside_any_more(staff: Staff) -> None:
    order = confirmed(staff, cartons=400)
    receive(staff, 5_120_000)
    staff.run("hand_over_demand", "lin", order=order)
    exchanged(staff, effective_notice(staff, order), 20)
    demand = Demand.objects.get(order=order)
    staff.run("report_ready", "wu", demand=demand.uid, cartons=20, produced_on=staff.today())
    aside = dict(Reservation.objects.filter(order=order).values_list("product__code", "cartons"))
    assert aside == {"100101": 400, "200101": 20}


@pytest.mark.requirement("D3", "D8", "D4")
def test_an_order_is_ready_once_all_that_was_missing_is_exchanged_for_goods_that_are_there(staff: Staff) -> None:
    order = confirmed(staff, cartons=400)  # 420 with giveaways, 400 in stock
    staff.run("hand_over_demand", "lin", order=order)
    staff.unpaid_signed(order, reason="节前急用")
    notice = effective_notice(staff, order)
    exchanged(staff, notice, 12)
    assert Order.objects.get(uid=order).ready_at is None  # eight are still missing
    assert not Obligation.objects.filter(clause="D4.2").exists()
    staff.unpaid_signed(order, notice=notice, reason="换货后改了版")  # another version needs another signature
    exchanged(staff, notice, 8)
    assert Order.objects.get(uid=order).ready_at == staff.at
    assert Obligation.objects.get(clause="D4.2", subject=order).closed_at is None  # nobody told him to remit yet: today
    assert [row.missing for row in demands(sight_of(staff.people["wu"]))] == [0]


@pytest.mark.requirement("D3", "D8", "D4")
def test_a_shortage_alone_makes_no_order_ready_and_who_has_paid_is_told_nothing(staff: Staff) -> None:
    from gatepass.dispatch.models import NoticeLine

    order = confirmed(staff, cartons=400)
    receive(staff, 5_120_000)
    staff.run("hand_over_demand", "lin", order=order)
    notice = effective_notice(staff, order)
    line = NoticeLine.objects.get(notice__uid=notice).uid
    change = staff.run("propose_change", "lin", notice=notice, kind="short", line=line, cartons=20, reason="缺").uid
    staff.sign_it("he", "change", change, "consent")
    staff.run("apply_change", "lin", change=change)
    assert Order.objects.get(uid=order).ready_at is None  # what is missing stays open
    exchanged(staff, notice, 20)
    assert Order.objects.get(uid=order).ready_at == staff.at
    assert not Obligation.objects.filter(clause="D4.2").exists()


@pytest.mark.requirement("D3", "D8", "C12")
def test_the_stock_up_plan_asks_for_what_the_order_wants_since_the_exchange(staff: Staff) -> None:
    order = confirmed(staff, cartons=400)
    receive(staff, 5_120_000)
    staff.run("hand_over_demand", "lin", order=order, expected_on=date(2026, 11, 24))
    exchanged(staff, effective_notice(staff, order), 20)
    staff.run("hand_over_plan", "lin", day=date(2026, 11, 24))
    found = [(line["product"], line["cartons"], line["from_stock"]) for line in StockupPlan.objects.get().data["lines"]]
    assert found == [("100101", 400, 400), ("200101", 20, 20)]


@pytest.mark.requirement("D3", "D8")
def test_goods_exchanged_before_the_demand_was_handed_over_are_set_aside_once(staff: Staff) -> None:
    order = confirmed(staff)  # 105 with giveaways
    receive(staff, 1_280_000)
    notice = effective_notice(staff, order)
    exchanged(staff, notice, 5)
    staff.run("hand_over_demand", "lin", order=order)
    assert dict(Reservation.objects.filter(order=order).values_list("product__code", "cartons")) == {"100101": 100, "200101": 5}
    assert Order.objects.get(uid=order).ready_at is not None
