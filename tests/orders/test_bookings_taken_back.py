"""Vouchers and freight credits are taken back by two of finance; what they had paid for is open again (D17). D4.6 by the day signed for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from company import Staff, confirmed, ready, sent
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.orders.figures import behind
from gatepass.receivables.models import Balance, Item, Reversal, Voucher
from gatepass.receivables.rests import cover_of
from gatepass.rules.reasons import Refused
from gatepass.transport.consignment_accounts import shares
from test_whole_way import through_the_gate


def balance(staff: Staff) -> int:
    return Balance.objects.get(account="customer", party=staff.customer).fen


@pytest.mark.requirement("D17", "A13")
def test_a_voucher_is_taken_back_by_another_and_the_order_that_had_it_asks_for_the_money(staff: Staff) -> None:
    about = {"customer": staff.customer, "kind": "support", "favours": "in_favour", "label": "进场费支持", "papers": "签呈 1"}
    voucher = staff.run("prepare_voucher", "sun", amount=20_000, **about).uid
    with pytest.raises(Refused):  # it is not booked yet
        staff.run("reverse_voucher", "zhou", voucher=voucher, reason="早了")
    staff.sign("xu", "voucher", voucher, "finance")
    staff.sign("he", "voucher", voucher, "sales")
    order = confirmed(staff)
    cover = cover_of(order)
    assert cover is not None and (cover.asked.remit_fen, balance(staff)) == (1_260_000, -20_000)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_260_000, paid_on=staff.today(), reference="B-1")
    reversal = staff.run("reverse_voucher", "zhou", voucher=voucher, reason="支持取消").uid
    assert balance(staff) == -1_280_000  # nothing moves on one signature
    with pytest.raises(Refused):
        staff.sign("zhou", "reversal", reversal, "second")
    staff.sign("xu", "reversal", reversal, "second")
    cover = cover_of(order)
    assert cover is not None and cover.open_fen == 20_000 and cover.asked.covered_at is None
    assert balance(staff) == -1_260_000
    items = Item.objects.filter(document=voucher)
    assert sorted(items.values_list("fen", "rest_fen")) == [(-20_000, 0), (20_000, 0)]
    assert Obligation.objects.filter(clause="D4.1", subject=order, closed_at=None).exists()
    assert Reversal.objects.get().done_at == staff.at and Voucher.objects.get().booked_at is not None  # the original stays
    with pytest.raises(Refused):
        staff.run("reverse_voucher", "zhou", voucher=voucher, reason="再来")


@pytest.mark.requirement("D17", "D11", "D4")
def test_a_freight_credit_taken_back_opens_the_order_that_had_used_it(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    staff.later(hours=2).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    credit = -Item.objects.get(document=waybill.uid).fen
    order = sent(staff)
    cover = cover_of(order)
    assert credit > 0 and cover is not None and cover.open_fen == 1_280_000 - credit
    staff.freight_reversed(waybill.uid, "运费写错了")
    cover = cover_of(order)
    assert cover is not None and cover.open_fen == 1_280_000
    assert balance(staff) == 0 or balance(staff) == cover.asked.gone_fen


@pytest.mark.requirement("D17", "D11", "D4")
def test_a_freight_credit_taken_back_is_posted_anew_and_one_of_a_waybill_stands_at_a_time(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    staff.later(hours=2).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    for _ in range(2):
        staff.run("credit_freight", "zhou", waybill=waybill.uid)
        with pytest.raises(Refused, match="once per waybill"):
            staff.run("credit_freight", "zhou", waybill=waybill.uid)
        assert balance(staff) == -waybill.agreed_fen
        staff.freight_reversed(waybill.uid)
        assert balance(staff) == 0
    with pytest.raises(Refused, match="taken back already"):
        staff.run("reverse_freight_credit", "zhou", waybill=waybill.uid, reason="再来")


@pytest.mark.requirement("D17", "C4")
def test_goods_that_a_credit_had_paid_for_are_owed_once_it_is_taken_back_and_nothing_below_zero_was_received(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    staff.later(hours=2).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    credit = -balance(staff)
    order = ready(staff, cartons=10)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=128_000 - credit, paid_on=staff.today(), reference="B-2")
    through_the_gate(staff, order)
    staff.freight_reversed(waybill.uid)
    cover = cover_of(order)
    assert cover is not None and (cover.open_fen, cover.paid_fen, cover.asked.received_fen) == (credit, 128_000 - credit, 128_000 - credit)
    assert cover.asked.remit_fen == 128_000
    found = shares(sight_of(staff.people["lin"], staff.at), order)
    assert (sum(one.due_fen for one in found), sum(one.received_fen for one in found)) == (128_000, 128_000 - credit)
    came = behind(sight_of(staff.people["lin"], staff.at), order, "received")
    assert [one.fen for one in came] == [128_000 - credit]  # receipts, and no old item settled otherwise


@pytest.mark.requirement("D4", "C4")
def test_the_day_of_payment_that_was_signed_for_has_a_clock_from_the_gate_to_its_money(staff: Staff) -> None:
    order = ready(staff)
    day = staff.today() + timedelta(days=2)
    staff.unpaid_signed(order, reason="展会", pay_on=day)
    through_the_gate(staff, order)
    clock = Obligation.objects.get(clause="D4.6")
    assert (clock.due_at + timedelta(hours=8)).date() == day and not Obligation.objects.filter(clause="D4.5").exists()
    assert not Obligation.objects.filter(clause="D4.6").exclude(breached_at=None).exists()
    sweep(staff.at + timedelta(days=3))
    assert Obligation.objects.get(clause="D4.6").breached_at is not None
    staff.later(days=3).run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today(), reference="B-1")
    assert Obligation.objects.get(clause="D4.6").closed_at is not None
