"""Reading a spreadsheet or CSV within limits: sizes are looked at before anything is unpacked, formulas are never evaluated."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gatepass.imports.columns import Cell
from gatepass.papers import jail
from gatepass.words import Text

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 150 * 1024 * 1024
MOST_PARTS: Final = 2000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 80
MOST_LETTERS: Final = 2000


class Unreadable(Exception):
    """The file cannot be taken; `said` tells why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        self.said = Text(zh, en)
        super().__init__(en)


@dataclass(frozen=True)
class Table:
    """The headers and the rows below, each with its number in the file (from 1). Wholly empty rows are left out."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read(name: str, data: bytes) -> Table:
    """The first sheet of an .xlsx, or a CSV in UTF-8 or GB18030. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("文件超过 10 MB，请分成几个", "The file is larger than 10 MB: split it")
    if not data:
        raise Unreadable("文件是空的", "The file is empty")
    if data[:2] == b"PK":
        return _table(_sheet(data))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("这是旧式 Excel 或加了密码的文件，请另存为不加密的 .xlsx", "Old or protected: save it as a plain .xlsx")
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise Unreadable("这不是 Excel 文件", "This is not an Excel file")
    return _table(_csv(data))


def _sheet(data: bytes) -> Iterator[Sequence[Any]]:
    """The first sheet, read in the jail: a file of a thousand bytes may claim seventeen thousand million cells."""
    _no_bomb(data)
    try:
        yield from jail.sheet(data, MOST_ROWS + 50)
    except jail.Unreadable as error:
        if str(error) == "large":
            raise _too_many() from error
        if str(error) == "limits":
            raise Unreadable(
                "这个文件里的格子太多（可能很远的地方有一格），请只留有用的行列再传",
                "It has too many cells (perhaps one far away): keep the rows and columns you need",
            ) from error
        raise Unreadable("这个 Excel 文件打不开，可能坏了", "This Excel file cannot be opened; it may be damaged") from error


def _no_bomb(data: bytes) -> None:
    """What the archive says it unpacks to, looked at before unpacking; a member that lies about it is cut off by its own size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise Unreadable("这个文件解开后太大，不接收", "This file unpacks to too much: it is not taken")
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise Unreadable("只接收 .xlsx 和 .csv", "Only .xlsx and .csv are taken")
    except zipfile.BadZipFile as error:
        raise Unreadable("这个 Excel 文件打不开，可能坏了", "This Excel file cannot be opened; it may be damaged") from error


def _csv(data: bytes) -> Iterator[Sequence[Any]]:
    text = _decoded(data)
    first = text.split("\n", maxsplit=1)[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    except csv.Error as error:
        raise Unreadable("这个 CSV 读不出来", "This CSV cannot be read") from error


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("只接收 .xlsx 和 .csv（UTF-8 或 GB18030）", "Only .xlsx and .csv (UTF-8 or GB18030) are taken")


def _table(rows: Iterator[Sequence[Any]]) -> Table:
    headers: tuple[str, ...] = ()
    found: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in enumerate(rows, start=1):
        cells = tuple(None if cell is None or str(cell).strip() == "" else cell for cell in row)
        if not any(cell is not None for cell in cells):
            continue
        if any(isinstance(cell, str) and len(cell) > MOST_LETTERS for cell in cells):
            raise Unreadable("有一格超过 2000 个字", "A cell holds more than 2000 characters")
        if not headers:
            headers = _headers(cells)
            continue
        found.append((number, cells[: len(headers)]))
        if len(found) > MOST_ROWS:
            raise _too_many()
    if not headers:
        raise Unreadable("第一张表是空的", "The first sheet is empty")
    return Table(headers, tuple(found))


def _headers(cells: Sequence[Cell]) -> tuple[str, ...]:
    last = max(n for n, cell in enumerate(cells) if cell is not None)
    if last >= MOST_COLUMNS:
        raise Unreadable("超过 80 列", "More than 80 columns")
    return tuple("" if cell is None else str(cell).strip() for cell in cells[: last + 1])


def _too_many() -> Unreadable:
    return Unreadable("超过 20000 行，请分成几个文件", "More than 20,000 rows: split the file")
