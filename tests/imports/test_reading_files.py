"""Reading files within limits, and cells as people type them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sheets import CUSTOMERS, bomb, xlsx

from gatepass.money import Money
from gatepass.rules.reasons import NotFound
from masters import House, customer


def column(kind: type, *, required: bool = True) -> Any:
    from gatepass.imports.columns import Column
    from gatepass.words import Text

    return Column("x", Text("某列", "some column"), kind, required, None)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (str, 13800000000.0, "13800000000"),
        (str, "  a\u00a0", "a"),
        (str, "'+86", "+86"),
        (int, 12.0, 12),
        (int, "1,200", 1200),
        (int, "１２", 12),
        (Decimal, 0.1, Decimal("0.1")),
        (Decimal, "12.50 元", Decimal("12.50")),
        (Money, 6218.4, Money(621840)),
        (Money, "¥1,234.50", Money(123450)),
        (Money, "-20", Money(-2000)),
        (Money, 0.1 + 0.2, Money(30)),
        (date, "2026年1月2日", date(2026, 1, 2)),
        (date, "2026/1/2", date(2026, 1, 2)),
        (date, datetime(2026, 1, 2), date(2026, 1, 2)),  # noqa: DTZ001 -- as Excel gives it
        (bool, "是", True),
        (bool, "No", False),
        (bool, True, True),
    ],
)
def test_a_cell_is_taken_as_it_is_meant(kind: type, cell: Any, value: Any) -> None:
    from gatepass.imports.columns import value_of

    assert value_of(cell, column(kind)) == (value, None)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (int, "十二"),
        (int, 1.5),
        (Decimal, "nan"),
        (Money, "1.234"),
        (date, "2026-02-30"),
        (date, "明天"),
        (bool, "也许"),
        (str, None),
        (Money, 0.125),
    ],
)
def test_a_cell_that_means_nothing_is_refused_in_words(kind: type, cell: Any) -> None:
    from gatepass.imports.columns import value_of

    value, problem = value_of(cell, column(kind))
    assert value is None and problem is not None and problem.zh and problem.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_that_excel_writes(encoding: str, separator: str) -> None:
    from gatepass.imports.reading import read

    text = "\r\n".join(separator.join(row) for row in (("编码", "名称"), ("K1", "渝味源"), ("", ""), ("K2", "秦味坊")))
    table = read("list.csv", text.encode(encoding))
    assert table.headers == ("编码", "名称")
    assert table.rows == ((2, ("K1", "渝味源")), (4, ("K2", "秦味坊")))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", bomb(200), "unpacks to too much"),
        ("a.xlsx", b"PK\x03\x04 rubbish", "cannot be opened"),
        ("a.xlsx", b"no archive", "not an Excel"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "Old or protected"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\0\1\2" * 99, "Only .xlsx and .csv"),
        ("a.csv", b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        ("a.csv", b"a\n" * 20_002, "More than 20,000 rows"),
        ("a.csv", ("a\n" + "b" * 2001).encode(), "more than 2000"),
        ("a.csv", (",".join("x" * 90) + "\n").encode(), "More than 80 columns"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_does_harm(name: str, data: bytes, why: str) -> None:
    from gatepass.imports.reading import Unreadable, read

    with pytest.raises(Unreadable, match=why):
        read(name, data)


def test_a_formula_is_never_evaluated() -> None:
    from gatepass.imports.reading import read

    table = read("a.xlsx", xlsx(CUSTOMERS, ("K1", "=1+1", "x", "", "", "")))
    assert table.rows[0][1][1] in (None, 0, "0", "", 0.0)  # the stored value: the writer stores 0 and computes nothing


def test_what_is_given_out_is_never_a_formula_and_comes_back_as_it_was(house: House) -> None:
    from gatepass.imports import writing
    from gatepass.imports.kinds import KINDS
    from gatepass.imports.reading import read

    customer(house, name='=HYPERLINK("http://evil.example")', short_name="+86", phone="-1")
    kind = KINDS["customers"]
    for data, name in (
        (writing.comma_separated(kind, kind.give(house.sees("sun"))), "a.csv"),
        (writing.workbook(kind, kind.give(house.sees("sun"))), "a.xlsx"),
    ):
        from gatepass.imports.columns import text_of

        _, cells = read(name, data).rows[0]
        assert [text_of(cell) for cell in cells[1:3]] == ['=HYPERLINK("http://evil.example")', "+86"]
    assert "\"'=HYPERLINK" in writing.comma_separated(kind, kind.give(house.sees("sun"))).decode()


def test_an_export_holds_what_its_reader_may_see_only(house: House) -> None:
    from gatepass.imports.kinds import KINDS

    customer(house)
    customer(house, "K002", "西安秦味坊食品有限公司", region="西北")
    give = KINDS["customers"].give
    assert give is not None
    assert [row["code"] for row in give(house.sees("yang"))] == ["K001"]
    with pytest.raises(NotFound):
        list(give(house.sees("wu")))
