"""A list from a file to the customers' page in a real Chromium, on the desk and on a phone; and from the command line."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sheets import CUSTOMERS, xlsx

from gatepass.customers.models import Customer
from masters import SECRET, House, with_password

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROW = ("K078", "昆明滇味楼食品有限公司", "滇味楼", "云南", "B", "0871-63110022")


def brought_in(page: Page, live: str, file: Path) -> None:
    page.goto(f"{live}/sign-in/?next=/import/customers/")
    page.fill("#name", "sun")
    page.fill("#password", SECRET)
    page.click("form button.btn-primary")
    page.set_input_files("#file", file)
    page.click("form button.btn-primary")
    page.wait_for_selector("h1:has-text('1 行都对')")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
    page.click("form button.btn-primary")
    page.wait_for_selector("[data-saved]")
    assert page.is_visible("text=滇味楼")


@pytest.mark.browser
@pytest.mark.requirement("A11")
@pytest.mark.parametrize("size", ["page", "phone"])
def test_a_list_goes_from_the_file_to_the_page(house: House, live: str, tmp_path: Path, size: str, request: pytest.FixtureRequest) -> None:
    with_password(house, "sun")
    file = tmp_path / "客户.xlsx"
    file.write_bytes(xlsx(CUSTOMERS, ROW))
    brought_in(request.getfixturevalue(size), live, file)
    assert Customer.objects.get().code == "K078"


def test_the_command_line_brings_a_list_in_and_gives_it_out(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gatepass.site.cli import _company, export, import_

    monkeypatch.setattr(_company, "on_company", lambda work: work())
    file, out = tmp_path / "in.xlsx", tmp_path / "out.csv"
    file.write_bytes(xlsx(CUSTOMERS, ROW))
    given = Namespace(kind="customers", file=file, username="sun", check=False)
    assert import_.run(given) == 0
    assert import_.run(given) == 1
    assert "Another customer has this code" in capsys.readouterr().err
    assert export.run(Namespace(kind="customers", file=out, template=False)) == 0
    assert "昆明滇味楼" in out.read_text("utf-8-sig")


def test_the_command_line_knows_the_same_lists_as_the_program(house: House) -> None:
    from gatepass.imports.kinds import KINDS
    from gatepass.site.cli import import_

    assert set(import_.KINDS) == set(KINDS)
