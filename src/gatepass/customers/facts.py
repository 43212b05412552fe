"""What clauses may know of customers. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass

from gatepass.rules.clauses import Fact
from gatepass.words import Text


@dataclass(frozen=True)
class FileState(Fact):
    """How complete a customer's file is (percent), what is missing, and whether anything was ordered before."""

    percent: int
    missing: tuple[Text, ...]
    ordered_before: bool
