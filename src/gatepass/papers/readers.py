"""Who may read which papers, and what prints live: told by the modules that make them, because papers know no module.

A module registers each of its kinds once, in its `AppConfig.ready()`. A kind that nobody registered is absent for
everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gatepass.papers.shapes import Live
from gatepass.roles import Sight

MayRead = Callable[[Sight, UUID], bool]
LiveOf = Callable[[UUID, int], Live]
CopiesFor = Callable[[Sight, UUID], Collection[str] | None]


@dataclass(frozen=True, slots=True)
class Reader:
    may_read: MayRead
    live: LiveOf | None
    copies: CopiesFor | None


_readers: Final[dict[str, Reader]] = {}


def register(kind: str, may_read: MayRead, *, live: LiveOf | None = None, copies: CopiesFor | None = None) -> None:
    """For papers of `kind`: `may_read(sight, subject)` decides; `live(subject, version)` gives signatures, vehicle,
    batches, voiding, link; `copies(sight, subject)` names the copies that this viewer may have, None meaning all.
    Raises ValueError when the kind has its reader."""
    if kind in _readers:
        raise ValueError(f"papers of kind {kind} have their reader already")
    _readers[kind] = Reader(may_read, live, copies)


def reader(kind: str) -> Reader | None:
    return _readers.get(kind)
