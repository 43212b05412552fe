"""What of a customer's items is not matched, who holds it, and what an order still asks. Read under the customer's lock when it decides.

Every figure of an account is a sum over these rests, and these rests are its entries: one reader gives both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.reading import joined
from gatepass.receivables import sql
from gatepass.receivables.events import OrderCovered
from gatepass.receivables.labels import told
from gatepass.receivables.models import Commitment, Item, PostingKind
from gatepass.words import Text

SALES: Final = "consignment"
"""The documents of goods that left, with the freight, subsidy and discount of their order."""
NAMED: Final = frozenset(
    {
        kind.value
        for kind in (PostingKind.FREIGHT_CREDIT, PostingKind.DISCOUNT, PostingKind.FEE, PostingKind.SUPPORT, PostingKind.OTHER, PostingKind.PRICE)
    }
)
"""Kinds that a composition names one by one (D2); every other rest is part of its previous balance."""


@dataclass(frozen=True, slots=True)
class Rest:
    """An item with what of it is not matched; positive: he owes. holder: the order that holds it."""

    item: Item
    fen: int
    holder: UUID | None

    @property
    def said(self) -> Text:
        return told(self.item.label)

    @property
    def kind(self) -> Text:
        return PostingKind(self.item.kind).text

    @property
    def day(self) -> date:
        """Of its document: an opening balance counts from the day of its paper, which is older than its posting."""
        if self.item.kind != PostingKind.OPENING.value:
            return self.item.day
        return self.item.aged.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

    def frozen(self) -> dict[str, Any]:
        """As a composition or an account check keeps it, for good."""
        one = self.item
        return {
            "item": str(one.uid), "kind": one.kind, "label": one.label, "day": self.day.isoformat(), "fen": self.fen,
            "document_kind": one.document_kind, "document": str(one.document), "order": str(one.order or ""),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's account at a moment: everything that is not matched, oldest debts first."""

    rests: tuple[Rest, ...]

    @property
    def balance(self) -> int:
        """What the ledger says he owes."""
        return summed(self.rests)

    @property
    def held(self) -> tuple[Rest, ...]:
        return tuple(rest for rest in self.rests if rest.holder is not None)

    @property
    def free(self) -> tuple[Rest, ...]:
        """What the next composition names."""
        return tuple(rest for rest in self.rests if rest.holder is None)

    @property
    def previous(self) -> tuple[Rest, ...]:
        """What the next composition states as previous balance."""
        return tuple(rest for rest in self.free if rest.item.kind not in NAMED)

    @property
    def items(self) -> tuple[Rest, ...]:
        """What the next composition names one by one."""
        return tuple(rest for rest in self.free if rest.item.kind in NAMED)


def summed(rests: Iterable[Rest]) -> int:
    return sum(rest.fen for rest in rests)


def standing(customer: UUID) -> Standing:
    """The account in one statement."""
    return Standing(tuple(_rest(*row) for row in joined((Item,), sql.RESTS, {"customer": customer})))


def _rest(item: Item, holder: UUID | None) -> Rest:
    return Rest(item, item.rest_fen, holder)


@dataclass(frozen=True, slots=True)
class Cover:
    """A sent order's money: what it promised, what of that is out, and the rests that count for it (debts positive)."""

    asked: Commitment
    rests: tuple[Rest, ...] = ()

    @property
    def inside(self) -> int:
        """Goods, freight and subsidy that are promised and have not left; nothing once it asks no more."""
        return 0 if self.asked.ended_at is not None else self.asked.fen - self.asked.gone_fen

    @property
    def open_fen(self) -> int:
        """What is still to come for it: below zero where more is held than it needs."""
        return summed(self.rests) + self.inside

    @property
    def goods_paid_fen(self) -> int:
        """What of its goods, freight and subsidy is paid: what it named from before is paid first."""
        return max(0, self.asked.fen - self.open_fen)

    @property
    def alone_fen(self) -> int:
        """What is still to come for it, without goods of other orders that it names: those stand with their own order."""
        return self.open_fen - summed(rest for rest in self.rests if rest.item.document_kind == SALES and rest.item.order != self.asked.order)

    @property
    def owed(self) -> tuple[Rest, ...]:
        """What left and is not paid."""
        return tuple(rest for rest in self.rests if rest.item.order == self.asked.order and rest.item.document_kind == SALES)

    @property
    def paid_fen(self) -> int:
        """What of the sum that it asks for has come, whoever's receipt it was."""
        return self.asked.remit_fen - self.open_fen

    def unpaid(self, goods_through_fen: int, *, added_fen: int = 0, credit_fen: int = 0) -> int:
        """What of its goods, through a consignment, is not covered: money covers what it named from before, then goods in their order.

        added_fen: what a change of goods is about to add (counted in goods_through_fen already, but not asked for yet); credit_fen: what
        the customer has to his credit and no order holds, which pays for what is added.
        """
        open_ = self.open_fen + added_fen - (credit_fen if added_fen > 0 else 0)
        return uncovered(open_, self.asked.fen + added_fen, goods_through_fen)


def uncovered(open_fen: int, whole_fen: int, goods_through_fen: int) -> int:
    """What of an order's goods through a consignment is not covered, where so much is open of the whole that it promised."""
    return max(0, min(open_fen - whole_fen + min(goods_through_fen, whole_fen), goods_through_fen))


def covered(cover: Cover) -> OrderCovered:
    """What is said of an order once it asks for nothing more."""
    return OrderCovered(order=cover.asked.order, customer=cover.asked.customer, left=cover.asked.ended_at is not None)


def covers(orders: Sequence[UUID]) -> dict[UUID, Cover]:
    """Sent orders with their rests, in one statement; those never sent are left out."""
    return {cover.asked.order: cover for cover in _grouped(joined((Commitment, Item), sql.COVERS, {"orders": list(orders)}))} if orders else {}


def cover_of(order: UUID) -> Cover | None:
    """What a sent order asks; None before it was sent."""
    return covers([order]).get(order)


def asking(customer: UUID) -> list[Cover]:
    """The customer's orders that ask for money or of which goods left unpaid, in the order of their sending. One statement."""
    return list(_grouped(joined((Commitment, Item), sql.COVERS_OF_CUSTOMER, {"customer": customer})))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[Cover]:
    found: dict[int, tuple[Commitment, list[Rest]]] = {}
    for asked, item, *more in rows:
        _, rests = found.setdefault(cast(Commitment, asked).pk, (asked, []))
        if item is not None:
            rests.append(_rest(item, more[-1]))
    for asked, rests in found.values():
        yield Cover(asked, tuple(rests))


def unpaid_fen(order: UUID, goods_through_fen: int, *, added_fen: int = 0) -> int:
    """What of an order's goods, through a consignment, is not covered; all of them before it is sent."""
    return unpaid(cover_of(order), goods_through_fen, added_fen=added_fen)


def unpaid(cover: Cover | None, goods_through_fen: int, *, added_fen: int = 0) -> int:
    """The same for an order whose cover is at hand."""
    if cover is None:
        return goods_through_fen
    credit = free_credit(cover.asked.customer) if added_fen > 0 else 0
    return cover.unpaid(goods_through_fen, added_fen=added_fen, credit_fen=credit)


def free_credit(customer: UUID) -> int:
    """What a customer has to his credit that no order holds and no composition has to name, in fen."""
    return max(0, -summed(standing(customer).previous))
