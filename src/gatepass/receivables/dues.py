"""What a customer owes now, of what it is made, and what of an order is covered. Read under the customer's lock when it decides."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gatepass.journal.prepared import prepared
from gatepass.journal.reading import all_of, joined
from gatepass.journal.rows import find
from gatepass.receivables import sql
from gatepass.receivables.labels import told
from gatepass.receivables.models import Due, OpenItem, Posting, PostingKind
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's account at a moment, in fen; positive: he owes.

    balance: the ledger; committed: goods of sent orders that have not left; awaited: what sent orders still ask him to remit;
    items: credits and charges that no order has named yet. previous: what the next composition asks for as previous balance.
    """

    balance: int
    committed: int
    awaited: int
    items: int

    @property
    def previous(self) -> int:
        return self.balance + self.committed - self.awaited - self.items


@dataclass(frozen=True, slots=True)
class Piece:
    """One document that a figure is made of."""

    label: str
    kind: Text
    fen: int
    day: str
    document_kind: str
    document: UUID

    @property
    def said(self) -> Text:
        return told(self.label)


def standing(customer: UUID) -> Standing:
    """The account in one statement."""
    with prepared() as cursor:
        cursor.execute(sql.STANDING, {"customer": customer})
        return Standing(*(int(value) for value in cursor.fetchone()))


def standing_with_items(customer: UUID) -> tuple[Standing, list[OpenItem]]:
    """The account, and the items that no sent composition has named, oldest first; in one statement."""
    rows = joined((OpenItem,), sql.STANDING_AND_ITEMS, {"customer": customer})
    return Standing(*(int(figure) for figure in rows[0][1:])), [row[0] for row in rows if row[0] is not None]


def free_items(customer: UUID) -> list[OpenItem]:
    """Items that no sent composition has named, oldest first."""
    return standing_with_items(customer)[1]


def pieces(customer: UUID, most: int = 12) -> list[Piece]:
    """The latest ledger lines whose sum is the balance: walking back from now until the balance is explained."""
    with prepared() as cursor:
        cursor.execute(sql.BALANCE, [customer])
        row = cursor.fetchone()
    left = int(row[0]) if row else 0
    found: list[Piece] = []
    for line in all_of(Posting, sql.NEWEST_OF_CUSTOMER, {"customer": customer}):
        if left == 0 or len(found) == most:
            break
        fen = line.fen if line.debit_party == customer else -line.fen
        if (fen > 0) != (left > 0):
            continue
        part = fen if abs(fen) <= abs(left) else left
        found.append(Piece(line.label, PostingKind(line.kind).text, part, line.day.isoformat(), line.document_kind, line.document))
        left -= part
    return found


def unpaid_fen(order: UUID, goods_through_fen: int, *, added_fen: int = 0) -> int:
    """What of an order's goods, through a consignment, is not covered: receipts cover the old balance first, then goods in their order.

    added_fen: what a change of goods is about to add to the order (counted in goods_through_fen already, but not asked for yet).
    """
    return uncovered(due_of(order), goods_through_fen, added_fen=added_fen)


def due_of(order: UUID) -> Due | None:
    """What the order's composition asks; None before it was sent."""
    return find(Due, order=order)


def uncovered(due: Due | None, goods_through_fen: int, *, added_fen: int = 0) -> int:
    """The same for an order whose due is at hand."""
    if due is None:
        return goods_through_fen
    committed, remit = due.committed_fen + added_fen, asked_with(due, added_fen)
    needed = remit - committed + min(goods_through_fen, committed)  # a subsidy of the order counts as paid
    return max(0, min(needed - due.received_fen, goods_through_fen))


def asked_with(due: Due, added_fen: int) -> int:
    """What an order asks of the customer with goods added to it or taken from it, in fen. Under the customer's lock.

    Goods that are added are paid for first by what he has in credit and no order claims: a receipt beyond what was due, say. Goods
    that became cheaper never ask for less than came in.
    """
    if added_fen <= 0:
        less = due.remit_fen + added_fen
        return max(less, due.received_fen) if due.received_fen else less
    return max(due.remit_fen, 0) + added_fen - min(added_fen, free_credit(due.customer))


def free_credit(customer: UUID) -> int:
    """What a customer has to his credit that no sent order has claimed, in fen."""
    return max(0, -standing(customer).previous)
