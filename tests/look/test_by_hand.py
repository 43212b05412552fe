"""The pieces in a real browser: by keyboard alone, on a phone, under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def specimens(live: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(settings, "DEMO", True)
    yield f"{live}/look/"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about: errors of scripts and whatever the policy blocked."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    return heard


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name ?? ''"))


def test_the_page_runs_under_the_strict_policy_without_a_complaint(
    specimens: str, page: Page, complaints: list[str]
) -> None:
    answer = page.goto(specimens)
    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    assert complaints == []


def test_arrows_select_a_to_do_and_only_that_one_is_filled(specimens: str, page: Page) -> None:
    page.goto(specimens)
    page.keyboard.press("ArrowDown")
    assert page.locator(".todo[aria-current=true]").count() == 1
    assert page.locator(".todo").nth(1).get_attribute("aria-current") == "true"


def test_a_button_stays_under_the_pointer_while_its_row_is_selected(specimens: str, page: Page) -> None:
    page.goto(specimens)
    button = page.locator(".todo").nth(1).locator("[data-act]")
    before = button.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 10, before["y"] + 10)
    page.mouse.down()
    page.wait_for_timeout(50)
    assert button.bounding_box() == before
    page.mouse.move(before["x"] + 10, before["y"] - 60)  # let go elsewhere: selected, not pressed
    page.mouse.up()
    page.wait_for_function("document.querySelectorAll('.todo')[1].getAttribute('aria-current') === 'true'")


def test_all_keys_of_the_page_are_listed_by_a_question_mark(specimens: str, page: Page) -> None:
    page.goto(specimens)
    page.keyboard.press("?")
    assert "Ctrl K" in page.locator("#keys").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#keys").is_hidden()


def test_a_figure_opens_its_entries_in_place_and_closes_them(specimens: str, page: Page) -> None:
    page.goto(specimens)
    figure = page.locator(".stmt a.fig")
    figure.focus()
    page.keyboard.press("Enter")
    page.locator("tr.behind .entries").wait_for()
    assert figure.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert page.locator("tr.behind").count() == 0


def test_an_order_line_is_picked_copied_and_left_without_a_mouse(specimens: str, page: Page) -> None:
    page.goto(specimens)
    page.locator("input[name='lines-2-product__shown']").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("scpc")
    page.locator("#f-lines-2-product-list [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("input[name='lines-2-product']").input_value() == "p2"
    assert "doubt" not in (page.locator(".lines tbody tr").nth(2).get_attribute("class") or "")
    page.keyboard.press("Tab")
    assert focused(page) == "lines-2-cartons"
    page.keyboard.press("Control+d")
    assert page.locator("input[name='lines-4-product']").input_value() == "p2"
    page.keyboard.press("F8")
    assert focused(page) == "lines-1-product__shown"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-submit]')")


def test_tab_in_the_last_cell_adds_a_row_and_enter_in_an_empty_one_leaves(specimens: str, page: Page) -> None:
    page.goto(specimens)
    page.locator("input[name='lines-3-cartons']").fill("5")
    page.keyboard.press("Tab")
    assert focused(page) == "lines-4-product__shown"
    page.keyboard.press("Enter")
    assert page.locator(".lines tbody tr").count() == 5
    assert page.evaluate("document.activeElement.matches('[data-submit]')")


def test_nothing_happens_while_an_input_method_composes(specimens: str, page: Page) -> None:
    page.goto(specimens)
    cell = page.locator("input[name='lines-3-cartons']")
    cell.focus()
    cell.evaluate("""cell => cell.dispatchEvent(new KeyboardEvent('keydown',
        {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))""")
    assert page.locator(".lines tbody tr").count() == 4
    assert focused(page) == "lines-3-cartons"


def test_a_form_pressed_twice_is_sent_once(specimens: str, page: Page) -> None:
    page.goto(specimens)
    sent: list[str] = []
    page.route("**/look/", lambda route: sent.append(route.request.method))  # never answered
    page.evaluate("""() => {
        const button = document.querySelector('#specimen-form [data-submit]'); button.click(); button.click(); }""")
    page.wait_for_timeout(300)
    assert sent == ["POST"]


def test_the_theme_changes_without_a_new_page_and_stays(specimens: str, page: Page) -> None:
    page.goto(specimens)
    with page.expect_response("**/look/theme"):
        page.locator(".top [data-theme-switch] button:visible").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_language_changes_and_stays(specimens: str, page: Page) -> None:
    page.goto(specimens)
    page.locator(".top form[action='/look/language'] button").click()
    page.wait_for_url(specimens)
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ["", "phone", "refusal", "refused"], ids=lambda path: path or "desk")
def test_nothing_scrolls_sideways_on_a_phone_and_every_target_is_large(specimens: str, phone: Page, path: str) -> None:
    phone.goto(specimens + path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    small = phone.evaluate("""() => [...document.querySelectorAll(
            'a, button, select, textarea, input:not([type=hidden])')]
        .filter(one => one.offsetParent && !one.closest('.skip, label'))
        .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect().height
            + (one.matches('.clause, a.fig, .crumb a') ? 24 : 0) + (one.matches('[type=checkbox]') ? 26 : 0)])
        .filter(([, height]) => height < 47.5)""")
    assert small == []


def test_the_menu_opens_as_a_sheet_on_a_phone_and_closes_by_escape(specimens: str, phone: Page) -> None:
    phone.goto(specimens)
    phone.locator(".menu-open").click()
    assert phone.locator("#menu").is_visible()
    phone.keyboard.press("Escape")
    phone.wait_for_function("getComputedStyle(document.getElementById('menu')).display === 'none'")


def test_a_signature_becomes_a_picture_and_can_be_cleared(specimens: str, page: Page) -> None:
    page.goto(specimens + "phone")
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 30, steps=6)
    page.mouse.up()
    value = page.locator("input[name=signature]")
    assert value.input_value().startswith("data:image/png;base64,")
    page.locator("[data-clear]").click()
    assert value.input_value() == ""


@pytest.mark.parametrize("path", ["", "phone", "refusal", "refused"], ids=lambda path: path or "desk")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(specimens: str, page: Page, path: str, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.context.add_cookies([{"name": "theme", "value": theme, "url": specimens}])
    page.goto(specimens + path)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:4]) for one in found] == []
