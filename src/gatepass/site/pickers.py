"""Where references are looked up while typing: kind to a query, and what a chosen one is called. Scoped like every query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gatepass.dispatch.queries import notices
from gatepass.orders import queries as orders
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.site import desk_pickers as desk
from gatepass.site import master_pickers as masters
from gatepass.transport import picks as transport

Row = dict[str, Any]
Picker = Callable[[Sight, str], list[Row]]


def _orders(sight: Sight, needle: str) -> list[Row]:
    try:
        found = orders.order_row(sight, UUID(needle))
    except ValueError:
        return orders.pick(sight, needle)
    return [{"value": str(found.uid), "label": found.number, "hint": found.customer_name}]


PICKERS: Final[dict[str, Picker]] = {
    **masters.PICKERS,
    **desk.PICKERS,
    "order": _orders,
    "notice": notices.pick,
    "notice_line": notices.pick_line,
    "trip": transport.trips,
    "consignment": transport.consignments,
    "waybill": transport.waybills,
}


def pick(sight: Sight, kind: str, needle: str) -> list[Row] | None:
    """Rows of {value, label, hint} for a needle; None where a kind cannot be looked up."""
    picker = PICKERS.get(kind)
    try:
        return picker(sight, needle) if picker else None
    except NotFound:
        return []


def shown(sight: Sight, kind: str, uid: UUID | str) -> str:
    """What a chosen thing is called in a form; empty where it is not to be seen."""
    found = next((row["label"] for row in (pick(sight, kind, str(uid)) or []) if row["value"] == str(uid)), None)
    return str(found or "")
