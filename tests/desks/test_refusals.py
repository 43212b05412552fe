"""What a refusal offers: the clock of each reason, who can cure it and where he is reached, and one thing to press."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page

from company import Staff, paid
from gatepass.carriers.models import Carrier
from gatepass.customers.models import Customer
from gatepass.enforcement.models import Obligation, Reminder
from gatepass.journal.clock import clock_at
from gatepass.journal.door import COMMANDS
from gatepass.journal.models import Refusal
from gatepass.journal.who import sight_of
from gatepass.people.models import Deputy, Person, Post
from gatepass.people.refusals import cures_of
from gatepass.rules.reasons import Refused
from gatepass.transport.models import Waybill
from test_whole_way import effective_notice, loaded, picked

pytestmark = pytest.mark.requirement("D6", "A17")
BACKEND = "gatepass.people.sign_in.PersonBackend"


def as_(staff: Staff, who: str, **cookies: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), BACKEND)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def unapproved(staff: Staff) -> UUID:
    """A notice that both approvals still lack."""
    return staff.run("issue_notice", "lin", order=paid(staff)).uid


def trip_with(staff: Staff, notice: UUID) -> dict[str, Any]:
    return {"vehicle": str(staff.vehicle), "driver": str(staff.driver), "day": staff.today().isoformat(), "notices": str(notice)}


def refused_to(staff: Staff, who: str, command: str, **given: Any) -> list[dict[str, Any]]:
    """The cures as this person's page draws them."""
    with pytest.raises(Refused) as refused:
        COMMANDS[command](by=staff.people[who], at=staff.at, **given)
    with clock_at(staff.at):
        return cures_of(refused.value.reasons, sight_of(staff.people[who], staff.at), given)


def test_each_reason_has_its_clock_its_person_and_one_key(staff: Staff) -> None:
    Person.objects.filter(uid=staff.people["he"]).update(extension="8012")
    notice = unapproved(staff)
    with clock_at(staff.at):
        page = as_(staff, "lin").post("/do/arrange_trip/", trip_with(staff, notice))
    text = page.content.decode()
    assert page.status_code == 422
    for words in ("差两件事", "先请周敏签批发货通知单；最后请何志远签批发货通知单。", "何志远（销售经理）", "提醒何志远", "tel:8012", "打电话 8012"):
        assert words in text
    assert text.count('role="timer"') == 2
    assert 'data-key="1"' in text
    assert 'data-key="2"' in text
    duties = Obligation.objects.filter(clause__in=["D6.3", "D6.4"], subject=notice)
    assert all(f"/enforcement/duties/{one.uid}/remind" in text and one.due_at.isoformat() in text for one in duties)


def test_missing_conditions_stand_above_a_form_that_is_to_be_mended_too(staff: Staff) -> None:
    notice = unapproved(staff)
    Customer.objects.update(forwarder=Carrier.objects.create(code="C9", name="滇川快运").uid)
    with clock_at(staff.at):
        answer = as_(staff, "lin").post("/do/arrange_trip/", trip_with(staff, notice))
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("提醒何志远", "提醒周敏", "客户指定了别的托运单位", 'name="use_other_forwarder_reason"'):
        assert words in text


def test_a_refusal_says_all_of_it_in_english_too(staff: Staff) -> None:
    notice = unapproved(staff)
    with clock_at(staff.at):
        text = as_(staff, "lin", language="en").post("/do/arrange_trip/", trip_with(staff, notice)).content.decode()
    for words in ("two things are missing", "First 周敏: sign the shipping notice", "何志远 (sales manager)", "Remind 何志远", "It was try no. 1."):
        assert words in text


def test_the_attempt_is_on_record_with_how_often_it_was_tried(staff: Staff) -> None:
    notice, client = unapproved(staff), as_(staff, "lin")
    with clock_at(staff.at):
        first, second = (client.post("/do/arrange_trip/", trip_with(staff, notice)).content.decode() for _ in range(2))
    assert "林晓燕 安排车辆，未通过 D6，已记录。这是第 1 次。" in first
    assert "这是第 2 次。" in second
    assert Refusal.objects.filter(command="arrange_trip", by=staff.people["lin"]).count() == 2


def test_the_same_can_be_done_again_from_the_page_with_what_was_typed(staff: Staff) -> None:
    notice = unapproved(staff)
    with clock_at(staff.at):
        text = as_(staff, "lin").post("/do/arrange_trip/", trip_with(staff, notice)).content.decode()
    assert f'name="notices" value="{notice}"' in text
    assert f'name="vehicle" value="{staff.vehicle}"' in text


def test_a_reminder_is_recorded_where_it_is_pressed_and_not_twice_in_a_row(staff: Staff) -> None:
    notice = unapproved(staff)
    duty = Obligation.objects.get(clause="D6.4", subject=notice)
    client, address = as_(staff, "lin"), f"/enforcement/duties/{duty.uid}/remind"
    with clock_at(staff.at):
        done = client.post(address, {"_key": "press-1"}, headers={"HX-Request": "true"})
        again = client.post(address, {"_key": "press-2"}, headers={"HX-Request": "true"})
        back = client.post(address, {"_key": "press-3"}, headers={"referer": "http://testserver/notices/"})
    assert "已提醒" in done.content.decode()
    assert "刚催过" in again.content.decode()
    assert back["Location"] == "/notices/"
    assert Reminder.objects.get().obligation == duty


def test_nobody_is_reminded_of_what_one_may_not_see(staff: Staff) -> None:
    duty = Obligation.objects.get(clause="D6.4", subject=unapproved(staff))
    with clock_at(staff.at):
        assert as_(staff, "feng").post(f"/enforcement/duties/{duty.uid}/remind").status_code == 404
    assert not Reminder.objects.exists()


def test_who_can_cure_it_himself_gets_the_cure_and_the_drivers_number_only_who_may_see_it(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    picked(staff, notice)
    trip, _ = loaded(staff, notice)
    Waybill.objects.update(unit="", address="")
    cures = refused_to(staff, "lin", "issue_gate_pass", trip=trip, sales_copy=True)
    own = next(one for one in cures if one["clause"] == "D10")
    driver = next(one for one in cures if one["clause"] == "D9")
    assert own["who"].zh == "您"
    assert own["action"]["href"] == f"/waybills/{Waybill.objects.get().uid}/"
    assert (driver["who"].zh, driver["call"]["href"]) == ("罗建平（川渝顺达货运）", "tel:13900002765")
    assert cures.index(driver) < cures.index(own)
    assert "出门" in own["label"].zh
    assert own["due"] == Obligation.objects.get(clause="D4.3").due_at
    with clock_at(staff.at), pytest.raises(Refused) as refused:
        COMMANDS["issue_gate_pass"](by=staff.people["lin"], at=staff.at, trip=trip, sales_copy=True)
    seen = cures_of(refused.value.reasons, sight_of(staff.people["feng"], staff.at), {"trip": trip})
    assert all(one["call"] is None for one in seen)


def test_a_deputy_is_named_with_whom_he_stands_in_for(staff: Staff) -> None:
    post = Post.objects.get(kind="sales_manager")
    Deputy.objects.create(
        post=post, represented=Person.objects.get(uid=staff.people["he"]), person=Person.objects.get(uid=staff.people["liang"]),
        since=staff.at.replace(day=1), until=staff.at.replace(day=30), reason="开会",
    )  # fmt: skip
    cures = refused_to(staff, "lin", "arrange_trip", vehicle=staff.vehicle, driver=staff.driver, day=staff.today(), notices=[unapproved(staff)])
    assert "梁国栋（代何志远）（销售经理）" in [one["who"].zh for one in cures]
    assert "梁国栋" in [one["name"].zh for one in cures]


@pytest.mark.requirement("A14")
def test_mobile_numbers_of_colleagues_stay_hidden_from_warehouse_and_guard(staff: Staff) -> None:
    Person.objects.filter(uid=staff.people["he"]).update(phone="13700001111")
    notice = unapproved(staff)
    reasons = _reasons(staff, notice)
    for who, seen in (("lin", True), ("deng", False)):
        cures = cures_of(reasons, sight_of(staff.people[who], staff.at), {"notice": notice})
        assert any(one["call"] and "13700001111" in one["call"]["href"] for one in cures) is seen
    Person.objects.filter(uid=staff.people["he"]).update(extension="8012")
    cures = cures_of(reasons, sight_of(staff.people["deng"], staff.at), {"notice": notice})
    assert "tel:8012" in [one["call"]["href"] for one in cures if one["call"]]


def _reasons(staff: Staff, notice: UUID) -> Any:
    with pytest.raises(Refused) as refused:
        staff.run("arrange_trip", "lin", vehicle=staff.vehicle, driver=staff.driver, day=staff.today(), notices=[notice])
    return refused.value.reasons


@pytest.fixture
def open_now(staff: Staff) -> Iterator[Staff]:
    """The server's clock at the company's moment."""
    notice = unapproved(staff)
    before = os.environ.get("GATEPASS_CLOCK_OFFSET", "0")
    os.environ["GATEPASS_CLOCK_OFFSET"] = str((staff.at - datetime.now(UTC)).total_seconds())
    staff.people["notice"] = notice
    yield staff
    os.environ["GATEPASS_CLOCK_OFFSET"] = before


def test_the_number_key_reminds_in_place_and_keeps_what_was_typed(live: str, open_now: Staff, page: Page) -> None:
    staff = open_now
    page.context.add_cookies([{"name": "gatepass", "value": as_(staff, "lin").cookies["gatepass"].value, "url": live}])
    given = "&".join(f"{name}={value}" for name, value in trip_with(staff, staff.people["notice"]).items())
    page.goto(f"{live}/do/arrange_trip/?{given}")
    page.locator("main form [data-submit], main form button.btn-primary").last.click()
    page.wait_for_selector("[data-refused]")
    page.keyboard.press("1")
    page.wait_for_selector(".reminded")
    assert page.locator("[data-refused]").count() == 1
    assert page.evaluate("Object.keys(localStorage).some((one) => one.includes('gatepass draft'))")
    page.keyboard.press("2")
    page.locator(".reminded").nth(1).wait_for()
    assert Reminder.objects.count() == 2
    page.keyboard.press("Control+Enter")
    page.get_by_text("这是第 2 次").wait_for()
    assert page.locator("[data-refused]").count() == 1
