"""The API: one endpoint for every command, problems with every reason, tokens per person, scoped reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from company import Staff, keep_token, taken
from gatepass.journal.door import COMMANDS
from gatepass.orders.models import Order
from gatepass.people.models import Person, Token
from gatepass.people.tokens import digest_of, new_token


def token_of(staff: Staff, short: str) -> str:
    token, digest = new_token()
    assert digest_of(token) == digest
    keep_token(Person.objects.get(uid=staff.people[short]), digest, staff.at)
    return token


def call(token: str, name: str, body: dict[str, Any], key: str = "") -> Any:
    headers = {"authorization": f"Bearer {token}"} | ({"idempotency-key": key} if key else {})
    return Client().post(f"/api/v1/commands/{name}", json.dumps(body), content_type="application/json", headers=headers)


def read(token: str, path: str) -> Any:
    return Client().get(path, headers={"authorization": f"Bearer {token}"})


@pytest.mark.requirement("D1", "M1")
def test_a_command_runs_for_a_token_and_answers_what_it_made(staff: Staff) -> None:
    lines = [{"product": str(staff.products["100101"]), "cartons": 12}]
    answer = call(token_of(staff, "lin"), "take_order", {"customer": str(staff.customer), "lines": lines}, "api-1")
    assert answer.status_code == 200, answer.content
    made = answer.json()["made"]
    assert made["kind"] == "order" and Order.objects.get(uid=made["id"]).number == made["label"]


@pytest.mark.requirement("D1")
def test_a_refusal_is_a_problem_that_lists_every_reason_with_clause_and_cure(staff: Staff) -> None:
    order = taken(staff)
    token = token_of(staff, "lin")
    looked = json.loads(read(token, f"/api/v1/orders/{order}/sending").content)
    answer: HttpResponse = call(token, "send_order", {"order": str(order), "previewed": looked["previewed"]})
    body = json.loads(answer.content)
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
    (reason,) = body["reasons"]
    assert reason["clause"] == "D1" and reason["what"]["zh"] and reason["what"]["en"]
    assert reason["who"]["position"] == "receivables" and "周敏" in reason["who"]["people"]


@pytest.mark.requirement("M1")
def test_without_a_token_nothing_answers_and_a_revoked_one_is_none(staff: Staff) -> None:
    assert call("nobody", "take_order", {}).status_code == 401
    token = token_of(staff, "lin")
    Token.objects.update(revoked_at=staff.at)
    assert read(token, "/api/v1/orders").status_code == 401


@pytest.mark.requirement("D1")
def test_the_same_key_with_another_input_is_refused_and_takes_nothing(staff: Staff) -> None:
    token = token_of(staff, "lin")
    lines = [{"product": str(staff.products["100101"]), "cartons": 12}]
    call(token, "take_order", {"customer": str(staff.customer), "lines": lines}, "api-2")
    other = [{"product": str(staff.products["100101"]), "cartons": 13}]
    answer = call(token, "take_order", {"customer": str(staff.customer), "lines": other}, "api-2")
    assert answer.status_code == 422 and Order.objects.count() == 1


@pytest.mark.requirement("M1")
def test_a_salesman_of_another_region_reads_nothing_of_an_order_as_if_it_were_absent(staff: Staff) -> None:
    order = taken(staff)
    own, other = token_of(staff, "yang"), token_of(staff, "qin")
    assert [row["uid"] for row in read(own, "/api/v1/orders").json()["items"]] == [str(order)]
    assert read(other, "/api/v1/orders").json()["items"] == []
    absent = read(other, "/api/v1/orders/01a2093e-17ce-7b4f-8d9a-dc52d7e73d1f")
    hidden = read(other, f"/api/v1/orders/{order}")
    assert (hidden.status_code, hidden.content) == (404, absent.content)


@pytest.mark.requirement("M1")
def test_the_schema_names_every_command_that_people_may_call_and_no_hidden_one(staff: Staff) -> None:
    paths = Client().get("/api/openapi.json").json()["paths"]
    for name, command in COMMANDS.items():
        assert (f"/api/v1/commands/{name}" in paths) is not command.hidden


@pytest.mark.requirement("M1", "A11")
def test_every_thing_is_listed_page_by_page_and_read_by_its_id(staff: Staff) -> None:
    taken(staff)
    token = token_of(staff, "lin")
    for thing in ("orders", "customers", "products", "carriers", "notices"):
        body = read(token, f"/api/v1/{thing}?most=1").json()
        for item in body["items"]:
            uid = item.get("uid")
            assert read(token, f"/api/v1/{thing}/{uid}").status_code == 200, thing
        if body["next"]:
            assert read(token, f"/api/v1/{thing}?most=1&after={body['next']}").json()["items"] != body["items"]


@pytest.mark.requirement("M1")
def test_the_warehouse_reads_no_customers_and_the_driver_no_orders(staff: Staff) -> None:
    taken(staff)
    assert read(token_of(staff, "deng"), "/api/v1/customers").json()["items"] == []
    assert read(token_of(staff, "luo"), "/api/v1/orders").json()["items"] == []
