"""The term of a sentence of the rulebook, as it stands in force: what a page says of a deadline it takes from the law, never from itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gatepass.words import Text

Finder = Callable[[str, datetime], Text]


class _Hooks:
    finder: Finder | None = None


def know_terms(finder: Finder) -> None:
    """Register who knows the law: enforcement."""
    _Hooks.finder = finder


def term_of(sentence: str, at: datetime) -> Text:
    """`D2.2` at a moment: 4 个工作小时, 4 office hours. Raises LookupError for a sentence without a term, or while nobody knows the law."""
    if _Hooks.finder is None:
        raise LookupError("nobody knows the law yet")
    return _Hooks.finder(sentence, at)
