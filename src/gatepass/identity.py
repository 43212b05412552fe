"""Public identifiers (UUIDv7), from a source that the simulator replaces by a seeded one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID


def uuid7(milliseconds: int, randomness: bytes) -> UUID:
    """A UUIDv7 of a Unix time in milliseconds and ten random bytes."""
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def _from_this_machine() -> UUID:
    return uuid7(time.time_ns() // 1_000_000, os.urandom(10))


_source: ContextVar[Callable[[], UUID]] = ContextVar("identity source", default=_from_this_machine)


def uid_in(value: object) -> UUID | None:
    """An id, also one that is still text; None for anything else."""
    try:
        return value if isinstance(value, UUID) else UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def new_id() -> UUID:
    return _source.get()()


@contextmanager
def ids_from(source: Callable[[], UUID]) -> Iterator[None]:
    """All identifiers made within come from this source."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
