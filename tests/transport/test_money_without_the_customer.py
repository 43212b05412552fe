"""A credit refunded by three people, a bad debt given up by two, a price mended after shipping by two signatures (D17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreeing import agrees
from company import Staff, paid, ready, sent
from databases import Clones
from gatepass.catalogue.models import Price, Promotion
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.people.models import Person
from gatepass.receivables.models import Balance, Claim, Clearing, Item, Match, Posting
from gatepass.receivables.rests import cover_of
from gatepass.rules.reasons import Refused
from gatepass.transport.consignment_accounts import entries, shares
from gatepass.transport.models import Consignment, PriceCorrection
from test_whole_way import effective_notice, picked, through_the_gate
from transport.test_split_notices import out, put_on


def refused(staff: Staff, command: str, who: str, **given: Any) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return " ".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


def no_sign(staff: Staff, who: str, route: str, subject: Any, step: str) -> None:
    with pytest.raises(Refused):
        staff.sign(who, route, subject, step)


def balance(staff: Staff) -> int:
    return Balance.objects.get(account="customer", party=staff.customer).fen


@pytest.mark.requirement("D17", "R7")
def test_a_credit_is_refunded_by_three_people_and_never_credited_as_well(staff: Staff, client: Client, clones: Clones) -> None:
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=50_000, paid_on=staff.today(), reference="B-1")
    credit = Item.objects.get()
    client.force_login(Person.objects.get(username="zhou"))
    account = client.get(f"/customers/{staff.customer}/account/").content.decode()
    assert f"/do/prepare_refund/?item={credit.uid}" in account
    form = client.get(f"/do/prepare_refund/?item={credit.uid}").content.decode()
    assert "500.00" in form and "付给谁" in form
    about = {"item": credit.uid, "payee": "渝味源 6222", "reason": "不再订货", "papers": "申请 12"}
    said = refused(staff, "prepare_refund", "zhou", **about | {"amount": 50_001, "payee": "", "reason": ""})
    assert "最多 500.00" in said and "付给谁" in said and "为什么" in said
    refund = staff.run("prepare_refund", "zhou", amount=30_000, **about).uid
    assert balance(staff) == -50_000 and Claim.objects.get(freed_at=None).order == refund
    assert "在等签" in refused(staff, "prepare_refund", "xu", amount=1, **about)
    order = sent(staff)
    cover = cover_of(order)
    assert cover is not None and cover.asked.remit_fen == 1_280_000  # no order names what is held for a refund
    with pytest.raises(IntegrityError, match="one_open_claim_of_an_item"), transaction.atomic():
        Claim.objects.create(item=credit, order=order, at=staff.at)
    no_sign(staff, "cash", "refund", refund, "payer")  # the head comes first
    staff.sign("chen", "refund", refund, "head")
    assert balance(staff) == -50_000
    no_sign(staff, "zhou", "refund", refund, "payer")  # who wrote it does not pay it
    no_sign(staff, "chen", "refund", refund, "payer")
    staff.sign("cash", "refund", refund, "payer")
    assert balance(staff) == -20_000
    out = Item.objects.get(kind="payout")
    assert (out.fen, out.rest_fen) == (30_000, 0) and Match.objects.get().fen == 30_000
    assert not Claim.objects.filter(freed_at=None, item=credit).exists()  # what is left of it is free again
    assert Posting.objects.get(document=refund).credit == "bank"
    no_sign(staff, "cash", "refund", refund, "payer")
    other = staff.run("prepare_refund", "zhou", amount=20_000, **about).uid
    staff.send_back("chen", "refund", other, "head", "留作下一单")
    assert not Claim.objects.filter(freed_at=None, item=credit).exists() and balance(staff) == -20_000
    assert agrees(clones)


@pytest.mark.requirement("D17", "D4", "R7")
def test_a_bad_debt_is_given_up_by_finance_and_the_head(staff: Staff, clones: Clones) -> None:
    order = ready(staff, cartons=10)
    staff.unpaid_signed(order, reason="老客户")
    through_the_gate(staff, order)
    debt = Item.objects.get(document_kind="consignment", rest_fen__gt=0)
    about = {"item": debt.uid, "reason": "客户破产", "papers": "法院裁定 7"}
    assert "最多" in refused(staff, "prepare_write_off", "zhou", amount=debt.rest_fen + 1, **about)
    with pytest.raises(Refused):
        staff.run("prepare_write_off", "lin", amount=debt.rest_fen, **about)
    paper = staff.run("prepare_write_off", "zhou", amount=debt.rest_fen, **about).uid
    assert Item.objects.get(pk=debt.pk).rest_fen == 128_000
    no_sign(staff, "xu", "write_off", paper, "head")
    staff.sign("chen", "write_off", paper, "head")
    assert Item.objects.get(pk=debt.pk).rest_fen == 0 and balance(staff) == 0
    assert Obligation.objects.get(clause="D4.5").closed_at == staff.at
    assert not Obligation.objects.filter(clause="D4.5").exclude(breached_at=None).exists()
    assert Clearing.objects.get().done_at == staff.at and Posting.objects.get(document=paper).debit == "bad_debt"
    assert "没有欠款" in refused(staff, "prepare_write_off", "zhou", amount=1, **about)
    assert agrees(clones)


@pytest.mark.requirement("D17", "A13", "C4")
def test_a_price_found_wrong_after_shipping_is_a_correction_item_with_two_signatures(staff: Staff, clones: Clones) -> None:
    _, consignment, _ = through_the_gate(staff)
    before = balance(staff)
    about = {"consignment": consignment.uid, "product": staff.products["100101"], "reason": "合同价 126"}
    said = refused(staff, "correct_price", "lin", price=Decimal(128), **about | {"reason": ""})
    assert "一样" in said and "为什么" in said
    assert "没有这个产品" in refused(staff, "correct_price", "lin", price=Decimal(90), **about | {"product": staff.products["200101"]})
    paper = staff.run("correct_price", "lin", price=Decimal(126), **about).uid
    assert "在等签" in refused(staff, "correct_price", "sun", price=Decimal(125), **about)
    no_sign(staff, "lin", "price_correction", paper, "finance")
    staff.sign("zhou", "price_correction", paper, "finance")
    assert balance(staff) == before
    staff.sign("he", "price_correction", paper, "sales")
    cartons = PriceCorrection.objects.get().cartons
    assert balance(staff) == before - 200 * cartons and cartons > 0
    item = Item.objects.get(kind="price")
    assert (item.fen, item.rest_fen) == (-200 * cartons, -200 * cartons) and consignment.number in item.label
    order = sent(staff)  # the next composition names it by itself
    cover = cover_of(order)
    assert cover is not None and item.uid in {rest.item.uid for rest in cover.rests}
    again = staff.run("correct_price", "lin", price=Decimal(127), **about).uid  # from what counts now
    assert PriceCorrection.objects.get(uid=again).fen == 100 * cartons
    assert agrees(clones)


@pytest.mark.requirement("D17", "A13", "C4")
def test_a_price_is_corrected_against_what_the_consignment_was_charged(staff: Staff) -> None:
    """3 × 33.333333 one by one are charged 33.33, 33.34, 33.33; each corrected to 30.00 costs 30.00."""
    Price.objects.filter(product__code="100101").update(yuan=Decimal("33.333333"))
    order = paid(staff, cartons=3)
    notice = effective_notice(staff, order)
    picked(staff, notice)
    for _ in range(3):
        out(staff, put_on(staff, notice, 1))
        staff.later(minutes=30)
    parts = Consignment.objects.order_by("id")
    assert [part.goods_fen for part in parts] == [3333, 3334, 3333]
    sight = sight_of(staff.people["lin"], staff.at)
    for part, fen in zip(parts, (-333, -334, -333), strict=True):
        assert [one.fen for one in entries(sight, order, str(part.uid), "due")] == [part.goods_fen]
        about = {"consignment": part.uid, "product": staff.products["100101"], "reason": "合同价"}
        paper = staff.run("correct_price", "lin", price=Decimal(30), **about).uid
        assert PriceCorrection.objects.get(uid=paper).fen == fen
    staff.sign("zhou", "price_correction", paper, "finance")
    staff.sign("he", "price_correction", paper, "sales")
    again = staff.run("correct_price", "lin", price=Decimal(31), **about).uid
    assert PriceCorrection.objects.get(uid=again).fen == 100


@pytest.mark.requirement("D2", "D17", "C4")
def test_a_discount_by_policy_has_its_own_name_and_counts_in_a_correction(staff: Staff) -> None:
    """7 × 41.17, 5 % off: 288.19 − 14.41; 4 of them at 40.00 are 4.68 less, of which he had paid 95 %: 4.45."""
    Price.objects.filter(product__code="100101").update(yuan=Decimal("41.17"))
    Promotion.objects.create(name="中秋", kind="discount", since=date(2026, 1, 1), percent=Decimal(5))
    order = paid(staff, cartons=7)
    notice = effective_notice(staff, order)
    picked(staff, notice)
    out(staff, put_on(staff, notice, 4))
    sight, first = sight_of(staff.people["lin"], staff.at), Consignment.objects.get()
    found = {one.name.zh: (one.due_fen, one.received_fen) for one in shares(sight, order)}
    assert found["政策折扣"] == (-1441, -1441) and not any("运补" in name for name in found)
    assert [sum(pair) for pair in zip(*found.values(), strict=True)] == [27_378, 27_378]
    about = {"consignment": first.uid, "product": staff.products["100101"], "reason": "合同价"}
    paper = staff.run("correct_price", "lin", price=Decimal(40), **about).uid
    assert PriceCorrection.objects.get(uid=paper).fen == -445
