"""Files as people bring them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import xlsxwriter

CUSTOMERS = ("编码", "名称", "简称", "片区", "客户级别", "电话")


def xlsx(headers: tuple[str, ...], *rows: tuple[Any, ...]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((headers, *rows)):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def bomb(megabytes: int) -> bytes:
    """A small archive that unpacks to a lot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * megabytes * 1024 * 1024)
    return held.getvalue()
