"""Money of a customer for an order that a test's company got as an import would leave it: posted, an item, held for the order."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gatepass.identity import new_id
from gatepass.receivables.models import Account, Balance, Claim, Commitment, Item, Posting, PostingKind


def came_in(order: UUID, fen: int, at: datetime) -> None:
    """So many fen for a sent order; it counts as covered where that is all that it asks."""
    asked = Commitment.objects.get(order=order)
    uid, document = new_id(), new_id()
    about = {"entry": new_id(), "at": at, "day": at.date(), "document_kind": "receipt", "document": document, "label": "SK"}
    with transaction.atomic():
        Posting.objects.create(
            uid=uid, debit=Account.BANK.value, credit=Account.CUSTOMER.value, credit_party=asked.customer, fen=fen,
            kind=PostingKind.RECEIPT.value, **about,
        )  # fmt: skip
        item = Item.objects.create(
            uid=uid, customer=asked.customer, kind=PostingKind.RECEIPT.value, fen=-fen, rest_fen=-fen, aged=at, order=order, **about
        )
        Claim.objects.create(item=item, order=order, at=at)
        Balance.objects.get_or_create(account=Account.CUSTOMER.value, party=asked.customer)
        Balance.objects.filter(account=Account.CUSTOMER.value, party=asked.customer).update(fen=F("fen") - fen)
        asked.received_fen += fen
        asked.covered_at = at if asked.received_fen >= asked.remit_fen else None
        asked.save(update_fields=["received_fen", "covered_at"])
