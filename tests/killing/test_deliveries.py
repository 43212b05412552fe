"""Phones on a bad line: replies lost, the same sent twice at once, late and in another order; one effect each."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from random import Random
from typing import Any

import pytest
from django.test import Client as Browser

from company import Staff, keep_token, taken
from gatepass.journal.models import Entry, Key
from gatepass.orders.models import Note, Order
from gatepass.people.models import Person
from gatepass.people.tokens import new_token
from gatepass.receivables.models import Receipt
from killing.clients import Client, Ledger, at_work

SECONDS = 6


def tokens(staff: Staff) -> dict[str, str]:
    found = {}
    for short, uid in staff.people.items():
        found[short], digest = new_token()
        keep_token(Person.objects.get(uid=uid), digest, staff.at)
    return found


@pytest.mark.requirement("D1", "D4")
def test_whatever_the_line_does_every_command_takes_effect_once(staff: Staff, live: str) -> None:
    company = {"tokens": tokens(staff), "customer": str(staff.customer), "products": {"100101": str(staff.products["100101"])}}
    ledger, stopped, port = Ledger(), threading.Event(), int(live.rsplit(":", 1)[1])
    clients = [
        Client(n, port, company, ledger, stopped, Random(n), hang_up=0.25, twice=0.3, late=0.5) for n in range(3)  # noqa: S311 - repeats
    ]
    at_work(clients, lambda: time.sleep(SECONDS))
    assert not ledger.wrong, ledger.wrong[:5]
    assert ledger.sent > len(ledger.made) > 5
    kept = {key: (answer or {}).get("uid") for key, answer in Key.objects.values_list("key", "answer")}
    assert {key: kept.get(key) for key in ledger.made} == ledger.made
    effects: dict[str, Counter[str]] = {
        "take_order": Counter(Order.objects.values_list("note", flat=True)),
        "note_plan_book": Counter(Note.objects.values_list("text", flat=True)),
        "record_receipt": Counter(Receipt.objects.values_list("reference", flat=True)),
    }
    for key, (name, _) in ledger.body.items():
        if name in effects:
            assert effects[name][key] == (1 if key in kept else 0), (key, name)
    assert Entry.objects.filter(event="order.taken").count() == Order.objects.count()


@pytest.mark.requirement("D1")
def test_deliveries_in_another_order_late_and_again_are_answered_as_the_first_time(staff: Staff) -> None:
    token, rng, answers = tokens(staff)["lin"], Random(3), dict[str, Any]()  # noqa: S311 - a seed is meant to repeat
    order = str(taken(staff))
    sent = [(f"n{n}", {"order": order, "text": f"第 {n} 句"}) for n in range(12)] * 3
    rng.shuffle(sent)
    headers = {"authorization": f"Bearer {token}"}
    for key, body in sent:
        answer = Browser().post(
            "/api/v1/commands/note_plan_book", json.dumps(body), content_type="application/json", headers=headers | {"idempotency-key": key}
        )
        assert answer.status_code == 200
        assert answers.setdefault(key, answer.json()) == answer.json()
    assert Counter(Note.objects.filter(text__startswith="第").values_list("text", flat=True)) == Counter(f"第 {n} 句" for n in range(12))
