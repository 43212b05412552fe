"""Every page of every position's menu in a real browser: it answers, nothing scrolls sideways, nothing serious is found by axe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from company import PEOPLE, Staff, confirmed, paid, taken
from gatepass.people.models import Person
from test_whole_way import effective_notice, through_the_gate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SIZES = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
ROOMS = (("wide", "zh", "light", True), ("phone", "en", "dark", True), ("wide", "en", "dark", False), ("phone", "zh", "light", False))
ONE_OF_EACH = [short for n, (short, (_, position, _)) in enumerate(PEOPLE.items()) if position not in [one[1] for one in list(PEOPLE.values())[:n]]]
MENU = "nav a[href^='/']"
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def busy(staff: Staff) -> Iterator[Staff]:
    """The small company with an order in every state, the server's clock at its moment."""
    through_the_gate(staff)
    taken(staff)
    confirmed(staff, code="200101")
    effective_notice(staff, paid(staff, cartons=40))
    before = os.environ.get("GATEPASS_CLOCK_OFFSET", "0")
    os.environ["GATEPASS_CLOCK_OFFSET"] = str((staff.at - datetime.now(UTC)).total_seconds())
    yield staff
    os.environ["GATEPASS_CLOCK_OFFSET"] = before


class Room:
    """A browser of one size, language and theme, in which one person after the other looks round."""

    def __init__(self, browser: Browser, live: str, size: str, language: str, theme: str) -> None:
        self.live, self.name = live, f"{size} {language} {theme}"
        self.context = browser.new_context(viewport=SIZES[size], color_scheme=theme, locale="zh-CN")  # type: ignore[arg-type]  # theme is text
        self.context.add_cookies([{"name": "language", "value": language, "url": live}, {"name": "theme", "value": theme, "url": live}])
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.name} {self.page.url}: {error}"))

    def enter(self, staff: Staff, short: str) -> None:
        client = Client()
        client.force_login(Person.objects.get(uid=staff.people[short]), backend="gatepass.people.sign_in.PersonBackend")
        self.context.add_cookies([{"name": "gatepass", "value": client.cookies["gatepass"].value, "url": self.live}])

    def menu(self) -> list[str]:
        """Where the menu of the present page leads, and what is on every page besides; not the page itself."""
        found: list[str] = self.page.eval_on_selector_all(MENU, "all => all.map(one => one.getAttribute('href'))")
        return [path for path in dict.fromkeys([*found, "/me/", "/search?q=100"]) if path != "/"]

    def look(self, short: str, path: str, axe: Any) -> None:
        """One page as one person: what is wrong with it is kept."""
        answer = self.page.goto(f"{self.live}{path}", wait_until="domcontentloaded")
        where = f"{self.name} {short} {path}"
        if answer is None or answer.status != 200:
            self.wrong.append(f"{where}: {answer and answer.status}")
            return
        if self.page.evaluate(WIDER):
            self.wrong.append(f"{where}: scrolls sideways")
        if self.page.locator("h1").count() != 1:
            self.wrong.append(f"{where}: {self.page.locator('h1').count()} main headings")
        if axe is not None:
            found = axe.run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
            self.wrong += [f"{where}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.requirement("M1", "C19")
def test_every_page_of_every_menu_answers_and_fits_in_both_languages_and_sizes(browser: Browser, live: str, busy: Staff) -> None:
    """Each page once as the first position that has it, and the desk of everybody; axe looks at one page in light, at the next in dark."""
    from axe_playwright_python.sync_playwright import Axe

    axe, wrong = Axe(), []
    for size, language, theme, looking in ROOMS:
        room, seen = Room(browser, live, size, language, theme), set[str]()
        for short in ONE_OF_EACH:
            room.enter(busy, short)
            room.look(short, "/", axe if looking and short in ("lin", "deng") else None)
            for path in room.menu():
                if path not in seen:
                    seen.add(path)
                    room.look(short, path, axe if looking and len(seen) % 2 == (theme == "dark") else None)
        room.context.close()
        assert len(seen) > 20
        wrong += room.wrong
    assert wrong == []


@pytest.mark.requirement("A17")
def test_what_falls_due_later_is_drawn_when_it_is_opened(browser: Browser, live: str, busy: Staff) -> None:
    room = Room(browser, live, "phone", "zh", "light")
    room.enter(busy, "lin")
    room.page.goto(live)
    folded = room.page.locator("details.later")
    counted = int(folded.locator("summary span").inner_text())
    assert counted
    assert folded.locator("[data-row]").count() == 0
    folded.locator("summary").click()
    folded.locator("[data-row]").nth(counted - 1).wait_for()
    assert folded.locator("[data-row]").count() == counted
    assert room.page.evaluate(WIDER) is False
    assert room.wrong == []
