"""What clauses may know of orders. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gatepass.rules.clauses import Fact


@dataclass(frozen=True)
class CheckState(Fact):
    """Whether finance answered the account check of an order."""

    answered: bool


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
