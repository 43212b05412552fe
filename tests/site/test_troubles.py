"""Every trouble of the database has a sentence and a status, on pages and in the API; nothing typed is lost; no address leads away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connections
from django.test import Client, RequestFactory
from django.utils.datastructures import MultiValueDictKeyError

from company import Staff, taken
from gatepass.look.ours import ours
from gatepass.people.models import Person
from gatepass.rules.reasons import KeyReused
from gatepass.site.middleware import Absence


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


TROUBLES: dict[str, tuple[Exception, int, str]] = {
    "the disk is full": (caused(OperationalError("x"), psycopg.errors.DiskFull("x")), 507, "磁盘满了"),
    "the server is stopping": (caused(OperationalError("x"), psycopg.errors.AdminShutdown("x")), 503, "连不上"),
    "nobody answers": (caused(OperationalError("x"), psycopg.OperationalError("x")), 503, "连不上"),
    "it took too long": (caused(OperationalError("x"), psycopg.errors.QueryCanceled("x")), 503, "正忙"),
    "a check is violated": (caused(IntegrityError("x"), psycopg.errors.CheckViolation("x")), 422, "冲突"),
    "a number is too large": (caused(DataError("x"), psycopg.errors.NumericValueOutOfRange("x")), 422, "记不下"),
    "a field is missing": (MultiValueDictKeyError("cartons"), 422, "缺了一项"),
}


@pytest.mark.parametrize("what", TROUBLES)
def test_a_trouble_is_an_answer_on_pages_and_in_the_api(what: str) -> None:
    error, status, said = TROUBLES[what]
    handler = Absence(lambda _: None)
    page = handler.process_exception(RequestFactory().post("/trips/", {"remark": "小心<轻放>", "_key": "k"}), error)
    assert page is not None and page.status_code == status and said in page.content.decode()
    assert ("小心&lt;轻放&gt;" in page.content.decode()) is (status == 507)
    told = handler.process_exception(RequestFactory().post("/api/v1/commands/x"), error)
    assert told is not None and told.status_code == status and told.headers["Content-Type"] == "application/problem+json"


@pytest.fixture
def away(staff: Staff) -> Iterator[Client]:
    """The database is gone after somebody has signed in."""
    visitor = Client(raise_request_exception=False)
    visitor.force_login(Person.objects.get(uid=staff.people["lin"]))
    settings = connections.settings["default"]
    before = settings["HOST"]
    connections["default"].close()
    settings["HOST"] = "/nowhere"
    yield visitor
    connections["default"].close()
    settings["HOST"] = before


def test_while_the_database_is_away_the_page_says_so_and_tries_again(away: Client) -> None:
    page = away.get("/")
    assert page.status_code == 503 and page.headers["Retry-After"] == "5"
    assert 'http-equiv="refresh"' in page.content.decode() and "数据库暂时连不上" in page.content.decode()
    assert away.get("/api/v1/orders", headers={"Authorization": "Bearer gp_x"}).status_code == 503


@pytest.mark.requirement("D10")
def test_a_key_used_again_with_other_input_is_an_answer_where_no_page_has_one_of_its_own(staff: Staff) -> None:
    order = taken(staff)
    clerk = Client()
    clerk.force_login(Person.objects.get(uid=staff.people["lin"]))
    given: dict[str, Any] = {"order": str(order), "_key": "again", "text": "一"}
    assert clerk.post("/do/note_plan_book/", given).status_code == 302
    assert clerk.post("/do/note_plan_book/", given | {"text": "二"}).status_code == 422
    request = RequestFactory().post("/guard/", {"plate": "川A12345", "_key": "again"})
    request.user, request.sight = Person.objects.get(uid=staff.people["feng"]), None
    page = Absence(lambda _: None).process_exception(request, KeyReused("CM-1"))
    assert page is not None and page.status_code == 422
    assert "川A12345" in page.content.decode() and "CM-1" in page.content.decode() and 'value="again"' not in page.content.decode()


@pytest.mark.parametrize("wished", ["/\\evil.example", "//evil.example", "/\t/evil.example", "https://evil.example/", "javascript:alert(1)",
                                    "\\\\evil.example", "/a\r\nLocation: /b", "http://[", "evil", ""])  # fmt: skip
def test_no_address_of_others_is_followed(wished: str) -> None:
    assert ours(wished, "testserver") == ""


def test_the_switch_of_language_follows_paths_of_ours_only(client: Client) -> None:
    for wished in ("/\\evil.example", "//evil.example/", "https://evil.example/", "/\t/evil.example"):
        answer = client.post("/look/language", {"language": "en", "next": wished}, headers={"referer": "https://evil.example/x"})
        assert answer.headers["Location"] == "/", wished
    answer = client.post("/look/language", {"language": "en", "next": "/do/add_person/?name=x"})
    assert answer.headers["Location"] == "/do/add_person/?name=x"
    assert client.get("/api/v1/orders").headers["Cache-Control"] == "no-store"


def test_paths_of_ours_are_followed_with_their_query() -> None:
    assert ours("/orders/?q=一".replace("一", "x"), "testserver") == "/orders/?q=x"
    assert ours("http://testserver/orders/", "testserver") == "/orders/"
