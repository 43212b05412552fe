"""What a customer owes now, of what it is made, and what of an order is covered. Read under the customer's lock when it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gatepass.receivables import sql
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


def standing(customer: UUID) -> Standing:
    """The account in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql.STANDING, {"customer": customer})
        return Standing(*(int(value) for value in cursor.fetchone()))


def free_items(customer: UUID) -> list[OpenItem]:
    """Items that no sent composition has named, oldest first."""
    return list(
        OpenItem.objects.filter(customer=customer, reserved_by=None, settled_at=None, reversed_at=None).order_by("opened_at", "id")
    )


def pieces(customer: UUID, most: int = 12) -> list[Piece]:
    """The latest ledger lines whose sum is the balance: walking back from now until the balance is explained."""
    with connection.cursor() as cursor:
        cursor.execute(sql.BALANCE, [customer])
        row = cursor.fetchone()
    left = int(row[0]) if row else 0
    found: list[Piece] = []
    newest = Posting.objects.filter(
        Q(debit="customer", debit_party=customer) | Q(credit="customer", credit_party=customer)
    ).order_by("-at", "-id")
    for line in newest[:200]:
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
    due = Due.objects.filter(order=order).values_list("remit_fen", "committed_fen", "received_fen").first()
    return uncovered(due, goods_through_fen, added_fen=added_fen)


def uncovered(due: Sequence[int] | None, goods_through_fen: int, *, added_fen: int = 0) -> int:
    """The same for an order whose due is at hand: what it asks to remit, what of it is goods, what came in."""
    if due is None:
        return goods_through_fen
    remit, committed, received = due[0] + added_fen, due[1] + added_fen, due[2]
    needed = remit - committed + min(goods_through_fen, committed)  # a subsidy of the order counts as paid
    return max(0, min(needed - received, goods_through_fen))
