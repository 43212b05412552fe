"""What clauses may know of orders. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.rules.clauses import Fact


@dataclass(frozen=True)
class CheckState(Fact):
    """The last account check of an order: whether finance answered it, when, and whether a booking of the customer was taken back since."""

    answered: bool
    at: datetime | None = None
    reversed: bool = False


@dataclass(frozen=True)
class UnpaidGoods:
    """Goods of one notice about to go: what of them is not covered by receipts, and what the director signed for of them (fen).

    notice: None where it is about to be issued.
    """

    order: UUID
    number: str
    unpaid_fen: int
    signed_fen: int
    notice: UUID | None = None


@dataclass(frozen=True)
class Unpaid(Fact):
    goods: tuple[UnpaidGoods, ...]
