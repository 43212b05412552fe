"""Differences between receipts and dues, explained; and the lock that every command of an account takes first."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.customers.models import Customer
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import find
from gatepass.money import figure
from gatepass.receivables.events import DifferenceExplained
from gatepass.receivables.models import Receipt
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, refusal
from gatepass.words import Text

name_fields(cause=("原因", "cause"))


def lock_customer(uid: UUID) -> Customer:
    """The customer, locked: every command that reads and changes his account holds this first."""
    found = find(Customer, lock=True, uid=uid)
    if found is None:
        raise NotFound("customer")
    return found


@command(may=Power.RECORD_RECEIPT, title=Text("查明差额", "Explain a difference"))
def explain_difference(case: Case, *, receipt: Annotated[UUID, Of("receipt")], cause: str) -> Ref:
    """The cause of a difference between receipt and dues, found with customer and sales; until then it stays open (C6)."""
    row = Receipt.objects.select_for_update().filter(uid=receipt).first()
    if row is None:
        raise NotFound("receipt")
    wrong = [
        None if row.difference_fen else refusal("这笔收款没有差额", "This receipt has no difference"),
        refusal("差额已查明", "The difference is explained already") if row.explained_at else None,
        None if cause else refusal("请写明原因", "Say what caused it", field="cause"),
    ]
    case.decide(DifferenceExplained(receipt=row.uid, customer=row.customer, cause=cause), reasons=wrong)
    row.explained_at, row.explained_by, row.explanation = case.at, case.actor.person, cause
    row.save(update_fields=["explained_at", "explained_by", "explanation"])
    return Ref("receipt", row.uid, f"{row.number} {figure(row.difference_fen)}")
