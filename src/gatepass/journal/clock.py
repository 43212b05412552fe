"""The server's clock. The demo and the simulator move it; clients never do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

LEAP: Final = timedelta(minutes=10)  # by so much a clock may be set without being asked about it
BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_fixed: ContextVar[datetime | None] = ContextVar("fixed clock", default=None)


def now() -> datetime:
    """The present moment, in UTC; in the demo, with the demo's stored offset."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    return datetime.now(UTC) + timedelta(seconds=float(os.environ.get("GATEPASS_CLOCK_OFFSET", "0")))


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Everything within happens at this moment."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def is_fixed() -> bool:
    """Whether somebody of ours says what time it is."""
    return _fixed.get() is not None


def counted() -> float:
    """Seconds since the machine was started, its sleep included: nobody sets this clock."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@cache
def boot() -> str:
    """The machine and its present start; empty where the system does not tell."""
    try:
        return BOOT.read_text().strip()[:64]
    except OSError:
        return ""


class _Known:
    """What this process knows of the clock: what it showed, and the count beside it."""

    pair: tuple[datetime, float] | None = None


def leapt() -> bool:
    """Whether the clock moved by more than ten minutes beside the count since this process last looked."""
    if is_fixed():
        return False
    shows, seconds = now(), counted()
    known, _Known.pair = _Known.pair, (shows, seconds)
    return known is not None and abs(shows - known[0] - timedelta(seconds=seconds - known[1])) > LEAP
