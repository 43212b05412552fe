"""Where references are looked up while typing: kind to a query, and what a chosen one is called. Scoped like every query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gatepass.money import figure
from gatepass.orders import queries as orders
from gatepass.production import queries as production
from gatepass.receivables import queries as receivables
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.site import master_pickers as masters
from gatepass.stock import queries as stock

Row = dict[str, Any]
Picker = Callable[[Sight, str], list[Row]]


def _orders(sight: Sight, needle: str) -> list[Row]:
    try:
        found = orders.order_row(sight, UUID(needle))
    except ValueError:
        return orders.pick(sight, needle)
    return [{"value": str(found.uid), "label": found.number, "hint": found.customer_name}]


def _uid(needle: str) -> UUID | None:
    try:
        return UUID(needle)
    except ValueError:
        return None


def _row(value: UUID, label: str, hint: str) -> Row:
    return {"value": str(value), "label": label, "hint": hint}


def _receipts(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    rows = [receivables.receipt(sight, uid)[0]] if uid else receivables.pick_receipt(sight, needle)
    return [_row(r.uid, r.number, f"{r.customer_name} {figure(r.fen)}") for r in rows]


def _vouchers(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    rows = [receivables.voucher(sight, uid)] if uid else receivables.pick_voucher(sight, needle)
    return [_row(r.uid, r.number, f"{r.customer_name} {r.label}") for r in rows]


def _batches(sight: Sight, needle: str) -> list[Row]:
    return [_row(uid, f"{code} {name}", str(cartons)) for uid, code, name, cartons in stock.pick_batch(sight, needle, _uid(needle))]


def _demands(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    rows = [production.demand(sight, uid)] if uid else production.pick_demand(sight, needle)
    return [_row(r.uid, f"{r.order_number} {r.name}", r.customer_name) for r in rows]


PICKERS: Final[dict[str, Picker]] = {
    **masters.PICKERS, "order": _orders, "receipt": _receipts, "voucher": _vouchers, "batch": _batches, "demand": _demands,
}  # fmt: skip


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
