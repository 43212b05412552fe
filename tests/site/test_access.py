"""Who sees what, generated from the table of addresses: every page for every position; canaries for what must not leak."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from company import PEOPLE, Staff, confirmed
from gatepass.people.models import Person
from test_whole_way import through_the_gate

CANARIES = ("13800004412", "九龙坡区华岩", "赵学敏")
OPEN = ("sign-in/", "c/", "look/", "api/openapi.json", "api/")
BLIND = ("wu", "deng", "feng")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, text)
        elif "<" not in text:
            yield text


def signed_in(staff: Staff, short: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(uid=staff.people[short]), "gatepass.people.sign_in.PersonBackend")
    return client


def plain_pages() -> list[str]:
    return [f"/{path}" for path in addresses(get_resolver().url_patterns) if not path.startswith(OPEN)]


@pytest.mark.requirement("M1")
def test_nobody_who_is_not_signed_in_sees_any_page(staff: Staff) -> None:
    client = Client()
    for path in plain_pages():
        answer = client.get(path)
        assert answer.status_code in (302, 401, 403, 404, 405), (path, answer.status_code)
        assert answer.status_code != 302 or "/sign-in/" in answer.headers["location"], path


@pytest.mark.requirement("M1", "C24")
def test_every_page_answers_every_position_and_never_fails(staff: Staff) -> None:
    through_the_gate(staff)
    for short in PEOPLE:
        client = signed_in(staff, short)
        for path in plain_pages():
            answer = client.get(path)
            assert answer.status_code < 500, (short, path, answer.status_code)


@pytest.mark.requirement("C24")
def test_production_warehouse_and_guard_never_see_a_phone_or_an_address(staff: Staff) -> None:
    order = confirmed(staff)
    staff.run("hand_over_demand", "lin", order=order)
    for short in BLIND:
        client = signed_in(staff, short)
        for path in plain_pages():
            body = client.get(path).getvalue().decode(errors="ignore")
            found = [canary for canary in CANARIES if canary in body]
            assert not found, (short, path, found)


@pytest.mark.requirement("M1")
def test_an_order_outside_the_region_is_absent_on_its_pages(staff: Staff) -> None:
    order = confirmed(staff)
    absent = UUID(int=order.int ^ 1)
    own, other = signed_in(staff, "yang"), signed_in(staff, "qin")
    assert own.get(f"/orders/{order}/").status_code == 200
    for uid in (order, absent):
        assert other.get(f"/orders/{uid}/").status_code == 404
