"""Where references are looked up while typing: kind to a query, and what a chosen one is called. Scoped like every query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gatepass.dispatch.queries import notices
from gatepass.orders import queries as orders
from gatepass.site import master_pickers as masters
from gatepass.roles import Sight

Picker = Callable[[Sight, str], list[dict[str, Any]]]
PICKERS: Final[dict[str, Picker]] = {
    "order": orders.pick,
    "notice": notices.pick,
    **masters.PICKERS,
}


def pick(sight: Sight, kind: str, needle: str) -> list[dict[str, Any]] | None:
    """Rows of {value, label, hint} for a needle; None where a kind cannot be looked up."""
    picker = PICKERS.get(kind)
    return picker(sight, needle) if picker else None


def shown(sight: Sight, kind: str, uid: UUID | str) -> str:
    """What a chosen thing is called in a form; its id where nothing better is known."""
    found = next((row["label"] for row in (pick(sight, kind, str(uid)) or []) if row["value"] == str(uid)), None)
    return str(found or "")
