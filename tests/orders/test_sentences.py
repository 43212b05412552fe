"""Sentences of the regulation that no other story tells: the example to the fen, what the desk hears and plans on, what was said, the copies."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from company import Staff, checked, confirmed, sent
from gatepass.catalogue.models import Price
from gatepass.journal.clock import clock_at
from gatepass.orders.models import Composition, Note
from gatepass.people.models import Person
from gatepass.production.models import StockupPlan
from orders.test_exchanged_goods import exchanged
from test_whole_way import effective_notice, loaded, picked, through_the_gate


def shown(staff: Staff, who: str, path: str, language: str = "zh") -> str:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), "gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    with clock_at(staff.at):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def voucher(staff: Staff, kind: str, fen: int, label: str) -> None:
    made = staff.run(
        "prepare_voucher", "sun", customer=staff.customer, kind=kind, favours="in_favour", amount=fen, label=label, papers="签呈 12 号"
    ).uid
    staff.sign("zhou", "voucher", made, "finance")
    staff.sign("he", "voucher", made, "sales")


@pytest.mark.requirement("D2", "A13", "D11")
def test_the_regulations_own_example_comes_out_to_the_fen(staff: Staff) -> None:
    papers = []
    for fen in (120_50, 60_00):
        waybill = through_the_gate(staff, freight=fen)[2]
        staff.later(minutes=30).run("hand_in_waybill", "zhou", waybill=waybill.uid)
        papers.append(waybill)
        staff.later(days=1)
    for waybill in papers:
        staff.run("credit_freight", "zhou", waybill=waybill.uid)
    staff.opening(800_00)
    voucher(staff, "discount", 30_00, "季度优惠")
    voucher(staff, "support", 100_00, "堆头支持")
    Price.objects.filter(product__uid=staff.products["100101"]).update(yuan=Decimal("94.105"))
    sent(staff)
    data = Composition.objects.order_by("-id")[0].data
    parts = [(part["kind"], part["fen"]) for part in data["parts"]]
    freights = [("freight_credit", -120_50), ("freight_credit", -60_00)]
    others = [("previous", 800_00), ("discount", -30_00), ("support", -100_00), ("goods", 9_410_50)]
    assert sorted(parts) == sorted([*freights, *others])
    assert data["remit_fen"] == 9_900_00
    for waybill in papers:  # each advanced freight names its shipment
        assert waybill.number in str(data["parts"])


@pytest.mark.requirement("D1", "D8")
@pytest.mark.parametrize(("language", "heading"), [("zh", "上次发货"), ("en", "Last dispatch")])
def test_the_previous_dispatch_says_what_was_ordered_exchanged_and_is_still_open(staff: Staff, language: str, heading: str) -> None:
    order = confirmed(staff)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today())
    exchanged(staff, effective_notice(staff, order), 5)
    page = shown(staff, "lin", f"/orders/new/caller?customer={staff.customer}", language)
    assert heading in page
    assert 'data-cartons="95"' in page
    assert "⇄5 郫县豆瓣 一级 → 四川泡菜" in page
    assert {"zh": "未发完", "en": "Not all shipped"}[language] in page


@pytest.mark.requirement("D4")
def test_the_desk_hears_of_a_receipt_at_once_and_sees_a_part_payment_in_its_folder(staff: Staff) -> None:
    order = confirmed(staff)
    assert "已可发货" not in shown(staff, "lin", "/")
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=280_000, paid_on=staff.today())
    assert "2,800.00" in shown(staff, "lin", "/folders/unpaid/")
    assert "到账 2,800.00" in re.sub(r"<[^>]+>", "", shown(staff, "lin", f"/orders/{order}/"))
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_000_000, paid_on=staff.today())
    assert "已可发货" in shown(staff, "lin", "/?shows=mine&later=1")
    assert "DH-2026-0001" in shown(staff, "lin", "/folders/paid/")


@pytest.mark.requirement("D4")
def test_transport_is_planned_on_the_date_that_the_customer_named(staff: Staff) -> None:
    order = confirmed(staff)
    promised = staff.today() + timedelta(days=3)
    staff.run("notify_payment", "lin", order=order, promised_on=promised)
    staff.run("hand_over_demand", "lin", order=order)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today())
    assert f'value="{promised.isoformat()}"' in shown(staff, "lin", f"/notices/new/{order}/")
    staff.run("hand_over_plan", "lin", day=promised)
    assert StockupPlan.objects.get().day == promised


@pytest.mark.requirement("C4")
@pytest.mark.parametrize(("language", "past"), [("zh", "已过"), ("en", "past")])
def test_every_dunning_step_stands_in_the_plan_book_with_what_was_said(staff: Staff, language: str, past: str) -> None:
    order = confirmed(staff)
    first, second = staff.today() + timedelta(days=1), staff.today() + timedelta(days=4)
    staff.run("notify_payment", "lin", order=order, promised_on=first, note="答应明天打")
    staff.later(days=2)
    page = shown(staff, "lin", "/folders/unpaid/", language)
    assert past in page
    staff.run("notify_payment", "yang", order=order, promised_on=second, how="phone", note="财务出差，周五打")
    said = [note.text for note in Note.objects.filter(order__uid=order, kind="payment").order_by("id")]
    assert ["答应明天打" in said[0], "财务出差，周五打" in said[1], len(said)] == [True, True, 2]
    book = shown(staff, "lin", f"/orders/{order}/", language)
    assert "财务出差，周五打" in book
    assert "答应明天打" in book
    assert past not in shown(staff, "lin", "/folders/unpaid/", language)


@pytest.mark.requirement("C12")
def test_a_plan_has_a_row_per_customer_and_every_version_stays_in_the_archive(staff: Staff) -> None:
    day = date(2026, 11, 24)
    for cartons in (20, 40):
        staff.run("hand_over_demand", "lin", order=confirmed(staff, cartons=cartons), expected_on=day)
        staff.run("hand_over_plan", "lin", day=day)
    first, second = StockupPlan.objects.order_by("version")
    assert [(line["customer"], line["cartons"]) for line in first.data["lines"]] == [("渝味源", 21)]
    assert [(line["customer"], line["cartons"]) for line in second.data["lines"]] == [("渝味源", 21), ("渝味源", 42)]
    for who in ("wu", "lin"):
        archive = shown(staff, who, "/production/plans/")
        for plan in (first, second):
            assert str(plan.uid) in archive
            assert "渝味源" in shown(staff, who, f"/production/plans/{plan.uid}/")


@pytest.mark.requirement("C16")
@pytest.mark.parametrize(
    ("language", "asks", "says"),
    [
        ("zh", "已提醒带客户联", ("业务联已收", "财务联已收", "客户联已提醒")),
        ("en", "reminded of the customer's copy", ("sales copy here", "finance copy here", "reminded of the customer's")),
    ],
)
def test_the_desk_reminds_the_carrier_of_the_customers_copy_and_keeps_the_others(
    staff: Staff, language: str, asks: str, says: tuple[str, ...]
) -> None:
    order = confirmed(staff)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today())
    notice = effective_notice(staff, order)
    picked(staff, notice)
    trip, part = loaded(staff, notice)
    staff.run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=part.cartons)
    assert asks in shown(staff, "lin", "/passes/", language).replace("&#x27;", "'")
    made: UUID = staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=True, finance_copy=True, customer_copy=True).uid
    page = shown(staff, "lin", f"/passes/{made}/", language).replace("&#x27;", "'")
    assert all(words in page for words in says)


@pytest.mark.requirement("D2")
def test_a_fee_against_the_customer_adds(staff: Staff) -> None:
    made = staff.run(
        "prepare_voucher", "sun", customer=staff.customer, kind="fee", favours="against", amount=25_00, label="改单费", papers="签呈 3 号"
    ).uid
    staff.sign("zhou", "voucher", made, "finance")
    staff.sign("he", "voucher", made, "sales")
    order = checked(staff)
    staff.run("send_order", "lin", order=order)
    data = Composition.objects.get().data
    assert ("fee", 25_00) in [(part["kind"], part["fen"]) for part in data["parts"]]
    assert data["remit_fen"] == 12_800_00 + 25_00
