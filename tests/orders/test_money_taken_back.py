"""A receipt booked twice or wrongly is reversed by two people; what it had covered stops, an issued pass included."""

from __future__ import annotations

from typing import Any

import pytest

from company import Staff, paid
from gatepass.enforcement.models import Obligation
from gatepass.gate.models import GatePass
from gatepass.orders.models import Order
from gatepass.receivables.models import Balance, Item, Receipt, Reversal
from gatepass.receivables.rests import cover_of
from gatepass.rules.reasons import Refused
from gatepass.transport.models import Waybill
from test_whole_way import effective_notice, loaded, picked


def refused(staff: Staff, command: str, who: str, **given: Any) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return " ".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


@pytest.mark.requirement("D4", "D10", "D17", "C6")
def test_a_reversed_receipt_stops_the_goods_that_it_had_covered_and_voids_their_pass(staff: Staff) -> None:
    order = paid(staff)
    receipt = Receipt.objects.get()
    notice = effective_notice(staff, order)
    picked(staff, notice)
    trip, consignment = loaded(staff, notice)
    staff.later(minutes=5).run("sign_as_carrier", "luo", consignment=consignment.uid, name="罗建平", cartons=consignment.cartons, image="")
    waybill = Waybill.objects.get(consignment=consignment)
    staff.run("fill_waybill", "lin", waybill=waybill.uid, freight=waybill.agreed_fen)
    given = {"trip": trip, "sales_copy": True, "finance_copy": True, "customer_copy": True}
    gate_pass = staff.later(minutes=5).run("issue_gate_pass", "lin", **given).uid
    reversal = staff.run("reverse_receipt", "zhou", receipt=receipt.uid, reason="记错了客户").uid
    assert "已经" in refused(staff, "reverse_receipt", "zhou", receipt=receipt.uid, reason="再来") or Reversal.objects.count() == 1
    with pytest.raises(Refused):  # who booked it does not take it back alone
        staff.sign("zhou", "reversal", reversal, "second")
    assert GatePass.objects.get(uid=gate_pass).voided_at is None
    staff.sign("xu", "reversal", reversal, "second")
    assert GatePass.objects.get(uid=gate_pass).voided_at == staff.at
    assert (cover := cover_of(order)) is not None and cover.open_fen == Order.objects.get(uid=order).remit_fen
    assert cover.asked.covered_at is None
    assert "D10" in refused(staff, "release_vehicle", "feng", gate_pass=gate_pass, plate="川A·8F213", cartons=consignment.cartons, seals="CD-0042")
    assert "D4" in refused(staff, "issue_gate_pass", "lin", **given)
    assert Obligation.objects.get(clause="D4.3", subject=order).closed_how == "ended"
    assert Obligation.objects.filter(clause="D4.1", subject=order, closed_at=None).count() == 1
    assert not Item.objects.exclude(rest_fen=0).exists()
    assert Balance.objects.get(account="customer", party=staff.customer).fen == 0
    assert "已经冲回" in refused(staff, "reverse_receipt", "zhou", receipt=receipt.uid, reason="再来")
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=receipt.fen, paid_on=staff.today(), reference=receipt.reference)
    assert staff.run("issue_gate_pass", "lin", **given)


@pytest.mark.requirement("D17", "C6")
def test_an_opening_balance_taken_back_is_no_part_of_the_order_that_named_it(staff: Staff) -> None:
    from company import sent

    staff.opening(300_000)
    order = sent(staff)
    reversal = staff.run("reverse_opening", "zhou", customer=staff.customer, reason="重复录入").uid
    staff.sign("xu", "reversal", reversal, "second")
    assert (cover := cover_of(order)) is not None and (cover.open_fen, cover.asked.remit_fen) == (1_280_000, 1_280_000)
    staff.opening(30_000)
    assert Balance.objects.get(account="customer", party=staff.customer).fen == 30_000
