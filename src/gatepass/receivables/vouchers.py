"""Commands of vouchers (A13): fees, discounts, support and other items are booked only with two signatures, of finance and of sales."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.money import Money
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import VoucherApproved, VoucherPrepared, VoucherRejected
from gatepass.receivables.models import Account, PostingKind, Voucher
from gatepass.receivables.posting import post
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Labelled, Text

once(
    "voucher_three_people",
    Reason(what=Text("制单、财务、销售须是三个人", "Preparing, finance and sales are three people"), clause="A13"),
)
name_fields(
    kind=("种类", "kind"), label=("名目", "what for"), papers=("附件", "papers"), side=("审批方", "side"), favours=("对客户", "for the customer")
)


class VoucherKind(Labelled):
    """What a voucher may be for; the account it is booked against has the same code."""

    FEE = "fee", "手续费", "service fee"
    DISCOUNT = "discount", "优惠", "discount"
    SUPPORT = "support", "市场支持", "market support"
    OTHER = "other", "其他", "other"


class Favour(Labelled):
    IN_FAVOUR = "in_favour", "有利于客户（减）", "in his favour (less to pay)"
    AGAINST = "against", "由客户承担（加）", "against him (more to pay)"


class Side(Labelled):
    FINANCE = "finance", "财务", "finance"
    SALES = "sales", "销售", "sales"


@command(may=Power.PREPARE_VOUCHER, title=Text("制费用票据", "Prepare a voucher"))
def prepare_voucher(
    case: Case, *, customer: Annotated[UUID, Of("customer")], kind: VoucherKind, favours: Favour, amount: Money, label: str, papers: str
) -> Ref:
    """A fee, discount, support or other item with its papers; it counts once finance and sales have both approved it."""
    who = lock_customer(customer)
    uid = case.new_id()
    fen = amount.fen if favours is Favour.AGAINST else -amount.fen
    wrong = [
        None if amount.fen > 0 else refusal("金额要大于零", "The amount must be above zero", field="amount"),
        None if label else refusal("请写明名目", "Say what it is for", field="label"),
        None if papers else refusal("请写明附件（签呈号、发票号）", "Name the papers behind it", clause="A13", field="papers"),
    ]
    case.decide(VoucherPrepared(voucher=uid, customer=who.uid, kind=kind.value, fen=fen), reasons=wrong)
    number = take_number("PJ", case.at)
    Voucher.objects.create(
        uid=uid, number=number, customer=who.uid, kind=kind.value, fen=fen, label=label[:120], papers=papers[:200],
        prepared_by=case.actor.person, prepared_at=case.at,
    )  # fmt: skip
    return Ref("voucher", uid, number)


def _lock(uid: UUID) -> Voucher:
    known = Voucher.objects.filter(uid=uid).values_list("customer", flat=True).first()
    if known is None:
        raise NotFound("voucher")
    lock_customer(known)
    return Voucher.objects.select_for_update().get(uid=uid)


def _not_open(row: Voucher) -> Reason | None:
    if row.rejected_at is not None:
        return refusal("票据已退回", "The voucher was rejected")
    return refusal("票据已入账", "The voucher is booked") if row.booked_at else None


@command(may=None, title=Text("审批费用票据", "Approve a voucher"))
def approve_voucher(case: Case, *, voucher: Annotated[UUID, Of("voucher")], side: Side) -> Ref:
    """One side's signature; with the second the item is posted and stands open for the next composition. Nobody signs his own, nobody twice."""
    row = _lock(voucher)
    power = Power.APPROVE_FINANCE if side is Side.FINANCE else Power.APPROVE_SALES
    others = {row.prepared_by, row.sales_by if side is Side.FINANCE else row.finance_by}
    wrong = [
        _not_open(row),
        None if case.actor.may(power) else refusal("您的岗位没有这项审批权", "Your position may not give this approval", clause="M1"),
        refusal("制单、财务、销售须是三个人", "Preparing, finance and sales are three people", clause="A13")
        if others & case.actor.people()
        else None,
        refusal("这一方已审批", "This side has approved already", clause="A13") if getattr(row, f"{side.value}_by") else None,
    ]
    books = (row.sales_by if side is Side.FINANCE else row.finance_by) is not None
    case.decide(VoucherApproved(voucher=row.uid, customer=row.customer, side=side.value, booked=books), reasons=wrong)
    if side is Side.FINANCE:
        row.finance_by, row.finance_at = case.actor.person, case.at
    else:
        row.sales_by, row.sales_at = case.actor.person, case.at
    row.booked_at = case.at if books else None
    row.save()
    if books:
        _book(case, row)
    return Ref("voucher", row.uid, row.number)


def _book(case: Case, row: Voucher) -> None:
    against = row.fen > 0
    other = Account(row.kind)
    post(
        case, debit=Account.CUSTOMER if against else other, debit_party=row.customer if against else None,
        credit=other if against else Account.CUSTOMER, credit_party=None if against else row.customer, fen=abs(row.fen),
        kind=PostingKind(row.kind), document_kind="voucher", document=row.uid, label=f"{row.number} {row.label}",
    )  # fmt: skip


@command(may=None, title=Text("退回费用票据", "Reject a voucher"))
def reject_voucher(case: Case, *, voucher: Annotated[UUID, Of("voucher")], reason: str) -> Ref:
    """Either side sends a voucher back with a reason; it never counts."""
    row = _lock(voucher)
    may = case.actor.may(Power.APPROVE_FINANCE) or case.actor.may(Power.APPROVE_SALES)
    wrong = [
        _not_open(row),
        None if may else refusal("您的岗位没有这项审批权", "Your position may not decide on vouchers", clause="M1"),
        None if reason else refusal("请写明原因", "Say why", field="reason"),
    ]
    case.decide(VoucherRejected(voucher=row.uid, customer=row.customer, reason=reason), reasons=wrong)
    row.rejected_at, row.rejected_by, row.rejected_why = case.at, case.actor.person, reason[:300]
    row.save()
    return Ref("voucher", row.uid, row.number)
