"""How debts and credits meet: pure. Debts oldest first; what was paid for an order covers what it named from before, then its goods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gatepass.identity import new_id
from gatepass.receivables.rests import SALES, Cover, Rest

Part = tuple[UUID, int]
"""An item's id and fen; above zero a debt, below zero a credit."""


@dataclass(frozen=True, slots=True)
class Met:
    """So much of a debit with so much of a credit, by the ids of their items; undoes: the key of the match that it takes back."""

    debit: UUID
    credit: UUID
    fen: int
    undoes: int | None = None

    def row(self) -> dict[str, Any]:
        return {"uid": str(new_id()), "debit": str(self.debit), "credit": str(self.credit), "fen": self.fen, "undoes": self.undoes}


@dataclass(slots=True)
class Moved:
    """How a commitment changes, in fen; covered and ended: None leaves them as they are."""

    gone: int = 0
    fen: int = 0
    off: int = 0
    remit: int = 0
    received: int = 0
    covered: bool | None = None
    ended: bool | None = None


@dataclass(slots=True)
class Settlement:
    """What an act does to matches, claims and commitments, written in one statement (posting.settle).

    free: orders that hold nothing any more; let_go: items that nobody holds any more; claims: items with the order that holds them now.
    """

    matches: list[Met] = field(default_factory=list)
    free: list[UUID] = field(default_factory=list)
    let_go: list[UUID] = field(default_factory=list)
    claims: list[tuple[UUID, UUID]] = field(default_factory=list)
    commitments: defaultdict[UUID, Moved] = field(default_factory=lambda: defaultdict(Moved))


def meet(parts: Iterable[Part]) -> Iterator[Met]:
    """Debts with credits, both in the order given, until one side is used up."""
    given = list(parts)
    owed = [(uid, fen) for uid, fen in given if fen > 0]
    had = [(uid, -fen) for uid, fen in given if fen < 0]
    debts, money = iter(owed), iter(had)
    debit, credit = next(debts, None), next(money, None)
    while debit is not None and credit is not None:
        part = min(debit[1], credit[1])
        yield Met(debit[0], credit[0], part)
        debit = (debit[0], debit[1] - part) if debit[1] > part else next(debts, None)
        credit = (credit[0], credit[1] - part) if credit[1] > part else next(money, None)


def left_of(parts: Iterable[Part], met: Iterable[Met]) -> dict[UUID, int]:
    """What is not matched of each part after these matches, zeros included."""
    rest = dict(parts)
    for one in met:
        rest[one.debit] -= one.fen
        rest[one.credit] += one.fen
    return rest


@dataclass(slots=True)
class Bucket:
    """What of a receipt goes one way: to an order (None: to none), and which debts it settles on the way."""

    order: UUID | None
    fen: int = 0
    debts: list[Part] = field(default_factory=list)


class Allotment:
    """Where money goes. `open`: what is still to come for each order that asks or of which goods left unpaid."""

    def __init__(self, rests: Sequence[Rest], covers: Sequence[Cover]) -> None:
        self.debts = [rest for rest in rests if rest.fen > 0]
        self.covers = list(covers)
        self.asked = {cover.asked.order: max(0, cover.open_fen) for cover in covers}
        self.open = dict(self.asked)
        self.rest = {rest.item.uid: rest.fen for rest in self.debts}
        self.buckets: dict[UUID | None, Bucket] = {}
        self.wanted = 0  # what the debts and orders that got something asked for, all together

    def give(self, fen: int) -> None:
        """Debts oldest first, then the orders that ask, as they were sent; what is left stays his credit."""
        touched_debts, touched, named = 0, set[UUID](), dict[UUID, int]()
        for debt in self.debts:
            part, own = self._settle(debt, fen, self._own(debt)), self._own(debt)
            if part and own is not None:
                touched.add(own)
            elif part and debt.holder is not None:
                named[debt.holder] = named.get(debt.holder, 0) + debt.fen
            elif part:
                touched_debts += debt.fen
            fen -= part
        for cover in self.covers:
            part = min(fen, self.open[cover.asked.order])
            if part:
                self._into(cover.asked.order, part)
                touched.add(cover.asked.order)
            fen -= part
        self._into(None, fen)
        if touched:  # an old debt that an order named, which itself got nothing beside others that did, was asked for alone
            touched_debts += sum(sum_ for order, sum_ in named.items() if order not in touched)
        else:
            touched |= set(named)
        self.wanted = touched_debts + sum(self._alone(order, touched) for order in touched)

    def give_order(self, order: UUID, fen: int) -> None:
        """To one order: what it named from before and what of its goods left, then what it still asks."""
        self.wanted += self.open[order]
        for debt in self.debts:
            if order in (debt.holder, self._own(debt)):
                fen -= self._settle(debt, fen, order)
        if fen:
            self._into(order, fen)

    def give_item(self, debt: Rest, fen: int) -> None:
        """To one old debt, whoever named it."""
        self.wanted += self.rest[debt.item.uid]
        self._settle(debt, fen, self._own(debt) or debt.holder, capped=False)

    def keep(self, fen: int) -> None:
        """What stays his credit."""
        self._into(None, fen)

    def _alone(self, order: UUID, touched: set[UUID]) -> int:
        """What an order asked, without goods of another order among them that count there already."""
        cover = next(one for one in self.covers if one.asked.order == order)
        twice = sum(rest.fen for rest in cover.rests if (own := self._own(rest)) not in (None, order) and own in touched)
        return max(0, self.asked[order] - twice)

    def _own(self, debt: Rest) -> UUID | None:
        """Whose goods a debt is, where it is goods."""
        return debt.item.order if debt.item.document_kind == SALES and debt.item.order in self.open else None

    def _settle(self, debt: Rest, fen: int, order: UUID | None, *, capped: bool = True) -> int:
        """So much of a debt as there is money; of one that an order named no more than the order still asks."""
        held = [one for one in {debt.holder, self._own(debt)} if one in self.open]
        caps = [self.open[one] for one in held if one is not None] if capped else []
        part = max(0, min(fen, self.rest[debt.item.uid], *caps))
        if part:
            bucket = self.buckets.setdefault(order if order is not None else debt.holder, Bucket(order if order is not None else debt.holder))
            bucket.fen += part
            bucket.debts.append((debt.item.uid, part))
            self.rest[debt.item.uid] -= part
            for one in held:
                if one is not None:
                    self.open[one] -= part
        return part

    def _into(self, order: UUID | None, fen: int) -> None:
        if fen:
            self.buckets.setdefault(order, Bucket(order)).fen += fen
            if order is not None:
                self.open[order] -= fen
