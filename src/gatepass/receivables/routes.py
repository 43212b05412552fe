"""What of money is signed, and by whom: a voucher (A13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.journal.door import Case
from gatepass.money import figure
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import VoucherApproved, VoucherRejected
from gatepass.receivables.models import Account, PostingKind, Voucher
from gatepass.receivables.posting import post
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text, same


def _voucher(case: Case, uid: UUID) -> Subject:
    known = Voucher.objects.filter(uid=uid).values_list("customer", flat=True).first()
    if known is None:
        raise NotFound("voucher")
    lock_customer(known)
    row = Voucher.objects.select_for_update().get(uid=uid)
    return Subject(uid=uid, row=row, reasons=[_not_open(row)])


def _not_open(row: Voucher) -> Reason | None:
    if row.rejected_at is not None:
        return refusal("票据已退回", "The voucher was rejected")
    return refusal("票据已入账", "The voucher is booked") if row.booked_at else None


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY)


def _said(sight: Sight, data: Data) -> list[Line]:
    fen = int(data["fen"])
    whose = Text("增加应打", "more to pay") if fen > 0 else Text("减少应打", "less to pay")
    sum_said = Text("{sum}，{whose}", "{sum}, {whose}").fill(sum=figure(fen), whose=whose) if sight.may(Power.SEE_MONEY) else None
    return [
        Line("customer", Text("客户", "customer"), same(str(data["customer_name"]))),
        Line("kind", Text("种类", "kind"), PostingKind(data["kind"]).text),
        Line("fen", Text("金额", "amount"), sum_said),
        Line("label", Text("名目", "what for"), same(str(data["label"]))),
        Line("papers", Text("附件", "papers"), same(str(data["papers"]))),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    named = f"{data['customer_name']} · {data['label']}"
    return same(f"{named} · {figure(int(data['fen']))}" if sight.may(Power.SEE_MONEY) else named)


def _approved(case: Case, given: Given) -> Sequence[Event]:
    row: Voucher = given.subject.row
    return [
        VoucherApproved(
            voucher=row.uid, customer=row.customer, side=given.step.code, booked=given.last, approver=given.person,
            represented=given.represented,
        )
    ]  # fmt: skip


def _rejected(case: Case, given: Given) -> Sequence[Event]:
    row: Voucher = given.subject.row
    return [VoucherRejected(voucher=row.uid, customer=row.customer)]


def _book(case: Case, given: Given) -> None:
    """With the second signature the item is posted and stands open for the next composition."""
    if not given.last:
        return
    row: Voucher = given.subject.row
    row.booked_at = case.at
    row.save(update_fields=["booked_at"])
    against, other = row.fen > 0, Account(row.kind)
    post(
        case, debit=Account.CUSTOMER if against else other, debit_party=row.customer if against else None,
        credit=other if against else Account.CUSTOMER, credit_party=None if against else row.customer, fen=abs(row.fen),
        kind=PostingKind(row.kind), document_kind="voucher", document=row.uid, label=f"{row.number} {row.label}",
    )  # fmt: skip


def _never(case: Case, given: Given) -> None:
    """What was sent back never counts; another voucher is written instead."""
    row: Voucher = given.subject.row
    row.rejected_at = case.at
    row.save(update_fields=["rejected_at"])


VOUCHER: Final = route(
    code="voucher", kind="voucher", title=Text("费用票据", "voucher"), article="A13",
    steps=(
        Step(code="finance", power=Power.APPROVE_FINANCE, text=Text("财务审批", "finance approval"), position=Position.RECEIVABLES),
        Step(code="sales", power=Power.APPROVE_SALES, text=Text("销售审批", "sales approval"), position=Position.SALES_MANAGER),
    ),
    subject=_voucher, sees=_sees, said=_said, headline=_headline, page="/receipts/vouchers/{subject}/",
    signed=_approved, returned=_rejected, then=_book, sent_back=_never,
)  # fmt: skip
