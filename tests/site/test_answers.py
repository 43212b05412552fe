"""Every answer of the program: its language, its headers, and what it says of what is absent or went wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from gatepass.journal.clock import clock_at
from gatepass.rules.reasons import NotFound
from gatepass.site import errors, middleware
from gatepass.site.middleware import POLICY

TOKEN = re.compile(r"\b\w{64}\b")  # masked anew on every page
ABSENT = "/there-is-no-such-page"


def test_a_page_that_does_not_exist_says_so_in_chinese_first(client: Client) -> None:
    page = client.get(ABSENT)
    assert page.status_code == 404
    assert page.headers["Content-Language"] == "zh-Hans"
    assert "没有这一页" in page.content.decode()


def test_it_says_so_in_english_to_who_switched(client: Client) -> None:
    client.cookies["language"] = "en"
    page = client.get(ABSENT)
    assert page.headers["Content-Language"] == "en"
    assert "There is no such page" in page.content.decode()


def test_a_strange_language_is_chinese(client: Client) -> None:
    client.cookies["language"] = "xx"
    assert client.get(ABSENT).headers["Content-Language"] == "zh-Hans"


def test_every_answer_carries_a_strict_policy_and_the_page_keeps_it(client: Client) -> None:
    page = client.get(ABSENT)
    assert page.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    text = page.content.decode()
    assert "style=" not in text
    assert "<script>" not in text


def test_the_api_answers_with_problem_details(client: Client) -> None:
    page = client.get("/api/v1/there-is-no-such-thing")
    assert page.status_code == 404
    assert page.headers["Content-Type"] == "application/problem+json"
    assert page.json()["title_zh"] == "没有这一页"


def test_outside_ones_scope_is_the_same_page_as_absent(client: Client) -> None:
    request = client.get(ABSENT).wsgi_request

    def outside(request: HttpRequest) -> HttpResponse:
        raise NotFound("order")

    with clock_at(datetime(2026, 3, 11, 2, 15, tzinfo=UTC)):  # the page shows the time
        hidden = middleware.Absence(outside).process_exception(request, NotFound("order"))
        absent = errors.not_found(request)
    assert hidden is not None
    assert hidden.status_code == 404
    assert TOKEN.sub("", hidden.content.decode()) == TOKEN.sub("", absent.content.decode())
    assert middleware.Absence(outside).process_exception(request, ValueError()) is None


def test_a_form_without_its_token_is_refused_with_a_way_out(fresh: str) -> None:
    page = Client(enforce_csrf_checks=True).post("/look/language", {"language": "en"})
    assert page.status_code == 403
    assert "这一页放得太久了" in page.content.decode()


def test_the_page_of_last_resort_needs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("the template is gone")

    monkeypatch.setattr(errors, "render_to_string", broken)
    page = errors.failed(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "程序出了错" in page.content.decode()
    assert "The program made a mistake" in page.content.decode()
