"""The entry of an order by keyboard in a real browser: what the picker tells, doubtful rows, keys, what is kept when the page is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk_pages import Visitor
from test_order_browser import as_somebody, searchable

from company import Staff, ready, taken
from gatepass.catalogue.models import Product
from gatepass.orders.offering import offers
from gatepass.pinyin import spelling
from gatepass.roles import Power
from gatepass.stock.models import Reservation

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["searchable"]
OPTION = ".pick:not([hidden]) li[role=option]"


def new_order(page: Page, live: str, staff: Staff, language: str = "zh") -> None:
    as_somebody(page, live, staff, "lin", language)
    page.goto(f"{live}/orders/new/?customer={staff.customer}")


def typed(page: Page, letters: str) -> list[str]:
    """What the picker says of each product for these letters."""
    page.keyboard.type(letters, delay=20)
    page.wait_for_selector(OPTION)
    return [" ".join(one.split()) for one in page.locator(OPTION).all_inner_texts()]


@pytest.mark.browser
@pytest.mark.requirement("C2", "D1")
def test_the_picker_tells_what_he_took_last_what_it_costs_him_today_and_what_is_free(live: str, searchable: Staff, page: Page) -> None:
    ready(searchable, cartons=80)
    aside = sum(row.cartons for row in Reservation.objects.filter(product__code="100101"))
    assert aside > 0
    new_order(page, live, searchable)
    page.focus('[name="lines-0-product__shown"]')
    assert typed(page, "pxdb") == [f"郫县豆瓣 一级 500g×20 上次 80 件 · 128.00 · 现存 {400 - aside}"]
    page.keyboard.press("Enter")
    assert page.input_value('[name="lines-0-product__shown"]') == "郫县豆瓣 一级"
    page.focus('[name="lines-1-product__shown"]')
    assert typed(page, "scpc") == ["四川泡菜 400g×24 没订过 · 96.00 · 现存 400"]


@pytest.mark.requirement("C2", "A14")
def test_the_picker_keeps_from_people_what_is_not_for_them(searchable: Staff) -> None:
    from dataclasses import replace

    from gatepass.people.sight import sight

    lin, _ = sight(searchable.people["lin"], searchable.at)
    assert lin is not None
    taken(searchable, cartons=30)
    whole, *_ = offers(lin, searchable.customer, "100101", searchable.today())
    assert (whole.last, whole.priced, whole.free) == (30, True, 400)
    blind = replace(lin, powers=lin.powers - {Power.SEE_STOCK, Power.KEEP_STOCK})
    unseen, *_ = offers(blind, searchable.customer, "100101", searchable.today())
    assert (unseen.last, unseen.free) == (30, None)
    unpriced = replace(lin, powers=lin.powers - {Power.SEE_MONEY})
    silent, *_ = offers(unpriced, searchable.customer, "100101", searchable.today())
    assert (silent.priced, silent.yuan, silent.hint.en) == (False, None, "last 30 ctn · 400 free")
    elsewhere = replace(lin, regions=frozenset({"西北"}))
    stranger, *_ = offers(elsewhere, searchable.customer, "100101", searchable.today())
    assert (stranger.last, stranger.priced) == (None, False)


@pytest.mark.requirement("A14")
def test_who_takes_no_orders_asks_the_picker_in_vain(searchable: Staff) -> None:
    for who in ("yang", "deng", "feng", "luo"):
        assert Visitor(searchable, who).get("/orders/new/products?q=pxdb").status_code in (403, 404), who


@pytest.mark.browser
@pytest.mark.requirement("C2", "D2")
def test_giveaways_prices_and_doubtful_rows_appear_while_one_types(live: str, searchable: Staff, page: Page) -> None:
    new_order(page, live, searchable)
    page.focus('[name="lines-0-product__shown"]')
    typed(page, "pxdb")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "lines-0-cartons"
    page.keyboard.type("120")
    page.wait_for_selector("#l-0-gift:has-text('6')")
    assert page.inner_text("#l-0-yuan") == "128.00"
    page.focus('[name="lines-1-product__shown"]')
    page.keyboard.type("xyz")
    page.wait_for_selector("tr.doubt #l-1-hint:has-text('请选货品')")
    assert "1 行待确认" in page.inner_text("[data-grid-state]")
    page.focus('[name="lines-0-cartons"]')
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.name") == "lines-1-product__shown"
    page.keyboard.press("Control+a")
    typed(page, "scpc")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr:has(#l-1-hint):not(.doubt)")
    page.wait_for_selector("#l-1-yuan:has-text('96.00')")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.name") == "lines-1-cartons"


@pytest.mark.browser
@pytest.mark.requirement("C2")
def test_rows_are_picked_copied_emptied_and_added_by_keys(live: str, searchable: Staff, page: Page) -> None:
    new_order(page, live, searchable)
    page.focus('[name="lines-0-cartons"]')
    page.keyboard.press("F4")
    page.wait_for_selector(OPTION)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "lines-0-cartons"
    page.keyboard.type("12")
    page.keyboard.press("Control+d")
    page.wait_for_selector("tr.doubt:has-text('前面已有')")
    copy = page.evaluate("document.activeElement.name").split("-")[1]
    assert page.input_value(f'[name="lines-{copy}-cartons"]') == "12"
    assert page.inner_text(f"#l-{copy}-yuan") == "128.00"
    for name in (f"lines-{copy}-product__shown", f"lines-{copy}-cartons"):
        page.fill(f'[name="{name}"]', "")
    page.wait_for_selector(f"#l-{copy}-yuan:empty", state="attached")
    rows = page.locator("[data-grid] tbody tr")
    before = rows.count()
    rows.last.locator('[name$="-cartons"]').focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    assert rows.count() == before + 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hasAttribute('data-submit')")


@pytest.mark.browser
@pytest.mark.requirement("C2")
def test_an_input_method_composing_is_left_alone_and_bare_letters_are_only_letters(live: str, searchable: Staff, page: Page) -> None:
    new_order(page, live, searchable)
    page.focus('[name="lines-0-product__shown"]')
    page.evaluate(
        """() => { const at = document.activeElement;
        at.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
        for (const key of ['Enter', 'F4', 'F8', 'Escape', 'ArrowDown', 'd'])
          at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true, ctrlKey: key === 'd' })); }"""
    )
    assert page.evaluate("document.activeElement.name") == "lines-0-product__shown"
    assert page.locator("[data-grid] tbody tr").count() == 10
    assert page.locator(".pick:not([hidden])").count() == 0
    page.evaluate("document.activeElement.blur()")
    for letter in "abdefhjklnpstwxyz":
        page.keyboard.press(letter)
    assert page.url.endswith(f"/orders/new/?customer={searchable.customer}")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.browser
@pytest.mark.requirement("C2")
def test_a_page_closed_in_the_middle_of_a_word_keeps_the_word(live: str, searchable: Staff, page: Page) -> None:
    new_order(page, live, searchable)
    page.fill('[name="lines-0-cartons"]', "77")
    context = page.context
    page.close(run_before_unload=True)
    again = context.new_page()
    again.goto(f"{live}/orders/new/?customer={searchable.customer}")
    again.click(".draft button >> nth=0")
    assert again.input_value('[name="lines-0-cartons"]') == "77"


@pytest.mark.requirement("C2")
def test_the_picker_costs_six_statements_however_many_products_there_are(searchable: Staff) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from gatepass.people.sight import sight

    taken(searchable)
    for number in range(8):
        found = spelling(f"豆瓣 {number}", "1kg")
        Product.objects.create(
            code=f"90{number}", name=f"豆瓣 {number}", spec="1kg", family="酱", pieces=10, weight_g=9000, volume_cm3=20000,
            shelf_life_days=300, pinyin=found.pinyin, initials=found.initials, grams=list(found.grams),
        )  # fmt: skip
    lin, _ = sight(searchable.people["lin"], searchable.at)
    assert lin is not None
    with CaptureQueriesContext(connection) as ran:
        made = offers(lin, searchable.customer, "豆瓣", searchable.today())
    assert len(made) == 9
    assert made[0].last == 100
    assert len(ran) <= 6
