"""Requests that are wrong in every way: one clear problem each (RFC 9457), nothing done, never a failure of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from company import Staff, keep_token, taken
from gatepass.journal.models import Entry
from gatepass.people.models import Person
from gatepass.people.tokens import new_token

NOTE = "/api/v1/commands/note_plan_book"
TEXT = {"content_type": "application/json"}


def token_of(staff: Staff, who: str = "lin") -> dict[str, str]:
    token, digest = new_token()
    keep_token(Person.objects.get(uid=staff.people[who]), digest, staff.at)
    return {"authorization": f"Bearer {token}"}


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    said: dict[str, Any] = answer.json()
    assert said["status"] == status and said["title"] and said["title_zh"] and said["type"]
    return said


@pytest.mark.requirement("M1")
def test_whatever_is_wrong_with_a_request_is_said_as_a_problem_and_nothing_is_done(staff: Staff) -> None:
    order, own, client = str(taken(staff)), token_of(staff), Client(raise_request_exception=False)
    before = Entry.objects.count()

    def post(body: Any, path: str = NOTE, **headers: str) -> Any:
        raw = body if isinstance(body, str) else json.dumps(body)
        return client.post(path, raw, headers=own | {name.replace("_", "-"): value for name, value in headers.items()}, **TEXT)

    problem(client.post(NOTE, "{}", **TEXT), 401)
    problem(client.post(NOTE, "{}", headers={"authorization": "Bearer nobody"}, **TEXT), 401)
    problem(post("{no json"), 400)
    problem(client.get(NOTE, headers=own), 405)
    problem(post({}, "/api/v1/commands/there_is_none"), 404)
    problem(client.get("/api/v1/orders/no-id", headers=own), 422)
    said = problem(post({"order": "no id", "more": 1}), 422)
    assert {reason["field"] for reason in said["reasons"]} == {"order", "text", "more"}
    assert all(reason["what"]["zh"] and reason["what"]["en"] for reason in said["reasons"])
    for key in ("k" * 81, "with space", "钥匙".encode().decode("latin-1")):
        assert problem(post({"order": order, "text": "a"}, idempotency_key=key), 422)["reasons"][0]["field"] == "Idempotency-Key"
    assert Entry.objects.count() == before


@pytest.mark.requirement("M1", "D1")
def test_what_no_database_can_keep_is_refused_and_not_a_failure(staff: Staff) -> None:
    order, client = str(taken(staff)), Client(raise_request_exception=False)
    lin, zhou, before = token_of(staff), token_of(staff, "zhou"), Entry.objects.count()
    line = {"product": str(staff.products["100101"]), "cartons": 5}
    for command, headers, body in (
        ("note_plan_book", lin, {"order": order, "text": "a\x00b"}),
        ("take_order", lin, {"customer": str(staff.customer), "lines": [line | {"cartons": 10**30}]}),
        ("take_order", lin, {"customer": str(staff.customer), "lines": [line | {"cartons": -1}]}),
        ("take_order", lin, {"customer": str(staff.customer), "lines": [line | {"remark": "\x00"}]}),
        ("record_receipt", zhou, {"customer": str(staff.customer), "amount": 10**40, "paid_on": "2026-11-16"}),
        ("record_receipt", zhou, {"customer": str(staff.customer), "amount": "1e999999", "paid_on": "2026-11-16"}),
        ("hand_over_demand", lin, {"order": order, "expected_on": "9999-12-31"}),
    ):
        answer = client.post(f"/api/v1/commands/{command}", json.dumps(body), headers=headers, **TEXT)
        assert answer.status_code == 422, (command, body, answer.status_code, answer.content[:300])
        problem(answer, answer.status_code)
    for path in ("/api/v1/orders?q=%00&after=%00", "/api/v1/customers?q=%F0%28%8C&most=99999999999999999999", "/api/v1/products?after=%00&most=-4"):
        assert client.get(path, headers=lin).status_code in (200, 422), path
    assert Entry.objects.count() == before
