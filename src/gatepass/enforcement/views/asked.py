"""What a request of these pages asks for: who, which day, which month, which language."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from gatepass.enforcement.queries import fines
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.roles import Sight
from gatepass.words import Language, Text
from gatepass.workcalendar.queries import current


def sight(request: SignedIn) -> Sight:
    return request.sight


def language(request: SignedIn) -> Language:
    """Of the page, unless ?language= asks for the other."""
    wished = request.GET.get("language") or request.language
    return "en" if wished == "en" else "zh"


def today() -> date:
    return current().local(clock.now()).date()


def day(request: SignedIn, name: str = "on") -> date:
    """The day asked for; today where none or none that there is."""
    return _read(request.GET.get(name, "")) or today()


def month(request: SignedIn) -> date:
    """The first of the month asked for (2026-11), at most the present one."""
    asked = _read(f"{request.GET.get('month', '')}-01")
    return min(asked or today(), today()).replace(day=1)


def _read(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def findings(sight: Sight, back: str, article: str = "") -> list[tuple[str, Text, str]]:
    """Sentences whose breach this person may record, with what they are about and the address of the form."""
    rows = fines.foundable(sight, on=today(), article=article)
    return [(number, what, do("record_finding", back, clause=number)) for number, what in rows]


def do(command: str, back: str, **given: object) -> str:
    """The address of a command's form, filled in, that leads back here."""
    return f"/do/{command}/?{urlencode({**given, '_back': back})}"
