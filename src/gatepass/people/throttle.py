"""Wrong passwords slow down who tries: after five for one name, ten minutes. Kept per process; passwords are Argon2 anyway."""

from __future__ import annotations

import time
from typing import Final

FREE: Final = 5
MINUTES: Final = 10
MOST_NAMES: Final = 10_000
_tries: dict[str, tuple[int, float]] = {}


def waiting(name: str) -> int:
    """Minutes until this name may be tried again; 0 for now."""
    count, last = _tries.get(name, (0, 0.0))
    left = last + MINUTES * 60 - time.monotonic()
    return int(left // 60) + 1 if count >= FREE and left > 0 else 0


def failed(name: str) -> None:
    count, last = _tries.get(name, (0, 0.0))
    stale = time.monotonic() - last > MINUTES * 60
    if len(_tries) >= MOST_NAMES and name not in _tries:
        _tries.clear()
    _tries[name] = (1 if stale else count + 1, time.monotonic())


def forgiven(name: str) -> None:
    _tries.pop(name, None)
