"""Every form submits: each command's form in a browser, by each position that may open it, with plausible and with nasty values.

No answer is an error page, and after a refusal nothing that was typed is gone. A seeded share runs with the tests; `make campaign-forms
SEED=1` tries every command by everybody.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from company import PEOPLE, Staff, confirmed, paid, taken
from gatepass.journal.declaration import INVISIBLE
from gatepass.journal.door import COMMANDS
from gatepass.journal.who import sight_of
from gatepass.people.models import Person
from test_whole_way import effective_notice, loaded, picked, through_the_gate

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

SEED = int(os.environ.get("SEED") or 2026)
FORMS = int(os.environ.get("FORMS") or 10)
NASTY = ("empty", "long", "negative", "exponent", "digits", "invisible", "wide", "markup", "far", "past")
FILL = Path(__file__, "..", "every_form.js").resolve().read_text()
LAST = {"deactivate_person", "leave_post", "appoint", "end_deputy", "change_post", "stop_clock"}  # who loses his post loses his forms
pytestmark = pytest.mark.browser


@pytest.fixture
def company(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> Staff:
    """Orders at every stage, and the server's clock where they stand."""
    through_the_gate(staff)
    taken(staff)
    confirmed(staff)
    notice = effective_notice(staff, paid(staff))
    picked(staff, notice)
    loaded(staff, notice)
    effective_notice(staff, paid(staff))
    monkeypatch.setenv("GATEPASS_CLOCK_OFFSET", str((staff.at - datetime.now(UTC)).total_seconds()))
    return staff


def pairs(staff: Staff) -> list[tuple[str, str]]:
    """Every command with everybody whose position may open it, in the order of the seed."""
    sights = {short: sight_of(staff.people[short], staff.at) for short in PEOPLE}
    found = [
        (name, short) for name, command in COMMANDS.items() if not command.hidden and name not in LAST
        for short, sight in sights.items() if command.may is None or sight.may(command.may)
    ]  # fmt: skip
    Random(SEED).shuffle(found)  # noqa: S311 - a seed is meant to repeat
    return found[:FORMS]


class Clerk:
    """One browser, whoever sits before it."""

    def __init__(self, page: Page, live: str, staff: Staff) -> None:
        self.page, self.live, self.staff = page, live, staff
        self.answers: list[Response] = []
        self.seen: Counter[str] = Counter()
        self.faults: list[str] = []
        page.on("response", self._heard)

    def _heard(self, answer: Response) -> None:
        if answer.request.resource_type in ("document", "xhr", "fetch"):
            self.answers.append(answer)

    def sit_down(self, short: str) -> None:
        client = Client()
        client.force_login(Person.objects.get(uid=self.staff.people[short]), "gatepass.people.sign_in.PersonBackend")
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or "", "url": self.live}])

    def tries(self, command: str, short: str, way: str, seed: int) -> None:
        """Open the form, fill it, send it."""
        told = f"{command} by {short}, {way}"
        self.answers.clear()
        self.page.goto(f"{self.live}/do/{command}/")
        typed = self.page.evaluate(FILL, [way, seed, f"{self.staff.today():%Y-%m-%d}"])
        if typed is None:
            self.seen["no form"] += 1
            return self._judge(told)
        self.page.wait_for_timeout(60)
        self.page.wait_for_load_state("networkidle")
        posts = [one for one in self.answers if one.request.method == "POST" and one.request.resource_type == "document"]
        self._judge(told)
        if not posts:
            self.seen["not sent"] += 1
        elif posts[-1].status == 422:
            self.seen["refused"] += 1
            self._kept(told, typed)
        else:
            self.seen["taken"] += 1
        return None

    def _judge(self, told: str) -> None:
        wrong = [f"{one.status} {one.url.removeprefix(self.live)}" for one in self.answers if one.status >= 500 or one.status in (400, 404, 405)]
        if wrong:
            self.faults.append(f"{told}: {wrong}")

    def _kept(self, told: str, typed: list[list[str]]) -> None:
        """What was typed stands in the page, in a form that sends it again, or behind the way back."""
        there = self.page.evaluate("[...document.forms].flatMap((form) => [...new FormData(form).entries()]).map(([n, v]) => [n, String(v)])")
        now = {(name, plain(value)) for name, value in there}
        gone = [name for name, value in typed if plain(value) and (name, plain(value)) not in now]
        if gone:
            self.faults.append(f"{told}: after a refusal {gone} are gone")


def plain(text: str) -> str:
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


@pytest.mark.requirement("M1")
def test_every_form_answers_and_keeps_what_was_typed(company: Staff, live: str, page: Page) -> None:
    clerk, rng = Clerk(page, live, company), Random(SEED)  # noqa: S311 - a seed is meant to repeat
    many: Any = 1 if FORMS < 100 else 3
    for command, short in pairs(company):
        clerk.sit_down(short)
        for way in ("plausible", *rng.sample(NASTY, many)):
            clerk.tries(command, short, way, rng.randrange(1, 1_000_000))
    print(f"seed {SEED}: {dict(clerk.seen)}")  # noqa: T201 - a campaign is read
    assert clerk.faults == []
    assert clerk.seen["refused"] and clerk.seen["taken"] + clerk.seen["refused"] >= FORMS // 2
