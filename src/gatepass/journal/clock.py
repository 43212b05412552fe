"""The server's clock. The demo and the simulator move it; clients never do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

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
