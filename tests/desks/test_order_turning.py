"""The order page knows the folder or list that it was opened from, and which papers belong to the order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import Page

from company import Staff, confirmed, paid, taken
from gatepass.dispatch.models import Notice
from gatepass.journal.clock import clock_at
from gatepass.papers.models import Paper
from gatepass.people.models import Person
from test_whole_way import effective_notice, through_the_gate

BACKEND = "gatepass.people.sign_in.PersonBackend"


def as_(staff: Staff, who: str, language: str = "zh") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), BACKEND)
    client.cookies["language"] = language
    return client


@pytest.mark.requirement("C19")
def test_an_order_opened_from_a_folder_says_which_of_how_many_it_is(staff: Staff) -> None:
    first, second = confirmed(staff), confirmed(staff, code="200101")
    client = as_(staff, "lin")
    with clock_at(staff.at):
        folder = client.get("/folders/unpaid/").content.decode()
        page = client.get(f"/orders/{first}/?in=unpaid").content.decode()
        last = client.get(f"/orders/{second}/?in=unpaid").content.decode()
        english = as_(staff, "lin", "en").get(f"/orders/{first}/?in=unpaid").content.decode()
    assert f"/orders/{first}/?in=unpaid" in folder
    assert "「未打款待催款」第 1 张，共 2 张" in page
    assert f'href="/orders/{second}/?in=unpaid" rel="next" data-key="alt+right"' in page
    assert 'data-key="alt+left"' not in page
    assert f'href="/orders/{first}/?in=unpaid" rel="prev" data-key="alt+left"' in last
    assert "“Unpaid, to be collected”, 1 of 2" in english


@pytest.mark.requirement("C19")
def test_an_order_opened_from_a_searched_list_turns_within_that_list(staff: Staff) -> None:
    older, newer = taken(staff), taken(staff.later(minutes=1))
    with clock_at(staff.at):
        client = as_(staff, "lin")
        listed = client.get("/orders/?show=open&q=DH").content.decode()
        page = client.get(f"/orders/{older}/?in=list-open&q=DH").content.decode()
        elsewhere = client.get(f"/orders/{older}/?in=list-shipped").content.decode()
    assert f"/orders/{older}/?in=list-open&amp;q=DH" in listed
    assert "第 2 张，共 2 张" in page
    assert f"/orders/{newer}/?in=list-open&amp;q=DH" in page
    assert "共 2 张" not in elsewhere


@pytest.mark.requirement("D9", "D10")
def test_the_papers_of_an_order_stand_on_its_page_with_their_state(staff: Staff) -> None:
    order, consignment, waybill = through_the_gate(staff)
    with clock_at(staff.at):
        page = as_(staff, "lin").get(f"/orders/{order}/").content.decode()
    for words in ("发货通知单 FH-2026-0001", f"出库单 {consignment.number}", f"托运单 {waybill.number}", "出门条 CM-2026-", "收款 SK-2026-"):
        assert words in page
    for state in ("已出门", "待交财务", "已放行", "已核"):
        assert state in page
    assert f"/waybills/{waybill.uid}/" in page


@pytest.fixture
def at_its_moment(staff: Staff) -> Iterator[Staff]:
    before = os.environ.get("GATEPASS_CLOCK_OFFSET", "0")
    staff.people["first"], staff.people["second"] = paid(staff), paid(staff, code="200101")
    os.environ["GATEPASS_CLOCK_OFFSET"] = str((staff.at - datetime.now(UTC)).total_seconds())
    yield staff
    os.environ["GATEPASS_CLOCK_OFFSET"] = before


@pytest.mark.requirement("C19")
def test_alt_and_an_arrow_turn_the_orders_of_a_folder(live: str, at_its_moment: Staff, page: Page) -> None:
    staff = at_its_moment
    page.context.add_cookies([{"name": "gatepass", "value": as_(staff, "lin").cookies["gatepass"].value, "url": live}])
    page.goto(f"{live}/folders/paid/")
    page.locator("main tbody a.link").first.click()
    page.get_by_text("「已打款待发货」第 1 张，共 2 张").wait_for()
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_text("「已打款待发货」第 2 张，共 2 张").wait_for()
    page.keyboard.press("Alt+ArrowLeft")
    page.get_by_text("「已打款待发货」第 1 张，共 2 张").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_url("**/folders/paid/")


@pytest.mark.requirement("C19")
def test_the_notices_of_the_day_turn_like_the_orders_of_a_folder(staff: Staff) -> None:
    first, second = (effective_notice(staff, paid(staff)) for _ in range(2))
    Notice.objects.update(ship_on=staff.today())
    client = as_(staff, "lin")
    with clock_at(staff.at):
        folder = client.get("/folders/today/").content.decode()
        page = client.get(f"/notices/{first}/?in=today").content.decode()
        last = client.get(f"/notices/{second}/?in=today").content.decode()
        alone = client.get(f"/notices/{first}/").content.decode()
        warehouse = as_(staff, "deng").get(f"/notices/{first}/?in=today").content.decode()
    assert f'href="/notices/{first}/?in=today"' in folder
    assert "「当日应发货」第 1 张，共 2 张" in page
    assert f'href="/notices/{second}/?in=today" rel="next" data-key="alt+right"' in page
    assert f'href="/notices/{first}/?in=today" rel="prev" data-key="alt+left"' in last
    assert 'href="/folders/today/" data-back' in page
    assert "共 2 张" not in alone + warehouse


@pytest.mark.requirement("D2")
def test_the_order_that_was_sent_is_printed_from_its_page(staff: Staff) -> None:
    unsent = taken(staff)
    order = confirmed(staff)
    paper = Paper.objects.get(subject_uid=order).uid
    with clock_at(staff.at):
        client = as_(staff, "lin")
        page = client.get(f"/orders/{order}/").content.decode()
        assert f'href="/papers/{paper}/" data-key="alt+p"' in page
        assert client.get(f"/papers/{paper}/").status_code == 200
        assert 'data-key="alt+p"' not in client.get(f"/orders/{unsent}/").content.decode()


@pytest.mark.requirement("D5")
def test_who_owes_the_customer_word_of_what_left_tells_him_from_the_order(staff: Staff) -> None:
    order, consignment, _ = through_the_gate(staff)
    where = f"/do/tell_customer/?consignment={consignment.uid}"
    with clock_at(staff.at):
        page = as_(staff, "lin").get(f"/orders/{order}/").content.decode()
        assert where in page
        for other in ("zhou", "he"):
            assert where not in as_(staff, other).get(f"/orders/{order}/").content.decode(), other
        assert as_(staff, "lin").get(where).status_code == 200
    staff.run("tell_customer", "lin", consignment=consignment.uid, how="phone", answer="知道了")
    with clock_at(staff.at):
        assert where not in as_(staff, "lin").get(f"/orders/{order}/").content.decode()
