"""Everything foreign is read in a jail: bombs are answers, the next file is read, and a picture leaves what was hidden in it behind."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from typing import Any

import pytest
import segno
import xlsxwriter
from PIL import Image

from gatepass.imports.reading import Unreadable, read
from gatepass.papers import jail
from gatepass.transport.pictures import picture


def book(*cells: tuple[int, int, Any]) -> bytes:
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made)
    sheet = workbook.add_worksheet()
    for row, column, value in cells:
        sheet.write(row, column, value)
    workbook.close()
    return made.getvalue()


def claims(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


BOMBS = {"a cell in the far corner": ((0, 0, "编码"), (1048575, 16383, "x")), "rows to the end": ((0, 0, "编码"), (1048575, 0, "x"))}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_spreadsheet_that_claims_too_much_is_an_answer_and_the_next_one_is_read(bomb: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read("list.xlsx", book(*BOMBS[bomb]))
    assert refused.value.said.zh and refused.value.said.en and time.monotonic() - started < 60
    table = read("list.xlsx", book((0, 0, "编码"), (1, 0, "K1"), (1, 1, 2.5)))
    assert (table.headers, table.rows[0][1][0]) == (("编码",), "K1")


def test_pixel_bombs_are_answers_on_every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    for bomb in (claims(30_000, 30_000), claims(7_000, 7_000), claims(0, 5), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 and no more"):
        for reader in (jail.picture, jail.codes):
            with pytest.raises(jail.Unreadable):
                reader(bomb)
    photo = io.BytesIO()
    segno.make("QR7K2M9PXD").save(photo, kind="png", scale=8)
    assert jail.codes(photo.getvalue()) == ["QR7K2M9PXD"]


def test_a_picture_is_made_anew_without_what_the_camera_wrote() -> None:
    from base64 import b64encode

    where = Image.Exif()
    where[0x010E] = "30.6586N 104.0648E"
    photo = io.BytesIO()
    Image.new("RGB", (3000, 1500), "red").save(photo, "JPEG", exif=where)
    assert b"104.0648E" in photo.getvalue()
    kept, wrong = picture(b64encode(photo.getvalue()).decode(), 10_000_000)
    assert wrong is None and b"104.0648E" not in kept and Image.open(io.BytesIO(kept)).size == (2400, 1200)
    for broken in (b"\x89PNG\r\n\x1a\n", claims(30_000, 30_000)):
        kept, wrong = picture(b64encode(broken).decode(), 10_000_000)
        assert kept == b"" and wrong is not None and wrong.field == "image"


def test_a_reader_that_is_killed_or_runs_too_long_is_replaced() -> None:
    small = jail.Jail(wall=5, seconds=2)
    photo = io.BytesIO()
    Image.new("RGB", (10, 10)).save(photo, "PNG")
    assert small.read("picture", photo.getvalue())
    assert small._process is not None
    first = small._process.pid
    os.kill(first, 9)
    small._process.wait()
    assert small.read("picture", photo.getvalue()) and small._process.pid != first
    small.stop()
