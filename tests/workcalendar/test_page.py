"""The calendar's page: what every kind of day looks like, what is provisional, a deadline tried, forms that answer."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from gatepass.roles import Position
from gatepass.workcalendar import queries

from .people import somebody

pytestmark = [pytest.mark.requirement("R9"), pytest.mark.usefixtures("fresh")]


def visitor(position: Position = Position.SALES_MANAGER, language: str = "zh") -> Client:
    client = Client()
    client.force_login(somebody("何志远", position), backend="gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    return client


def shown(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_every_kind_of_day_is_said_in_words():
    page = visitor().get("/calendar/2026/").content.decode()
    assert '<td class="holiday" title="2026-10-01 放假">' in page
    assert '<td class="make-up" title="2026-09-20 调休上班">' in page
    assert '<td class="rest" title="2026-11-22 休息">' in page
    assert "chinesecalendar" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "2027 年的放假通知还没有录入"), ("en", "The holiday notice of 2027 is not entered yet")],
)
def test_a_provisional_year_says_so_plainly(language: str, words: str):
    assert words in shown(visitor(language=language).get("/calendar/2027/").content.decode())


def test_a_tried_deadline_shows_its_arithmetic():
    asked = {"start": "2026-09-30T16:30", "term": "office_hours", "number": "4"}
    page = shown(visitor().get("/calendar/2026/", asked).content.decode())
    assert "放假休息至 2026-10-07，不计" in page
    assert "到期 2026-10-08 11:00" in page


def test_a_number_that_no_term_can_have_is_answered():
    asked = {"start": "2026-09-30T16:30", "term": "working_days_close", "number": "1.5"}
    answer = visitor().get("/calendar/2026/", asked)
    assert answer.status_code == 200
    assert "填 1 到 366" in shown(answer.content.decode())


def test_a_notice_pasted_as_its_text_is_entered():
    client = visitor()
    free, worked = "1月1日（周五）至3日（周日）放假", "1月9日、1月10日（周日）"
    posted = {"source": "国办发明电〔2026〕8号", "free": free, "worked": worked}
    answer = client.post("/calendar/2027/notice/", posted, follow=True)
    assert "放假通知已录入" in shown(answer.content.decode())
    calendar = queries.current()
    assert [calendar.is_working(date(2027, 1, day)) for day in (1, 2, 3, 4, 10)] == [False, False, False, True, True]


def test_a_refused_form_keeps_what_was_entered_and_names_every_reason():
    posted = {"source": "手稿", "free": "元旦\n13月1日", "worked": ""}
    answer = visitor().post("/calendar/2027/notice/", posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 1 行没有看懂：元旦" in page
    assert "第 2 行的日期不对：13月1日" in page
    assert 'value="手稿"' in page


@pytest.mark.parametrize(
    ("change", "posted"),
    [
        ("day", {"day": "2026-11-26", "kind": "holiday", "note": "厂庆"}),
        ("hours", {"since": "2199-01-01", "opens": ["9:00", ""], "closes": ["17:00", ""]}),
        ("week", {"since": "2199-01-01", "weekdays": ["monday", "friday"]}),
        ("take", {}),
    ],
)
def test_every_form_saves_and_says_so(change: str, posted: dict[str, object]):
    year = 2024 if change == "take" else 2026
    answer = visitor().post(f"/calendar/{year}/{change}/", posted, follow=True)
    assert "data-saved" in answer.content.decode()
    assert queries.current().revision == 1


@pytest.mark.requirement("M1")
def test_who_does_not_keep_the_calendar_sees_no_form_and_is_refused_at_the_door():
    client = visitor(Position.GUARD)
    assert "data-once" not in client.get("/calendar/2026/").content.decode()
    assert client.post("/calendar/2026/day/", {"day": "2026-11-26", "kind": "holiday"}).status_code == 422


def test_who_is_not_signed_in_is_sent_to_sign_in():
    assert Client().get("/calendar/2026/").headers["Location"].startswith("/sign-in/")


def test_a_year_outside_the_calendar_is_absent():
    assert visitor().get("/calendar/1234/").status_code == 404
