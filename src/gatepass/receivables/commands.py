"""Commands of finance: receipts, differences, vouchers, opening balances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.customers.models import Customer
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, find, rows, update
from gatepass.money import Money, figure
from gatepass.receivables import labels
from gatepass.receivables.events import BalanceOpened, DifferenceExplained, OrderCovered, ReceiptRecorded
from gatepass.receivables.models import Account, Due, Match, Posting, PostingKind, Receipt
from gatepass.receivables.posting import post
from gatepass.roles import Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Labelled, Text

once(
    "one_receipt_of_a_reference",
    Reason(what=Text("同一天同一流水号同一金额已记过收款", "A receipt of this reference, day and amount is recorded already"), clause="D4"),
)
name_fields(paid_on=("到账日", "received on"), reference=("流水号", "bank reference"), payer=("付款人", "payer"),
    matches=("核销到", "matched with"), account=("账户", "account"),
            cause=("原因", "cause"))  # fmt: skip


class Purse(Labelled):
    BANK = "bank", "银行", "bank"
    CASH = "cash", "现金", "cash"


@dataclass(frozen=True, slots=True)
class MatchLine:
    """How much of a receipt goes to an order."""

    order: Annotated[UUID, Of("order")]
    amount: Money


def lock_customer(uid: UUID) -> Customer:
    """The customer, locked: every command that reads and changes his account holds this first."""
    found = find(Customer, lock=True, uid=uid)
    if found is None:
        raise NotFound("customer")
    return found


@command(may=Power.RECORD_RECEIPT, title=Text("记收款", "Record a receipt"))
def record_receipt(
    case: Case,
    *,
    customer: Annotated[UUID, Of("customer")],
    amount: Money,
    paid_on: date,
    account: Purse = Purse.BANK,
    reference: str = "",
    payer: str = "",
    matches: list[MatchLine] | None = None,
) -> Ref:
    """Money came in. Without matches it goes to the open dues, oldest first; a difference stays open until it is explained (D4, C6)."""
    who = lock_customer(customer)
    dues = sorted(rows(Due, lock=True, customer=who.uid, ended_at=None), key=lambda due: (due.sent_at, due.id))
    taken, wrong = _matched(amount.fen, dues, matches)
    if amount.fen <= 0:
        wrong.append(refusal("金额要大于零", "The amount must be above zero", field="amount"))
    if paid_on > case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        wrong.append(refusal("到账日在今天之后", "The day of receipt is in the future", field="paid_on"))
    touched = [due for due, fen in taken if fen > 0]
    asked = sum(due.remit_fen - due.received_fen for due in touched)
    difference = amount.fen - asked
    uid = case.new_id()
    covered = [due for due, fen in taken if fen > 0 and due.covered_at is None and due.received_fen + fen >= due.remit_fen]
    events: list[Event] = [
        ReceiptRecorded(
            receipt=uid, customer=who.uid, fen=amount.fen, matches=tuple((d.order, fen) for d, fen in taken if fen),
            orders=tuple(d.order for d in touched), difference_fen=difference,
        ),
        *(OrderCovered(order=due.order, customer=who.uid) for due in covered),
    ]  # fmt: skip
    case.decide(*events, reasons=wrong)
    receipt = Receipt(
        uid=uid, number=take_number("SK", case.at), customer=who.uid, fen=amount.fen, account=account.value, payer=payer[:80],
        reference=reference[:60], paid_on=paid_on, recorded_at=case.at, recorded_by=case.actor.person,
        matched_fen=sum(fen for _, fen in taken), difference_fen=difference,
    )  # fmt: skip
    add(receipt)
    _write_matches(case, receipt, taken)
    post(
        case, debit=Account(account.value), credit=Account.CUSTOMER, credit_party=who.uid, fen=amount.fen, kind=PostingKind.RECEIPT,
        document_kind="receipt", document=uid, label=receipt.number,
    )  # fmt: skip
    return Ref("receipt", uid, receipt.number)


def _matched(fen: int, dues: Sequence[Due], wanted: list[MatchLine] | None) -> tuple[list[tuple[Due, int]], list[Reason | None]]:
    """What goes to which due: as wanted, or oldest first; and what is wrong with the wish."""
    if wanted is None:
        taken, left = [], fen
        for due in dues:
            part = max(0, min(left, due.remit_fen - due.received_fen))
            taken.append((due, part))
            left -= part
        return taken, []
    by_order = {due.order: due for due in dues}
    wrong: list[Reason | None] = []
    taken = []
    for row, line in enumerate(wanted):
        named = by_order.get(line.order)
        if named is None or not 0 < line.amount.fen <= named.remit_fen - named.received_fen:
            wrong.append(refusal("核销金额超过该单未收，或该单没有未收", "more than the order still asks for", clause="C6", field=f"matches.{row}"))
        else:
            taken.append((named, line.amount.fen))
    if sum(line.amount.fen for line in wanted) > fen:
        wrong.append(refusal("核销合计超过收款", "more is matched than was received", clause="C6", field="matches"))
    return taken, wrong


def _write_matches(case: Case, receipt: Receipt, taken: Sequence[tuple[Due, int]]) -> None:
    for due, fen in taken:
        if fen > 0:
            add(Match(receipt=receipt, order=due.order, fen=fen, at=case.at, by=case.actor.person))
            received = due.received_fen + fen
            update(due, received_fen=received, covered_at=due.covered_at or (case.at if received >= due.remit_fen else None))


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
    row.explained_at, row.explained_by, row.explanation = case.at, case.actor.person, cause[:300]
    row.save(update_fields=["explained_at", "explained_by", "explanation"])
    return Ref("receipt", row.uid, f"{row.number} {figure(row.difference_fen)}")


@command(may=Power.CHECK_ACCOUNT, title=Text("录期初余额", "Enter an opening balance"))
def open_balance(case: Case, *, customer: Annotated[UUID, Of("customer")], amount: Money, note: str = "") -> Ref:
    """What a customer owed (positive) or had in credit (negative) when the company began with this program; once."""
    who = lock_customer(customer)
    used = Posting.objects.filter(kind=PostingKind.OPENING.value, document=who.uid).exists()
    wrong = [
        refusal("期初余额已录过", "The opening balance was entered already") if used else None,
        None if amount else refusal("余额为零，不用录", "A balance of zero needs no entry", field="amount"),
    ]
    case.decide(BalanceOpened(customer=who.uid, fen=amount.fen), reasons=wrong)
    owes = amount.fen > 0
    post(
        case, debit=Account.CUSTOMER if owes else Account.OPENING, debit_party=who.uid if owes else None,
        credit=Account.OPENING if owes else Account.CUSTOMER, credit_party=None if owes else who.uid, fen=abs(amount.fen),
        kind=PostingKind.OPENING, document_kind="customer", document=who.uid, label=note or labels.OPENING.zh,
    )  # fmt: skip
    return Ref("customer", who.uid, who.short_name)
