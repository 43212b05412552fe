"""What clauses may know of production's papers. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass

from gatepass.rules.clauses import Fact


@dataclass(frozen=True)
class Remarks(Fact):
    """The free texts about to go to production, and the addresses and phones of the customer that must not be in them."""

    texts: tuple[str, ...]
    secrets: tuple[str, ...]
