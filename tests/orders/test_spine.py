"""From the call to the money: an order through its commands, with the clauses at work."""

from __future__ import annotations

import pytest

from company import Staff, checked, confirmed, paid, ready, sent, taken
from gatepass.enforcement.models import Obligation
from gatepass.orders.models import Composition, Order, Part
from gatepass.receivables.models import Commitment
from gatepass.receivables.rests import standing, summed
from gatepass.rules.reasons import Refused


def clauses(refused: Refused) -> list[str]:
    return [reason.clause for reason in refused.reasons]


@pytest.mark.requirement("D1")
def test_an_order_is_not_sent_before_finance_answered_the_account_check(staff: Staff) -> None:
    order = taken(staff)
    with pytest.raises(Refused) as refused:
        staff.run("send_order", "lin", order=order)
    assert clauses(refused.value) == ["D1"]
    assert Composition.objects.count() == 0


@pytest.mark.requirement("D1")
def test_the_account_check_runs_one_office_hour_and_is_kept_when_answered_in_time(staff: Staff) -> None:
    order = taken(staff)
    clock = Obligation.objects.get(clause="D1.2", subject=order)
    assert (clock.due_at - clock.opened_at).total_seconds() == 3600
    staff.later(minutes=59).run("answer_account_check", "zhou", order=order)
    clock.refresh_from_db()
    assert clock.closed_how == "kept"


@pytest.mark.requirement("D2")
def test_the_composition_states_goods_and_giveaways_and_its_parts_sum_to_the_remittance(staff: Staff) -> None:
    order = sent(staff)
    row = Order.objects.get(uid=order)
    assert (row.cartons, row.gifts) == (100, 5)
    parts = list(Part.objects.filter(composition__order=row).values_list("kind", "fen"))
    assert dict(parts)["goods"] == 1_280_000
    assert sum(fen for _, fen in parts) == row.remit_fen


@pytest.mark.requirement("D2")
def test_the_confirmation_has_four_office_hours(staff: Staff) -> None:
    order = sent(staff)
    clock = Obligation.objects.get(clause="D2.2", subject=order)
    assert clock.closed_at is None
    staff.later(minutes=30).run("confirm_order", "lin", order=order)
    clock.refresh_from_db()
    assert clock.closed_how == "kept"


@pytest.mark.requirement("D3")
def test_demand_is_handed_over_once_and_taken_from_stock_first(staff: Staff) -> None:
    order = ready(staff)
    assert Order.objects.get(uid=order).ready_at is not None
    with pytest.raises(Refused) as refused:
        staff.run("hand_over_demand", "lin", order=order)
    assert "D3" in clauses(refused.value)


@pytest.mark.requirement("D4")
def test_a_receipt_that_covers_the_sum_due_opens_the_two_day_clock_to_ship(staff: Staff) -> None:
    order = paid(staff)
    asked = Commitment.objects.get(order=order)
    assert asked.covered_at is not None and asked.received_fen == asked.remit_fen
    assert Obligation.objects.filter(clause="D4.3", subject=order, closed_at=None).count() == 1


@pytest.mark.requirement("D2")
def test_two_open_orders_never_ask_for_the_old_balance_twice(staff: Staff) -> None:
    staff.opening(80_000)
    first = sent(staff)
    second = sent(staff, code="200101")
    previous = dict(Part.objects.filter(kind="previous").values_list("composition__order__uid", "fen"))
    assert previous[first] == 80_000
    assert previous[second] == 0
    assert standing(staff.customer).free == ()


@pytest.mark.requirement("D2")
def test_an_objection_frees_what_the_composition_had_reserved(staff: Staff) -> None:
    staff.opening(80_000)
    order = sent(staff)
    staff.run("object_to_order", "lin", order=order, note="数量不对")
    assert summed(standing(staff.customer).previous) == 80_000
    staff.run("change_order", "lin", order=order, lines=[{"product": staff.products["100101"], "cartons": 60}])
    staff.run("send_order", "lin", order=order)
    assert Order.objects.get(uid=order).remit_fen == 80_000 + 60 * 12_800


@pytest.mark.requirement("D4")
def test_nothing_unpaid_is_claimed_ready(staff: Staff) -> None:
    order = confirmed(staff)
    with pytest.raises(Refused) as refused:
        staff.run("notify_payment", "lin", order=order, claims_ready=True)
    assert "C4" in clauses(refused.value)


@pytest.mark.requirement("D2")
def test_the_same_key_answers_the_same_and_takes_one_order_only(staff: Staff) -> None:
    lines = [{"product": staff.products["100101"], "cartons": 3}]
    first = staff.run("take_order", "lin", key="k-1", customer=staff.customer, lines=lines)
    again = staff.run("take_order", "lin", key="k-1", customer=staff.customer, lines=lines)
    assert first == again
    assert Order.objects.count() == 1


@pytest.mark.requirement("M1")
def test_whoever_lacks_the_power_is_refused_by_the_organisation_clause(staff: Staff) -> None:
    order = checked(staff)
    with pytest.raises(Refused) as refused:
        staff.run("send_order", "deng", order=order)
    assert clauses(refused.value) == ["M1"]
