"""Where references are looked up while typing: kind to a query, and what a chosen one is called. Scoped like every query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gatepass.catalogue import queries as catalogue
from gatepass.customers import queries as customers
from gatepass.orders import queries as orders
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound

Row = dict[str, Any]
Picker = Callable[[Sight, str], list[Row]]


def _row(value: UUID, label: str, hint: str) -> Row:
    return {"value": str(value), "label": label, "hint": hint}


def _uid(needle: str) -> UUID | None:
    try:
        return UUID(needle)
    except ValueError:
        return None


def _customers(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    rows = [customers.one(sight, uid).row] if uid else customers.pick(sight, needle)
    return [_row(r.uid, r.name, f"{r.short_name} · {r.region}") for r in rows]


def _products(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    rows = [catalogue.one(sight, uid)] if uid else catalogue.pick(sight, needle)
    return [_row(r.uid, r.name, f"{r.spec} · {r.code}") for r in rows]


def _orders(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    if uid is None:
        return orders.pick(sight, needle)
    found = orders.order_row(sight, uid)
    return [_row(found.uid, found.number, found.customer_name)]


def _addresses(sight: Sight, needle: str) -> list[Row]:
    """By an address's own id, or by the customer whose name, initials or id is typed."""
    uid = _uid(needle)
    if uid and (found := customers.address(sight, uid)):
        return [_row(found.uid, found.label, found.address)]
    owners = [uid] if uid else [r.uid for r in customers.pick(sight, needle)][:4]
    return [_row(a.uid, a.label, f"{a.address} · {a.consignee}") for owner in owners for a in customers.addresses(sight, owner)]


PICKERS: Final[dict[str, Picker]] = {"customer": _customers, "product": _products, "order": _orders, "address": _addresses}


def pick(sight: Sight, kind: str, needle: str) -> list[Row] | None:
    """Rows of {value, label, hint} for a needle; None where a kind cannot be looked up."""
    picker = PICKERS.get(kind)
    try:
        return picker(sight, needle) if picker else None
    except NotFound:
        return []


def shown(sight: Sight, kind: str, uid: UUID | str) -> str:
    """What a chosen thing is called in a form; its id where nothing better is known."""
    found = next((row["label"] for row in (pick(sight, kind, str(uid)) or []) if row["value"] == str(uid)), None)
    return str(found or "")
