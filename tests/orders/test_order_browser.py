"""One order in a real browser: taken by keyboard, sent, confirmed on a phone, paid; nothing overflows, in both languages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from desk_pages import BACKEND
from django.test import Client

from company import Staff
from gatepass.catalogue.models import Product
from gatepass.customers.models import Customer
from gatepass.orders.models import Order
from gatepass.people.models import Person
from gatepass.pinyin import spelling
from gatepass.receivables.models import Receipt

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def searchable(staff: Staff) -> Iterator[Staff]:
    """The small company with its search keys, the server's clock at its moment."""
    for row in Customer.objects.all():
        found = spelling(row.name, row.short_name)
        Customer.objects.filter(pk=row.pk).update(pinyin=found.pinyin, initials=found.initials, grams=list(found.grams))
    for product in Product.objects.all():
        found = spelling(product.name, product.spec)
        Product.objects.filter(pk=product.pk).update(pinyin=found.pinyin, initials=found.initials, grams=list(found.grams))
    before = os.environ.get("GATEPASS_CLOCK_OFFSET", "0")
    os.environ["GATEPASS_CLOCK_OFFSET"] = str((staff.at - datetime.now(UTC)).total_seconds())
    yield staff
    os.environ["GATEPASS_CLOCK_OFFSET"] = before


def as_somebody(page: Page, live: str, staff: Staff, who: str, language: str = "zh") -> None:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), backend=BACKEND)
    page.context.add_cookies(
        [{"name": "gatepass", "value": client.cookies["gatepass"].value, "url": live}, {"name": "language", "value": language, "url": live}]
    )


def fits(page: Page) -> bool:
    """Nothing scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


@pytest.mark.requirement("C2", "D1", "D2", "D4")
def test_an_order_goes_from_the_keyboard_to_the_customers_phone_and_the_bank(live: str, searchable: Staff, page: Page, phone: Page) -> None:
    staff, wrong = searchable, []
    for one in (page, phone):
        one.on("pageerror", lambda error: wrong.append(str(error)))
        one.on("console", lambda said: wrong.append(said.text) if said.type == "error" and "422" not in said.text else None)
    as_somebody(page, live, staff, "lin")
    page.goto(f"{live}/orders/new/")
    page.keyboard.type("ywy", delay=20)
    page.wait_for_selector(".pick:not([hidden]) li[role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-caller]")
    page.focus('[name="lines-0-product__shown"]')
    for letters, cartons in (("pxdb", "120"), ("scpc", "60")):
        page.keyboard.type(letters, delay=20)
        page.wait_for_selector(".pick:not([hidden]) li[role=option]")
        page.keyboard.press("Enter")
        page.keyboard.type(cartons)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    page.wait_for_selector("#totals:has-text('21,120.00')")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/orders/*-*/")
    order = Order.objects.get()
    assert (order.cartons, order.goods_fen) == (180, 2_112_000)
    staff.run("answer_account_check", "zhou", order=order.uid)
    page.goto(f"{live}/orders/{order.uid}/send/")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/link/")
    page.keyboard.press("Control+Enter")
    address = page.inner_text("#address")
    phone.goto(address)
    assert fits(phone)
    phone.click("button[value=confirm]")
    phone.wait_for_selector(".band.go")
    as_somebody(page, live, staff, "zhou")
    page.goto(f"{live}/receipts/new/?customer={staff.customer}")
    page.fill("[name=amount]", "21120.00")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/receipts/*-*/")
    assert Receipt.objects.get().difference_fen == 0
    assert wrong == []


@pytest.mark.requirement("C2")
def test_a_half_typed_order_is_offered_back(live: str, searchable: Staff, page: Page) -> None:
    as_somebody(page, live, searchable, "lin")
    page.goto(f"{live}/orders/new/?customer={searchable.customer}")
    page.fill('[name="lines-0-cartons"]', "77")
    page.wait_for_timeout(700)
    page.goto(f"{live}/orders/new/?customer={searchable.customer}")
    page.click(".draft button >> nth=0")
    assert page.input_value('[name="lines-0-cartons"]') == "77"


@pytest.mark.requirement("D1")
def test_as_last_time_fills_the_grid(live: str, searchable: Staff, page: Page) -> None:
    from company import taken

    taken(searchable, cartons=80)
    as_somebody(page, live, searchable, "lin")
    page.goto(f"{live}/orders/new/?customer={searchable.customer}")
    page.keyboard.press("Alt+l")
    page.wait_for_selector("#totals:has-text('10,240.00')")
    assert page.input_value('[name="lines-0-cartons"]') == "80"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "phone"])
def test_no_page_of_the_desk_scrolls_sideways(
    live: str, searchable: Staff, request: pytest.FixtureRequest, size: str, language: str
) -> None:
    from company import paid, sent

    staff, view = searchable, request.getfixturevalue(size)
    order, open_one = paid(staff), sent(staff, code="200101", cartons=60)
    receipt = Receipt.objects.get().uid
    as_somebody(view, live, staff, "lin", language)
    paths = [
        "/orders/",
        f"/orders/new/?customer={staff.customer}",
        f"/orders/{order}/",
        f"/orders/{open_one}/send/",
        f"/orders/{open_one}/link/",
        "/production/?show=all",
        "/production/plans/",
        "/stock/",
        f"/stock/{staff.products['100101']}/",
        f"/customers/{staff.customer}/account/",
    ]
    for path in paths:
        assert view.goto(live + path).status == 200, path
        assert fits(view), path
    as_somebody(view, live, staff, "zhou", language)
    for path in ("/receipts/", f"/receipts/new/?customer={staff.customer}", f"/receipts/{receipt}/"):
        assert view.goto(live + path).status == 200, path
        assert fits(view), path
