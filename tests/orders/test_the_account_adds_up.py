"""A customer's account to the fen: what a composition names opens to the items it is made of, and a ledger ends in its balance."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import UUID

import pytest
from desk_pages import Visitor

from company import Staff, checked, paid, sent, taken
from gatepass.catalogue.models import Price
from gatepass.orders.models import Composition, Order, Part
from gatepass.receivables.models import Balance, Item
from test_whole_way import through_the_gate

FIGURE = re.compile(r'<span class="num">([^<]*)</span>')


def fens(text: str) -> int:
    return int(re.sub(r"[,.+¥]", "", text.replace("−", "-")))


def opened(visitor: Visitor, address: str) -> list[int]:
    """What a figure opens to, entry by entry."""
    return [fens(one) for one in FIGURE.findall(visitor.get(address).content.decode()) if one]


def booked(staff: Staff, kind: str, favours: str, fen: int) -> UUID:
    """A voucher with both its signatures."""
    made = staff.run("prepare_voucher", "sun", customer=staff.customer, kind=kind, favours=favours, amount=fen, label=kind, papers="QC-1").uid
    staff.sign("xu", "voucher", made, "finance")
    staff.sign("he", "voucher", made, "sales")
    return made


def advanced(staff: Staff, *freights: int) -> None:
    """Freight of deliveries that the customer advanced, credited to him once all of them are out."""
    out = [through_the_gate(staff, paid(staff, cartons=10), freight=fen)[2] for fen in freights]
    for waybill in out:
        staff.later(minutes=30).run("hand_in_waybill", "zhou", waybill=waybill.uid)
        staff.run("credit_freight", "zhou", waybill=waybill.uid)


@pytest.fixture
def composed(staff: Staff) -> UUID:
    """Owed 3,000.00 from before, freight of 812.35 and 90.10 advanced, a fee of 50.00, support of 200.00, goods of 18,640.80."""
    Price.objects.filter(product__code="200101").update(yuan=Decimal("186.408"))
    advanced(staff, 81_235, 9_010)
    staff.opening(300_000)
    booked(staff, "fee", "against", 5_000)
    booked(staff, "support", "in_favour", 20_000)
    return sent(staff, code="200101", cartons=100)


@pytest.mark.requirement("D1", "D2", "A13", "D17")
def test_every_figure_of_a_composition_and_of_the_ledger_opens_to_the_items_that_sum_to_it(staff: Staff, composed: UUID) -> None:
    assert Order.objects.get(uid=composed).remit_fen == 2_058_835
    zhou = Visitor(staff, "zhou")
    parts = {part.position: part for part in Part.objects.filter(composition__order__uid=composed)}
    found = {position: opened(zhou, f"/orders/{composed}/parts/{position}/entries") for position in parts}
    assert {parts[position].fen: fen for position, fen in found.items()} == {
        300_000: [300_000], -81_235: [-81_235], -9_010: [-9_010], 5_000: [5_000], -20_000: [-20_000], 1_864_080: [1_864_080],
    }  # fmt: skip
    assert sum(opened(zhou, f"/orders/{composed}/parts/total/entries")) == 2_058_835
    assert sum(opened(zhou, f"/orders/{composed}/parts/open/entries")) == 2_058_835
    frozen = Composition.objects.get(order__uid=composed).data
    previous = frozen["parts"][0]
    assert [(one["fen"], one["kind"]) for one in previous["entries"]] == [(300_000, "opening")]
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=300_000, paid_on=staff.today(), reference="B-2")
    assert opened(zhou, f"/orders/{composed}/parts/1/entries") == [300_000]
    assert sum(opened(zhou, f"/orders/{composed}/parts/open/entries")) == 2_058_835 - 300_000
    page = zhou.get(f"/customers/{staff.customer}/account/").content.decode()
    cells = re.findall(r'data-label="(增减|余额)"><span class="[^"]*">([^<]*)</span>', page)
    changes, balances = ([fens(text) for what, text in cells if what == name] for name in ("增减", "余额"))
    assert -81_235 in changes and -9_010 in changes and 81_235 not in changes
    assert balances[0] == Balance.objects.get(account="customer", party=staff.customer).fen == 5_000 - 81_235 - 9_010 - 20_000
    running = [sum(changes[n:]) for n in range(len(changes))]
    assert balances == running
    assert sum(opened(zhou, f"/customers/{staff.customer}/account/balance/entries")) == balances[0]


@pytest.mark.requirement("D2", "C6", "D17")
def test_the_money_covers_what_was_named_and_at_the_gate_everything_is_matched(staff: Staff, composed: UUID) -> None:
    staff.later(minutes=10).run("confirm_order", "lin", order=composed)
    staff.later(minutes=10).run("hand_over_demand", "lin", order=composed)
    receipt = staff.run("record_receipt", "zhou", customer=staff.customer, amount=2_058_835, paid_on=staff.today(), reference="B-1").uid
    zhou = Visitor(staff, "zhou")
    assert "与应打一致" in zhou.reads(f"/receipts/{receipt}/")
    assert sum(opened(zhou, f"/orders/{composed}/parts/received/entries")) == 2_058_835
    assert sum(opened(zhou, f"/orders/{composed}/parts/open/entries")) == 0
    through_the_gate(staff, composed)
    assert not Item.objects.exclude(rest_fen=0).exists()
    assert Balance.objects.get(account="customer", party=staff.customer).fen == 0


@pytest.mark.requirement("D1")
def test_an_account_check_verifies_what_no_order_holds_item_by_item(staff: Staff, composed: UUID) -> None:
    booked(staff, "discount", "in_favour", 1_000)
    order = taken(staff)
    page = Visitor(staff, "zhou").get(f"/receipts/checks/{order}/").content.decode()
    assert [fens(one) for one in FIGURE.findall(page) if one] == [-1_000]
    assert "−10.00" in page and checked(staff) != order
