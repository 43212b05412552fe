"""The jail's child process: reads one foreign file after another and does nothing else. It knows nothing of the program but the frames."""

from __future__ import annotations

import contextlib
import io
import json
import resource
import socket
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError
from python_calamine import CalamineError, CalamineWorkbook

from gatepass.papers.frames import LENGTH, framed, received
from gatepass.papers.limits import allow_seconds, limit

Job = dict[str, Any]
Settings = dict[str, Any]
PICTURES: Final = ("JPEG", "PNG", "WEBP")
SHOWN: Final = {date: "date", datetime: "datetime", time: "time"}


class TooLarge(Exception):
    """More cells or pixels than are taken."""


def sheet(data: bytes, job: Job, settings: Settings) -> list[bytes]:
    """The first sheet as JSON: rows of cells; what JSON does not know as a pair of its kind and text."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    if found.total_height > job["rows"] or found.total_height * found.total_width > settings["cells"]:
        raise TooLarge
    return [json.dumps([[_told(cell) for cell in row] for row in found.iter_rows()], ensure_ascii=False).encode()]


def _told(cell: Any) -> Any:
    if isinstance(cell, timedelta):
        return ["span", cell.total_seconds()]
    kind = SHOWN.get(type(cell))
    return [kind, cell.isoformat()] if kind else cell


def picture(data: bytes, _: Job, settings: Settings) -> list[bytes]:
    """Made anew from its pixels: what a camera or a forger wrote beside them stays behind."""
    found = _opened(data, settings)
    kind = "PNG" if found.format == "PNG" else "JPEG"
    upright = ImageOps.exif_transpose(found)
    upright.thumbnail((settings["side"], settings["side"]))
    plain = upright.convert("RGBA" if kind == "PNG" and "A" in upright.getbands() else "RGB")
    made = io.BytesIO()
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    bare.save(made, kind, **({"quality": 88} if kind == "JPEG" else {"optimize": False}))
    return [made.getvalue()]


def codes(data: bytes, _: Job, settings: Settings) -> list[bytes]:
    found = _opened(data, settings)
    found.thumbnail((settings["side"], settings["side"]))
    read = zxingcpp.read_barcodes(found.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [one.text.encode() for one in read]


def _opened(data: bytes, settings: Settings) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # looked at here, before anything is unpacked
    found = Image.open(io.BytesIO(data), formats=PICTURES)
    if found.width * found.height > settings["pixels"]:
        raise TooLarge
    return found


READERS: Final[dict[str, Callable[[bytes, Job, Settings], list[bytes]]]] = {"sheet": sheet, "picture": picture, "codes": codes}


def answered(message: bytes, settings: Settings) -> tuple[bytes, list[bytes]]:
    """What went wrong, in a word, and the pieces."""
    head, _, data = message.partition(b"\n")
    job: Job = json.loads(head)
    try:
        return b"", READERS[job["kind"]](data, job, settings)
    except TooLarge:
        return b"large", []
    except MemoryError:
        return b"limits", []
    except (CalamineError, UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, OverflowError):
        return b"damaged", []


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    settings: Settings = json.loads(sys.argv[2])
    limit(resource.RLIMIT_AS, settings["memory"])
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        while True:
            message = received(line)
            allow_seconds(settings["seconds"])
            said, pieces = answered(message, settings)
            line.sendall(framed(said) + LENGTH.pack(len(pieces)))
            for piece in pieces:
                line.sendall(framed(piece))


if __name__ == "__main__":
    main()
