"""Finance's pages: checks answered in place, receipts with their dues, accounts whose figures open, vouchers."""

from __future__ import annotations

import re

import pytest
from desk_pages import Visitor, words

from company import Staff, confirmed, digest_of, paid, sent, taken
from gatepass.orders.models import AccountCheck
from gatepass.receivables.models import Item, Receipt


@pytest.mark.requirement("D1")
def test_an_account_check_is_answered_in_place_with_its_components(staff: Staff) -> None:
    staff.opening(621_840)
    order, zhou = taken(staff), Visitor(staff, "zhou")
    assert "等核账 1" in zhou.reads("/receipts/")
    assert "6,218.40" in zhou.reads(f"/receipts/checks/{order}/")
    answer = zhou.post("/do/answer_account_check/", {"order": str(order), "_key": "a1", "_next": "/receipts/"})
    assert answer["Location"] == "/receipts/"
    assert AccountCheck.objects.get().balance_fen == 621_840
    assert zhou.get(f"/receipts/checks/{order}/").status_code == 404


@pytest.mark.requirement("C6")
def test_a_receipt_shows_the_dues_and_goes_to_the_order_that_is_named(staff: Staff) -> None:
    first, second = sent(staff, cartons=10), sent(staff, cartons=20)
    zhou = Visitor(staff, "zhou")
    assert zhou.reads(f"/receipts/new/dues?customer={staff.customer}").count("DH-2026-") == 2
    typed = {"customer": str(staff.customer), "amount": "2560.00", "paid_on": staff.today().isoformat(), "account": "bank", "_key": "r1"}
    wrong = zhou.post("/receipts/new/", typed | {f"match-{second}": "99999"})
    assert wrong.status_code == 422 and "核销金额超过未收" in words(wrong) and 'value="99999"' in wrong.content.decode()
    made = zhou.post("/receipts/new/", typed | {f"match-{second}": "2560.00"})
    assert made.status_code == 422 and "请写明汇款附言或原因" in words(made)
    made = zhou.post("/receipts/new/", typed | {f"match-{second}": "2560.00", "why": "附言写明第二单"})
    assert made.status_code == 302
    assert list(Item.objects.values_list("order", "fen")) == [(second, -256_000)]
    assert first != second and "与应打一致" in zhou.reads(made["Location"])


@pytest.mark.requirement("C6")
def test_a_difference_stays_on_the_desk_until_it_is_explained(staff: Staff) -> None:
    confirmed(staff)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=100_000, paid_on=staff.today(), reference="X1")
    zhou = Visitor(staff, "zhou")
    assert "差额待查明 1" in zhou.reads("/receipts/?shows=differences")
    receipt = Receipt.objects.get()
    zhou.post("/do/explain_difference/", {"receipt": str(receipt.uid), "cause": "分两次汇", "_key": "e1"})
    assert "差额待查明 0" in zhou.reads("/receipts/?shows=differences")
    assert "分两次汇" in zhou.reads(f"/receipts/{receipt.uid}/")


def test_every_figure_of_an_account_opens_entries_that_add_up_to_it(staff: Staff) -> None:
    staff.opening(621_840)
    paid(staff)
    sent(staff, code="200101", cartons=60)
    zhou = Visitor(staff, "zhou")
    page = zhou.get(f"/customers/{staff.customer}/account/").content.decode()
    figures = re.findall(r'<a class="fig" href="([^"]+/entries)"[^>]*>([^<]+)</a>', page)
    assert [sum(part in address for address, _ in figures) for part in ("/account/", "/parts/", "/shares/")] == [3, 5, 4]
    for address, shown in figures:
        entries = re.findall(r'<span class="num">([^<]*)</span>', zhou.get(address).content.decode())
        fens = [int(re.sub(r"[,.¥]", "", text.replace("−", "-"))) for text in entries if text]
        assert sum(fens) == int(re.sub(r"[,.¥]", "", shown.replace("−", "-"))), address


def test_the_account_comes_as_a_fragment_into_the_customers_file(staff: Staff) -> None:
    whole = Visitor(staff, "zhou").get(f"/customers/{staff.customer}/account/")
    part = Visitor(staff, "zhou").get(f"/customers/{staff.customer}/account/", HTTP_HX_REQUEST="true")
    assert b"<html" in whole.content and b"<html" not in part.content and "账面余额" in words(part)
    assert Visitor(staff, "qin").get(f"/customers/{staff.customer}/account/").status_code == 404


@pytest.mark.requirement("A13")
def test_a_voucher_offers_its_signature_only_to_who_may_give_it(staff: Staff) -> None:
    given = {"customer": staff.customer, "kind": "support", "favours": "in_favour", "amount": 100_000, "label": "端架", "papers": "QC-1"}
    voucher = staff.run("prepare_voucher", "lin", **given).uid
    path = f"/receipts/vouchers/{voucher}/"
    signing = f"/approvals/voucher/{voucher}/"
    assert "去签批" not in Visitor(staff, "lin").reads(path) and "同意第 1 版" not in Visitor(staff, "lin").reads(signing)
    assert "财务审批：同意第 1 版" in Visitor(staff, "zhou").reads(signing) and "销售审批：同意第 1 版" in Visitor(staff, "he").reads(signing)
    given = {"route": "voucher", "subject": str(voucher), "step": "finance", "digest": digest_of("voucher", voucher), "_key": "v1"}
    Visitor(staff, "zhou").post("/do/sign/", given)
    assert "同意第 1 版" not in Visitor(staff, "xu").reads(signing)
