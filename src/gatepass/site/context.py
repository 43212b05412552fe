"""What every template is given: the menu by the person's powers, language, theme, company and the present moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from gatepass.enforcement.queries.open_count import open_count
from gatepass.journal.clock import now
from gatepass.journal.watch import STOPPED, Doubt, doubt
from gatepass.look import nav
from gatepass.look.languages import language
from gatepass.look.themes import theme_of
from gatepass.people.firm import firm
from gatepass.roles import Position, Power, Sight
from gatepass.site import nightly, pulse


def shell(request: HttpRequest) -> dict[str, Any]:
    """`request.sight` gives the powers, and whose open duties stand beside the menu's first entry."""
    person = getattr(request, "user", None)
    signed_in = bool(person is not None and person.is_authenticated)
    seen = getattr(request, "sight", None)
    powers: frozenset[Power] = getattr(seen, "powers", frozenset())
    counters = cache(partial(_counters, request))
    return {
        "language": language(),
        "theme": theme_of(request),
        "now": now(),
        "demo": settings.DEMO,
        "saved": " ".join(str(message) for message in get_messages(request)),
        "company_name": _company_name(),
        "person": person if signed_in else None,
        "clock_doubt": lambda: _clock_doubt(seen),
        "backup_alarm": lambda: _backup_alarm(getattr(seen, "positions", frozenset())),
        "power_codes": {power.value for power in powers},
        "position_names": [position.text for position in sorted(getattr(seen, "positions", ()), key=lambda p: p.value)],
        "nav_work": lambda: nav.menu(nav.WORK, powers, request.path, counters()) if signed_in else (),
        "nav_rules": lambda: nav.menu(nav.RULES, powers, request.path, counters()) if signed_in else (),
    }


def _backup_alarm(positions: frozenset[Position]) -> nightly.Alarm | None:
    """What is wrong with the worker or with last night's backup, for administrator and head; asked for by the page that shows it."""
    if not positions & {Position.ADMINISTRATOR, Position.HEAD}:
        return None
    return pulse.alarm(datetime.now(UTC)) or (None if settings.DEMO else nightly.alarm(datetime.now(UTC)))


def _clock_doubt(seen: Sight | None) -> Doubt | None:
    """Why nothing can be done at present: on every page, to everybody."""
    return doubt() if seen is not None and (seen.revisions or {}).get(STOPPED) else None


def _counters(request: HttpRequest) -> Mapping[str, int]:
    """Asked for only where a menu is drawn: fragments have none."""
    seen, known = getattr(request, "sight", None), getattr(request, "menu_counts", None)
    if known is not None:
        return cast(Mapping[str, int], known)
    return {"desk": open_count(seen, at=now())} if seen is not None else {}


def _company_name() -> str:
    own = firm()
    return own.name_en or own.name if language() == "en" else own.name
