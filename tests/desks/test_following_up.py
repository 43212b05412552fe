"""A part payment, a difference and a broken promise are rows of the client admin's desk at once (D4, C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from company import Staff, confirmed
from gatepass.desks.following_up import follow_ups
from gatepass.enforcement.clocks import sweep
from gatepass.journal.who import sight_of
from gatepass.people.models import Person


def shown(staff: Staff, who: str = "lin") -> set[tuple[str, int]]:
    return {(one.kind, one.fen) for one in follow_ups(sight_of(staff.people[who], staff.at), staff.at)}


@pytest.mark.requirement("D4", "C6", "A17")
def test_money_that_came_short_or_not_as_promised_is_on_the_desk_at_once(staff: Staff, client: Client) -> None:
    order = confirmed(staff)
    assert shown(staff) == set()
    staff.run("notify_payment", "lin", order=order, promised_on=staff.today())
    staff.later(minutes=10).run(
        "record_receipt", "zhou", customer=staff.customer, amount=1_000_000, paid_on=staff.today(), reference="B-1",
        matches=[{"order": order, "amount": 1_000_000}], why="附言写明",
    )  # fmt: skip
    assert ("part", 280_000) in shown(staff) and ("difference", -280_000) in shown(staff)
    assert shown(staff, "zhou") == set() and shown(staff, "he") == set()  # finance has its own list, and nobody else is asked to call
    client.force_login(Person.objects.get(username="lin"))
    page = client.get("/").content.decode()
    assert "货款只到了一部分" in page and f"/do/notify_payment/?order={order}" in page and "2,800.00" in page
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=280_000, paid_on=staff.today(), reference="B-2")
    assert {kind for kind, _ in shown(staff)} == {"difference"}


@pytest.mark.requirement("D4")
def test_a_promise_that_is_broken_is_a_row_until_it_is_asked_again_or_paid(staff: Staff) -> None:
    order = confirmed(staff)
    staff.run("notify_payment", "lin", order=order, promised_on=staff.today())
    staff.later(days=3)
    sweep(staff.at)  # D4.7 has run out: what is left of it is the row
    kinds = {kind for kind, _ in shown(staff)}
    assert kinds <= {"broken"}
    staff.run("notify_payment", "lin", order=order, promised_on=staff.today() + timedelta(days=1))
    assert shown(staff) == set()
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=1_280_000, paid_on=staff.today(), reference="B-1")
    assert shown(staff) == set()
