"""Until when something that a paper names is owed: asked of whoever keeps the clocks, because papers know no law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Finder = Callable[[str, UUID], datetime | None]


class _Hooks:
    finder: Finder | None = None


def know_deadlines(finder: Finder) -> None:
    """Register who keeps the clocks: enforcement."""
    _Hooks.finder = finder


def deadline(sentence: str, subject: UUID) -> datetime | None:
    """When a sentence of the rulebook (`D4.3`) runs out for a thing, as its clock stands or stood; None where none was opened."""
    return _Hooks.finder(sentence, subject) if _Hooks.finder else None
