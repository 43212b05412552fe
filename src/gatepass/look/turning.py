"""Turning from one thing to the next of the folder or list that it was opened from (Alt left and right). Folders register theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gatepass.roles import Sight
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a thing stands in what it was opened from. place, total: 0 where there is too much to count; addresses "" at the ends."""

    name: Text
    back: str
    place: int
    total: int
    before: str
    after: str


Turning = Callable[[Sight, UUID, Mapping[str, str]], Neighbours | None]
TURNINGS: Final[dict[str, Turning]] = {}


def turning_of(kind: str, sight: Sight, uid: UUID, asked: Mapping[str, str]) -> Neighbours | None:
    """For look/turning.html; None where it was not opened from a folder, or is in it no more."""
    made = TURNINGS.get(kind)
    return made(sight, uid, asked) if made else None
