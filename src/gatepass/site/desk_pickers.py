"""Pickers of the order desk: receipts, vouchers, batches, demand; by what is typed, or by the id of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gatepass.gate import pages as gate
from gatepass.money import figure
from gatepass.production import queries as production
from gatepass.receivables import paying_to
from gatepass.receivables import queries as receivables
from gatepass.roles import Sight
from gatepass.stock import queries as stock

Row = dict[str, Any]


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


def _bank_accounts(sight: Sight, needle: str) -> list[Row]:
    return [_row(r.account.uid, f"{r.account.bank} {r.account.number}", r.account.holder) for r in paying_to.pick_account(sight, needle)]


def _batches(sight: Sight, needle: str) -> list[Row]:
    return [_row(uid, f"{code} {name}", str(cartons)) for uid, code, name, cartons in stock.pick_batch(sight, needle, _uid(needle))]


def _demands(sight: Sight, needle: str) -> list[Row]:
    uid = _uid(needle)
    rows = [production.demand(sight, uid)] if uid else production.pick_demand(sight, needle)
    return [_row(r.uid, f"{r.order_number} {r.name}", r.customer_name) for r in rows]


def _materials(sight: Sight, needle: str) -> list[Row]:
    return [_row(one.uid, one.name, f"{one.on_hand} {one.unit}") for one in gate.pick_material(sight, needle, _uid(needle))]


PICKERS: Final[dict[str, Callable[[Sight, str], list[Row]]]] = {
    "receipt": _receipts,
    "voucher": _vouchers,
    "bank_account": _bank_accounts,
    "batch": _batches,
    "material": _materials,
    "demand": _demands,
}
