"""What commands write into ledger, open items, allocation and passes reads in the language of the page; what people typed stays as typed."""

from __future__ import annotations

import re

import pytest
from desk_pages import Visitor

from company import Staff, taken
from gatepass.catalogue.policies import reason_told
from gatepass.gate.sheets import EXPIRED, void_told
from gatepass.orders.models import OrderLine
from gatepass.receivables.labels import GOODS, part_told, reversed_label, told
from gatepass.receivables.models import Item, Posting
from test_whole_way import through_the_gate

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.requirement("C4", "D11", "D17")
def test_the_ledger_of_a_whole_way_is_english_on_an_english_page(staff: Staff) -> None:
    staff.opening(10_000)
    _, consignment, waybill = through_the_gate(staff)
    staff.later(minutes=30).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    labels = set(Posting.objects.values_list("label", flat=True))
    assert {"期初", f"{consignment.number} 货款", f"代垫运费 {waybill.number}"} <= labels
    zh = Visitor(staff, "zhou").reads(f"/customers/{staff.customer}/account/")
    en = Visitor(staff, "zhou", "en").reads(f"/customers/{staff.customer}/account/")
    assert f"{consignment.number} 货款" in zh
    for words in ("brought forward", f"{consignment.number} goods", f"Advanced freight {waybill.number}"):
        assert words in en
    for word in ("期初", "货款", "代垫运费"):
        assert word not in en
    staff.freight_reversed(waybill.uid, "车要回来")
    en = Visitor(staff, "zhou", "en").reads(f"/customers/{staff.customer}/account/")
    assert f"Reversal of Advanced freight {waybill.number}" in en
    assert f"冲 代垫运费 {waybill.number}" in Visitor(staff, "zhou").reads(f"/customers/{staff.customer}/account/")


@pytest.mark.requirement("C4", "D2")
def test_the_next_order_names_the_item_in_both_languages_and_old_parts_are_mended_when_read(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    staff.later(minutes=30).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    assert Item.objects.exclude(rest_fen=0).get().label == f"代垫运费 {waybill.number}"
    order = taken(staff)
    staff.run("answer_account_check", "zhou", order=order)
    staff.run("send_order", "lin", order=order)
    page = Visitor(staff, "lin", "en").reads(f"/orders/{order}/")
    assert f"Advanced freight {waybill.number}" in page
    assert "代垫运费" not in page
    before = part_told("运费转货款：代垫运费 TY-2026-0001", "freight credited: 代垫运费 TY-2026-0001")
    assert before.en == "freight credited: Advanced freight TY-2026-0001"
    assert part_told("原欠", "previous balance owed").en == "previous balance owed"


@pytest.mark.requirement("D2")
def test_why_a_line_has_its_giveaway_is_said_in_english_and_a_typed_reason_as_typed(staff: Staff) -> None:
    order = taken(staff, cartons=40)
    staff.run("allocate_order", "lin", order=order)
    kept = OrderLine.objects.get().gift_why
    assert HAN.search(kept)
    assert reason_told(kept).zh == kept
    assert reason_told(kept).en == "二十搭一: 1 free for 20, 2 with 40 cartons"
    assert reason_told("老客户多送一件").en == "老客户多送一件"


def test_labels_are_recognised_nested_and_nothing_typed_is_changed() -> None:
    label = GOODS.fill(number="CY-2026-0007").zh
    assert told(label).en == "CY-2026-0007 goods"
    assert told(reversed_label(reversed_label(label))).en == "Reversal of Reversal of CY-2026-0007 goods"
    for typed in ("PJ-2026-0003 端架费", "2025 年结转", "SK-2026-2210"):
        assert told(typed).zh == told(typed).en == typed
    void = void_told(EXPIRED.zh)
    assert void is not None
    assert void.en == "expired"
    assert void_told("") is None
