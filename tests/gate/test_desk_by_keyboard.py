"""The gate-pass desk in a real browser: one filled button, where the focus is; arrows move it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gate.stage import NOW, Stage, arrange, load, notice, order, stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FILLED = """() => { const paint = getComputedStyle(document.querySelector('.ready.sel .btn-primary')).backgroundColor;
  return [...document.querySelectorAll('.ready')].filter((row) => getComputedStyle(row.querySelector('.btn-primary')).backgroundColor === paint)
    .map((row) => row.id); }"""


@pytest.fixture
def now(fresh: str) -> Iterator[Stage]:
    """The small company with two vehicles inside, the server's clock at its moment."""
    before = os.environ.get("GATEPASS_CLOCK_OFFSET", "0")
    os.environ["GATEPASS_CLOCK_OFFSET"] = str((NOW - datetime.now(UTC)).total_seconds())
    yield stage()
    os.environ["GATEPASS_CLOCK_OFFSET"] = before


@pytest.mark.requirement("D10")
@pytest.mark.parametrize("size", ["page", "phone"])
def test_only_the_row_in_focus_has_the_filled_button_and_arrows_move_it(
    live: str, now: Stage, request: pytest.FixtureRequest, size: str
) -> None:
    view: Page = request.getfixturevalue(size)
    trips = [arrange(now, notice(now, order(now, 10))) for _ in range(2)]
    load(now, trips[1])
    client = Client()
    client.force_login(now.people["client_admin"], backend="gatepass.people.sign_in.PersonBackend")
    view.context.add_cookies([{"name": "gatepass", "value": client.cookies["gatepass"].value, "url": live}])
    view.goto(f"{live}/passes/")
    ids = view.eval_on_selector_all(".ready", "rows => rows.map(row => row.id)")
    assert sorted(ids) == sorted(str(trip.uid) for trip in trips)
    assert view.evaluate(FILLED) == [str(trips[1].uid)]
    other = next(one for one in ids if one != str(trips[1].uid))
    view.keyboard.press("ArrowUp" if ids.index(other) == 0 else "ArrowDown")
    assert view.evaluate(FILLED) == [other]
