"""What a countdown shows: its level, the share of the term that is used, its words.

Pure; static/look/countdown.js follows the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from gatepass.look.moments import due as due_words
from gatepass.look.moments import span
from gatepass.words import Language

Level = Literal["calm", "amber", "red", "over"]
LAST_HOUR: Final = timedelta(hours=1)
LAST_MINUTES: Final = timedelta(minutes=15)
SHORT_TERM: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Countdown:
    """One clock on the page. `used` is a share of the term in whole percent, 0 to 100."""

    level: Level
    used: int
    left: str
    until: str


def level(due: datetime, opened: datetime | None, now: datetime) -> Level:
    """Calm; amber in the last hour (terms under two hours: from half); red in the last 15 minutes; over when due."""
    left = due - now
    if left <= timedelta(0):
        return "over"
    if left <= LAST_MINUTES:
        return "red"
    term = due - opened if opened else None
    short = term is not None and term < SHORT_TERM
    warned = term / 2 if short and term is not None else LAST_HOUR
    return "amber" if left <= warned else "calm"


def countdown(due: datetime, opened: datetime | None, now: datetime, language: Language) -> Countdown:
    left = due - now
    term = (due - opened).total_seconds() if opened else 0.0
    used = 100 if left <= timedelta(0) else 0
    if term > 0:
        used = max(0, min(100, round(100 * (1 - left.total_seconds() / term))))
    late = f"超时 {span(-left, 'zh')}" if language == "zh" else f"{span(-left, 'en')} late"
    words = span(left, language) if left > timedelta(0) else late
    return Countdown(level(due, opened, now), used, words, due_words(due, now, language))
