"""Goods of a sent order that are worth more or less than was asked for (D8): what it promises, asks and holds from then on."""

from __future__ import annotations

from uuid import UUID

from gatepass.journal.door import Case
from gatepass.receivables.posting import settle
from gatepass.receivables.rests import Cover, cover_of, standing, summed
from gatepass.receivables.settling import Settlement


def goods_changed(case: Case, order: UUID, fen: int) -> None:
    """So many fen more, or less. What the customer has to his credit and no order holds pays for what is added: it is held from now on."""
    cover = cover_of(order)
    if cover is None or not fen:
        return
    done = Settlement()
    moved = done.commitments[order]
    credit = _credit(cover, fen)
    done.claims += [(item, order) for item in credit]
    moved.fen, moved.remit = fen, fen + sum(credit.values())
    open_ = cover.open_fen + moved.remit
    moved.covered = open_ <= 0 if cover.asked.covered_at is None or open_ > 0 else None
    settle(case, done)


def _credit(cover: Cover, fen: int) -> dict[UUID, int]:
    """What the order holds for what is added, by item."""
    if fen <= 0:
        return {}
    free = standing(cover.asked.customer).previous
    return {rest.item.uid: rest.fen for rest in free} if summed(free) < 0 else {}


def covered_by(cover: Cover | None, fen: int) -> bool:
    """Whether an order that still asked for money asks for none with its goods worth so many fen more or less."""
    if cover is None or cover.asked.covered_at is not None or cover.asked.ended_at is not None:
        return False
    return cover.open_fen + fen + sum(_credit(cover, fen).values()) <= 0
