"""Writing lists: templates with an example and notes, exports. Text never becomes a formula, in Excel or in CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from gatepass.imports.columns import Column, written
from gatepass.imports.kinds import Kind
from gatepass.words import Text

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOTES: Final = (
    Text(
        "第一行是表头，请不要改；第二行是示例，导入时会跳过，可以删掉。",
        "The first row holds the headers: leave them. The second is an example; it is skipped and may go.",
    ),
    Text("带 * 的列必填。日期写成 2026-11-24，金额以元为单位。", "Columns with * are needed. Dates as 2026-11-24, amounts in yuan."),
    Text("公式不会被计算，只取已算好的值。", "Formulas are not evaluated: only values are taken."),
    Text("有一处不对就一行也不导入，所有问题一次列出。", "Where anything is wrong nothing is imported; all problems are listed at once."),
)


def template(kind: Kind) -> bytes:
    """An .xlsx: headers in both languages, an example row, a sheet of notes."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        sheet, notes = book.add_worksheet(kind.title.zh), book.add_worksheet("说明 Notes")
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        faint = book.add_format({"italic": True, "font_color": "#666b75"})
        text = book.add_format({"num_format": "@"})
        for n, column in enumerate(kind.columns):
            sheet.write_string(0, n, column.header + (" *" if column.required else ""), bold)
            sheet.write_string(1, n, kind.example[n], faint)
            sheet.set_column(n, n, 22, text if column.type is str else None)
            if column.choices:
                words = [choice.zh for choice in column.choices]
                sheet.data_validation(2, n, 5000, n, {"validate": "list", "source": words, "ignore_blank": True})
        sheet.freeze_panes(1, 0)
        _notes(notes, kind, bold)
    return held.getvalue()


def _notes(sheet: Any, kind: Kind, bold: Any) -> None:
    lines: list[tuple[str, str]] = [(kind.about.zh, kind.about.en), *((note.zh, note.en) for note in NOTES), ("", "")]
    for column in kind.columns:
        choices = "、".join(f"{c.zh} ({c.en})" for c in column.choices)
        lines.append((column.header + (" *" if column.required else ""), choices))
    for row, (left, right) in enumerate(lines):
        sheet.write_string(row, 0, left, bold if row == 0 else None)
        sheet.write_string(row, 1, right)
    sheet.set_column(0, 1, 60)


def workbook(kind: Kind, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """An export as .xlsx, in the template's layout, so that it can be brought in again."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        sheet = book.add_worksheet(kind.title.zh)
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for n, column in enumerate(kind.columns):
            sheet.write_string(0, n, column.header, bold)
            sheet.set_column(n, n, 18)
        for number, row in enumerate(_rows(kind.columns, rows), start=1):
            for n, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, n, value, day)
                elif isinstance(value, str):
                    sheet.write_string(number, n, value)
                elif value is not None:
                    sheet.write_number(number, n, float(value))
        sheet.freeze_panes(1, 0)
    return held.getvalue()


def comma_separated(kind: Kind, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """An export as CSV in UTF-8 with its mark, which Excel needs. Text that a spreadsheet would run gets an apostrophe before it."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow([column.header for column in kind.columns])
    for row in _rows(kind.columns, rows):
        writer.writerow(["" if value is None else harmless(value) for value in row])
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def harmless(value: str | int | Decimal | date) -> str:
    """A cell that no spreadsheet takes for a formula. Numbers are safe as they are."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _rows(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> Iterable[list[str | int | Decimal | date | None]]:
    return ([written(row.get(column.name)) for column in columns] for row in rows)
