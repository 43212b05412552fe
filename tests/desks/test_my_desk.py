"""My desk shows what is mine, what I do for somebody and what the department has, with the grounds of each row and one press for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import Page

from company import Staff, confirmed, sent, taken
from gatepass.desks.my_desk import desk_of
from gatepass.enforcement.models import Obligation, Reminder
from gatepass.journal.clock import clock_at
from gatepass.journal.door import COMMANDS
from gatepass.journal.who import sight_of
from gatepass.people.models import Deputy, Person, Post
from gatepass.roles import SYSTEM
from test_whole_way import through_the_gate

pytestmark = pytest.mark.requirement("A17", "R7")
BACKEND = "gatepass.people.sign_in.PersonBackend"


def as_(staff: Staff, who: str, language: str = "zh") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), BACKEND)
    client.cookies["language"] = language
    return client


def shown(staff: Staff, who: str, path: str = "/", language: str = "zh") -> str:
    with clock_at(staff.at):
        return as_(staff, who, language).get(path).content.decode()


def test_a_row_says_what_happened_so_far_and_how_its_due_moment_came_about(staff: Staff) -> None:
    order = sent(staff)
    duty = Obligation.objects.get(clause="D2.2", subject=order)
    row = next(row for section in desk_of(sight_of(staff.people["lin"]), staff.at).sections for row in section.rows if row["clause"] == ["D2"])
    assert row["why"].zh == "11-16 09:30 发出，等客户确认"
    assert row["who_sub"].zh == "DH-2026-0001 · ¥12,800.00"
    words = [(word.zh, value.zh) for word, value in row["parts"]]
    assert words == [("起算", "11-16 09:30"), ("限", "4 个工作小时"), ("到期", "11-16 15:00"), ("超时上报", "何志远")]
    assert row["due"] == duty.due_at


def test_a_row_says_of_a_link_whether_the_customer_has_opened_it(staff: Staff) -> None:
    order = sent(staff)
    digest = "a" * 64
    staff.run("make_link", "lin", order=order, token_digest=digest)
    assert "11-16 09:30 发出，客户还没打开" in shown(staff, "lin")
    COMMANDS["open_link"](by=SYSTEM.person, at=staff.later(minutes=5).at, digest=digest)
    assert "11-16 09:30 发出，客户 11-16 09:35 打开过" in shown(staff, "lin")


def test_the_warehouse_sees_no_sum_beside_its_rows(staff: Staff) -> None:
    taken(staff)
    assert "12,800" not in shown(staff, "deng")


def test_the_menu_counts_what_i_have_to_do_on_every_page(staff: Staff) -> None:
    sent(staff)
    confirmed(staff)
    count = Obligation.objects.filter(holder_position="client_admin", closed_at=None).count()
    assert f"今日待办<i>{count}</i>" in shown(staff, "lin", "/orders/")


def test_a_deputy_has_a_tab_of_what_he_does_for_somebody(staff: Staff) -> None:
    taken(staff)
    post = Post.objects.get(kind="receivables")
    Deputy.objects.create(
        post=post, represented=Person.objects.get(uid=staff.people["zhou"]), person=Person.objects.get(uid=staff.people["xu"]),
        since=staff.at.replace(day=1), until=staff.at.replace(day=30), reason="休假",
    )  # fmt: skip
    desk = desk_of(sight_of(staff.people["xu"], staff.at), staff.at, str(staff.people["zhou"]))
    assert [(tab.text.zh, tab.current) for tab in desk.tabs][:2] == [("我的", False), ("代周敏", True)]
    assert [row["clause"] for section in desk.sections for row in section.rows] == [["D1"]]
    assert ">代周敏</a>" in shown(staff, "xu")
    assert ">代周敏</a>" not in shown(staff, "lin")


def test_the_department_tab_shows_what_colleagues_owe_and_reminds_them(staff: Staff) -> None:
    taken(staff)
    page = shown(staff, "lin", "/?shows=department")
    duty = Obligation.objects.get(clause="D1.2")
    assert "核对账款" in page or "账款核对" in page
    assert f"/enforcement/duties/{duty.uid}/remind" in page
    assert "Department" in shown(staff, "lin", "/?shows=department", "en")


def test_what_i_got_done_today_is_counted_and_listed(staff: Staff) -> None:
    order = sent(staff)
    page = shown(staff, "lin")
    assert "今天已办 2 件" in page
    listed = shown(staff, "lin", "/done/")
    assert "来电订货，1 种 100 件" in listed
    assert f"/orders/{order}/" in listed
    assert "Order taken" in shown(staff, "lin", "/done/", "en")
    staff.later(days=1)
    assert "今天已办 0 件" in shown(staff, "lin")


@pytest.fixture
def at_its_moment(staff: Staff) -> Iterator[Staff]:
    before = os.environ.get("GATEPASS_CLOCK_OFFSET", "0")
    sent(staff)
    taken(staff)
    os.environ["GATEPASS_CLOCK_OFFSET"] = str((staff.at - datetime.now(UTC)).total_seconds())
    yield staff
    os.environ["GATEPASS_CLOCK_OFFSET"] = before


def test_the_desk_is_worked_by_keys_alone(live: str, at_its_moment: Staff, page: Page) -> None:
    staff = at_its_moment
    page.context.add_cookies([{"name": "gatepass", "value": as_(staff, "lin").cookies["gatepass"].value, "url": live}])
    page.goto(live)
    rows = page.locator("[data-row]")
    assert rows.nth(0).get_attribute("aria-current") == "true"
    assert rows.nth(0).locator(".sum").is_visible()
    page.keyboard.press("ArrowDown")
    assert rows.nth(1).get_attribute("aria-current") == "true"
    page.keyboard.press("ArrowRight")
    page.locator(".behind").wait_for()
    page.keyboard.press("Enter")
    page.locator(".reminded").wait_for()
    assert Reminder.objects.count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.wait_for_url("**/orders/*/#note")
    assert page.evaluate("document.activeElement.id") == "note"


@pytest.mark.requirement("D4", "D10")
def test_goods_that_came_back_are_to_be_shipped_again_and_nothing_of_the_old_way_is_offered(staff: Staff) -> None:
    _, consignment, _ = through_the_gate(staff)
    trip = consignment.trip.uid
    staff.later(hours=1).run("record_came_back", "lin", trip=trip, reason="封路")
    sections = desk_of(sight_of(staff.people["lin"]), staff.at).sections
    row = next(row for section in sections for row in section.rows if row["clause"] == ["D4"])
    assert row["who"] == "重庆渝味源商贸有限公司"
    page = shown(staff, "lin", f"/trips/{trip}/")
    for over in ("tell_customer", "record_consigned", "report_position", "record_arrival", "record_came_back"):
        assert f"/do/{over}/" not in page
