"""A receipt booked twice or wrongly is reversed by two people; what it had covered stops, an issued pass included."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from agreeing import agrees
from company import Staff, confirmed, paid, ready
from databases import Clones
from gatepass.enforcement.models import Obligation
from gatepass.gate.models import GatePass
from gatepass.journal.who import sight_of
from gatepass.orders.models import Note, Order
from gatepass.people.models import Person
from gatepass.receivables.models import Balance, Item, Receipt, Reversal
from gatepass.receivables.queries import receipt
from gatepass.receivables.rests import cover_of, free_credit
from gatepass.rules.reasons import Refused
from gatepass.transport.models import Waybill
from test_whole_way import effective_notice, loaded, picked, through_the_gate


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


def opening_reversed(staff: Staff) -> None:
    reversal = staff.run("reverse_opening", "zhou", customer=staff.customer, reason="重复录入").uid
    staff.sign("xu", "reversal", reversal, "second")


def written_off(staff: Staff, item: Item, fen: int) -> UUID:
    paper = staff.run("prepare_write_off", "zhou", item=item.uid, amount=fen, reason="客户破产", papers="法院裁定 7").uid
    staff.sign("chen", "write_off", paper, "head")
    return paper


@pytest.mark.requirement("D4", "C19", "D17")
def test_a_wrong_debt_taken_back_makes_the_order_that_named_it_paid(staff: Staff) -> None:
    staff.opening(10_000)
    order = confirmed(staff)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today(), reference="B-1")
    staff.run("notify_payment", "lin", order=order, promised_on=staff.today())
    assert (cover := cover_of(order)) is not None and (cover.open_fen, cover.asked.covered_at) == (10_000, None)
    opening_reversed(staff)
    cover = cover_of(order)
    assert cover is not None and (cover.open_fen, cover.asked.covered_at, cover.inside) == (0, staff.at, 1_280_000)
    assert (cover.asked.remit_fen, cover.asked.received_fen, cover.paid_fen) == (1_280_000, 1_280_000, 1_280_000)
    assert Obligation.objects.filter(clause="D4.3", subject=order, closed_at=None).count() == 1
    assert Obligation.objects.get(clause="D4.7", subject=order).closed_at == staff.at
    assert "冲回 期初 −100.00：现在应打 12,800.00，已到 12,800.00，未到 0.00" in Note.objects.filter(order__uid=order).latest("id").text


@pytest.mark.requirement("D2", "D17", "C4")
def test_what_an_order_asks_and_has_received_stay_dues_and_receipts_whatever_is_taken_back(staff: Staff, clones: Clones) -> None:
    """1,000.00 of opening and support of 200.00 named: 12,800 + 1,000 − 200 asked and paid; both taken back: 12,800.00 asked and received."""
    staff.opening(100_000)
    about = {"customer": staff.customer, "kind": "support", "favours": "in_favour", "label": "进场费支持", "papers": "签呈 1"}
    voucher = staff.run("prepare_voucher", "sun", amount=20_000, **about).uid
    staff.sign("xu", "voucher", voucher, "finance")
    staff.sign("he", "voucher", voucher, "sales")
    order = confirmed(staff)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_360_000, paid_on=staff.today(), reference="B-1")
    reversal = staff.run("reverse_voucher", "zhou", voucher=voucher, reason="支持取消").uid
    staff.sign("xu", "reversal", reversal, "second")
    cover = cover_of(order)
    assert cover is not None and (cover.asked.remit_fen, cover.asked.received_fen, cover.paid_fen) == (1_380_000, 1_360_000, 1_360_000)
    opening_reversed(staff)
    cover = cover_of(order)
    assert cover is not None and (cover.asked.remit_fen, cover.asked.received_fen, cover.paid_fen) == (1_280_000, 1_280_000, 1_280_000)
    assert (cover.open_fen, free_credit(staff.customer)) == (0, 80_000)  # what is too much is his, as of any receipt
    came, went = receipt(sight_of(staff.people["zhou"], staff.at), Receipt.objects.get().uid)
    assert [(one.fen, one.order) for one in went] == [(1_280_000, order), (80_000, None)] and came.fen == 1_360_000
    assert agrees(clones)
    back = staff.run("reverse_receipt", "zhou", receipt=Receipt.objects.get().uid, reason="退票").uid
    staff.sign("xu", "reversal", back, "second")
    cover = cover_of(order)
    assert cover is not None and (cover.asked.remit_fen, cover.asked.received_fen, cover.open_fen) == (1_280_000, 0, 1_280_000)
    assert Balance.objects.get(account="customer", party=staff.customer).fen == 0 and agrees(clones)


@pytest.mark.requirement("D17", "R7")
def test_a_debt_taken_back_takes_along_what_was_given_up_of_it(staff: Staff, clones: Clones) -> None:
    staff.opening(100_000)
    debt = Item.objects.get(rest_fen__gt=0)
    first = written_off(staff, debt, 33_333)
    assert Balance.objects.get(account="customer", party=staff.customer).fen == 66_667
    opening_reversed(staff)
    assert Balance.objects.get(account="customer", party=staff.customer).fen == 0
    assert not Item.objects.exclude(rest_fen=0).exists()  # nothing is in his favour that never was owed
    assert "已经冲回" in refused(staff, "reverse_write_off", "zhou", clearing=first, reason="再来")
    assert agrees(clones)


@pytest.mark.requirement("D17", "D4", "R7")
def test_a_write_off_is_taken_back_by_another_and_the_goods_are_owed_again(staff: Staff, clones: Clones) -> None:
    order = ready(staff, cartons=10)
    staff.unpaid_signed(order, reason="老客户")
    through_the_gate(staff, order)
    debt = Item.objects.get(document_kind="consignment", rest_fen__gt=0)
    paper = written_off(staff, debt, debt.rest_fen)
    assert (cover := cover_of(order)) is not None and (cover.open_fen, cover.asked.covered_at) == (0, staff.at)
    assert not Obligation.objects.filter(clause__startswith="D4", subject=order, closed_at=None).exists()  # nobody has to ask for it
    staff.later(days=2)
    back = staff.run("reverse_write_off", "zhou", clearing=paper, reason="客户还是付了").uid
    with pytest.raises(Refused):
        staff.sign("zhou", "reversal", back, "second")
    staff.sign("xu", "reversal", back, "second")
    cover = cover_of(order)
    assert cover is not None and (cover.open_fen, cover.asked.remit_fen, cover.paid_fen) == (128_000, 128_000, 0)
    assert Obligation.objects.filter(clause="D4.5", closed_at=None).count() == 1
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=128_000, paid_on=staff.today(), reference="B-1")
    assert not Item.objects.exclude(rest_fen=0).exists() and agrees(clones)


@pytest.mark.requirement("D4", "C4")
def test_what_left_unpaid_and_is_paid_before_anybody_told_the_customer_is_told_to_nobody(staff: Staff) -> None:
    order = ready(staff)
    staff.unpaid_signed(order, reason="老客户")
    through_the_gate(staff, order)
    assert Obligation.objects.filter(clause="D4.1", subject=order, closed_at=None).exists()
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today(), reference="B-1")
    assert Obligation.objects.get(clause="D4.1", subject=order).closed_how == "kept"
    assert not Obligation.objects.filter(clause="D4.3", subject=order, closed_at=None).exists()


@pytest.mark.requirement("D17", "A13")
def test_the_ledger_offers_finance_to_take_back_what_stands_and_nothing_that_was_taken_back(staff: Staff, client: Client) -> None:
    staff.opening(100_000)
    written_off(staff, Item.objects.get(rest_fen__gt=0), 33_333)
    account = f"/customers/{staff.customer}/account/"
    client.force_login(Person.objects.get(username="zhou"))
    said = client.get(account).content.decode()
    assert f"/do/reverse_opening/?customer={staff.customer}" in said and "/do/reverse_write_off/?clearing=" in said
    client.force_login(Person.objects.get(username="lin"))
    assert "/do/reverse_" not in client.get(account).content.decode()
    opening_reversed(staff)
    client.force_login(Person.objects.get(username="zhou"))
    assert "/do/reverse_" not in client.get(account).content.decode()


@pytest.mark.requirement("D17", "C6")
def test_a_receipts_own_page_offers_to_take_it_back_once(staff: Staff, client: Client) -> None:
    paid(staff)
    receipt = Receipt.objects.get()
    client.force_login(Person.objects.get(username="zhou"))
    assert f"/do/reverse_receipt/?receipt={receipt.uid}" in client.get(f"/receipts/{receipt.uid}/").content.decode()
    asked = client.post("/do/reverse_receipt/", {"receipt": str(receipt.uid), "reason": "记错了客户", "_key": "k1"}, follow=True).content.decode()
    assert "已提交，等人签" in asked and "已办<" not in asked
    staff.sign("xu", "reversal", Reversal.objects.get().uid, "second")
    assert "/do/reverse_receipt/" not in client.get(f"/receipts/{receipt.uid}/").content.decode()
