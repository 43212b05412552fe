"""Goods inside the house that may not leave any more: rooms further up say what they take back at once (a pass that waits for its vehicle)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gatepass.journal.door import Case
from gatepass.rules.events import Event
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Stopped:
    """What may not leave: all goods of these orders, or those of these notices only; and why, in words for the paper that is void."""

    why: Text
    orders: Sequence[UUID] = ()
    notices: Sequence[UUID] = ()


Written = Callable[[], None]
Stop = Callable[[Case, Stopped], tuple[Sequence[Event], Written]]
STOPS: Final[list[Stop]] = []
"""What each room does: its events, and what it writes once they are decided. Registered when the program starts."""


def stop(case: Case, stopped: Stopped) -> tuple[list[Event], Written]:
    """Events and writes of every room; rows are locked as each room locks them."""
    events: list[Event] = []
    writes: list[Written] = []
    if stopped.orders or stopped.notices:
        for one in STOPS:
            more, write = one(case, stopped)
            events += more
            writes.append(write)

    def written() -> None:
        for write in writes:
            write()

    return events, written
