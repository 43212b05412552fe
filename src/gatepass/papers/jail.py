"""The jail: whatever comes from outside is read in a child of its own, under limits of time, memory, cells and pixels.

    sheet(data)      the cells of a spreadsheet's first sheet
    picture(data)    a picture made anew, without what its camera wrote into it
    codes(data)      the texts of the QR codes in a picture

What takes too much, or breaks the reader, is an answer (Unreadable), never the end of the process that asked.
"""

from __future__ import annotations

import atexit
import json
import os
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from gatepass.papers.children import Child, ChildFailed

MEMORY: Final = 700 << 20
SECONDS: Final = 15
MOST_SIDE: Final = 2400  # pixels of a picture that is kept or searched
MOST_PIXELS: Final = 60_000_000
MOST_CELLS: Final = 4_000_000


class Unreadable(Exception):
    """It cannot be read: why, as `damaged`, `large` (too many cells or pixels) or `limits` (the child ran out of time or memory)."""


class Jail(Child):
    """The child of this process that reads."""

    def __init__(self, *, wall: float = 25.0, seconds: int = SECONDS, memory: int = MEMORY, jobs: int = 100) -> None:
        settings = json.dumps({"memory": memory, "seconds": seconds, "cells": MOST_CELLS, "pixels": MOST_PIXELS, "side": MOST_SIDE})
        super().__init__("gatepass.papers.jailed", settings, wall=wall, jobs=jobs)

    def read(self, kind: str, data: bytes, **more: Any) -> list[bytes]:
        """The pieces that the reader of this kind made. Raises Unreadable."""
        job = json.dumps({"kind": kind} | more).encode() + b"\n" + data
        try:
            said, pieces = self.ask(job, kind)
        except ChildFailed as error:
            raise Unreadable("limits") from error
        if said:
            raise Unreadable(said.decode())
        return pieces


_jail = Jail()


def sheet(data: bytes, most_rows: int) -> list[list[Any]]:
    """Rows of the first sheet, cells as they were meant (text, numbers, days, moments, None). Raises Unreadable."""
    (said,) = _jail.read("sheet", data, rows=most_rows)
    return [[_cell(one) for one in row] for row in json.loads(said)]


def picture(data: bytes) -> bytes:
    """The same picture as JPEG, or PNG where it is one, turned upright, without metadata, at most MOST_SIDE wide. Raises Unreadable."""
    return _jail.read("picture", data)[0]


def codes(data: bytes) -> list[str]:
    """Raises Unreadable."""
    return [piece.decode() for piece in _jail.read("codes", data)]


def _cell(told: Any) -> Any:
    if not isinstance(told, list):
        return told
    kind, value = told
    made: dict[str, Any] = {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat}
    return timedelta(seconds=value) if kind == "span" else made[kind](value)


def _fresh() -> None:
    """After a fork the child belongs to the parent; this process starts its own when it needs one."""
    global _jail  # noqa: PLW0603 (one child a process, begun when it is first needed)
    _jail = Jail()


def _last_stop() -> None:
    _jail.stop()


os.register_at_fork(after_in_child=_fresh)
atexit.register(_last_stop)
