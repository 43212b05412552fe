"""Money that an order was paid and asks for no longer: moved off its receipts, it is the customer's credit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from gatepass.journal.rows import by_uid
from gatepass.receivables import labels
from gatepass.receivables.models import Account, Commitment, Item, Posting, PostingKind
from gatepass.receivables.posting import Movement, customers
from gatepass.receivables.settling import Met


def spared(asked: Commitment, rests: Iterable[tuple[Item, int]], fen: int) -> tuple[list[Movement], list[Met]]:
    """So many fen, the latest receipts first, out of the order and into his credit; less where the order has less of receipts.

    rests: items with what of each is not matched, below zero.
    """
    movements, met = list[Movement](), list[Met]()
    paid = [(item, -rest) for item, rest in rests if _receipt_of(asked, item)]
    for item, had in sorted(paid, key=lambda one: one[0].pk, reverse=True):
        part = min(fen - sum(one.fen for one in met), had)
        if part > 0:
            out, back = _moved(asked.order, item, part)
            movements += [out, back]
            met.append(Met(out.uid, item.uid, part))
    return movements, met


def _receipt_of(asked: Commitment, item: Item) -> bool:
    return item.fen < 0 and item.kind == PostingKind.RECEIPT.value and item.order == asked.order and item.at >= asked.sent_at


def _moved(order: UUID, item: Item, fen: int) -> tuple[Movement, Movement]:
    """Through the account on which it came in."""
    came = by_uid(Posting, [item.uid])[item.uid]
    label = labels.TO_SPARE.fill(number=item.label).zh
    make = partial(
        customers, item.customer, against=Account(came.debit), kind=PostingKind.RECEIPT, document_kind=item.document_kind, document=item.document,
        label=label,
    )  # fmt: skip
    return make(fen=fen, order=order), make(fen=-fen)
