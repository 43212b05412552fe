"""What happens to money."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("opening.prepared", Text("制期初余额", "Opening balances prepared"))
class OpeningPrepared(Event):
    """A list of opening balances, of one customer or many; owed and credit: their sums, both above zero."""

    opening: UUID
    customers: tuple[UUID, ...]
    owed_fen: int
    credit_fen: int


@event("opening.returned", Text("期初余额退回", "Opening balances sent back"))
class OpeningReturned(Event):
    opening: UUID
    customers: tuple[UUID, ...]


@event("balance.opened", Text("期初余额", "Opening balance"))
class BalanceOpened(Event):
    """Another person of finance approved it: it is posted. opening: the list in which it stands."""

    customer: UUID
    fen: int
    opening: UUID
    approver: UUID


@event("cut_over.ended", Text("期初建账结束", "Cut-over ended"))
class CutOverEnded(Event):
    """The head found that the opening balances sum to these totals; from now on there are no more of them."""

    owed_fen: int
    credit_fen: int


@event("receipt.recorded", Text("收款", "Receipt recorded"))
class ReceiptRecorded(Event):
    """Money came in; matches are (order, fen), orders those that it reached. What is left over or short stays open until explained."""

    receipt: UUID
    customer: UUID
    fen: int
    matches: tuple[tuple[UUID, int], ...]
    orders: tuple[UUID, ...]
    difference_fen: int


@event("order.covered", Text("货款到齐", "Sum due received in full"))
class OrderCovered(Event):
    """The receipt that covers the sum due was confirmed, or nothing is to be remitted. left: all of its goods are outside already."""

    order: UUID
    customer: UUID
    left: bool = False


@event("goods.left_unpaid", Text("货已出门，款未到", "Goods left unpaid"))
class GoodsLeftUnpaid(Event):
    """fen: what of the consignment is not paid; pay_on: the day that the director's signature names for it, and the moment it begins."""

    consignment: UUID
    order: UUID
    customer: UUID
    fen: int
    pay_on: date | None = None
    pay_from: datetime | None = None


@event("consignment.paid", Text("当批货款到齐", "Consignment paid"))
class ConsignmentPaid(Event):
    """What had left unpaid is paid."""

    consignment: UUID
    order: UUID
    customer: UUID


@event("difference.explained", Text("差额查明", "Difference explained"))
class DifferenceExplained(Event):
    receipt: UUID
    customer: UUID
    cause: str


@event("voucher.prepared", Text("制费用票据", "Voucher prepared"))
class VoucherPrepared(Event):
    voucher: UUID
    customer: UUID
    kind: str
    fen: int


@event("voucher.approved", Text("费用票据审批", "Voucher approved by one side"))
class VoucherApproved(Event):
    """approver and represented: who acts, and for whom; booked: with this signature both are there."""

    voucher: UUID
    customer: UUID
    side: str
    booked: bool
    approver: UUID
    represented: UUID | None = None


@event("voucher.rejected", Text("费用票据退回", "Voucher rejected"))
class VoucherRejected(Event):
    voucher: UUID
    customer: UUID


@event("reversal.prepared", Text("申请冲回", "Reversal prepared"))
class ReversalPrepared(Event):
    """fen: what it will add to what the customer owes."""

    reversal: UUID
    customer: UUID
    document_kind: str
    document: UUID
    fen: int


@event("reversal.returned", Text("冲回退回", "Reversal sent back"))
class ReversalReturned(Event):
    reversal: UUID
    customer: UUID


@event("money.reversed", Text("冲回入账", "Booking reversed"))
class MoneyReversed(Event):
    """A receipt, voucher, opening balance or freight credit is taken back; orders: those that are not covered any more."""

    reversal: UUID
    customer: UUID
    document_kind: str
    document: UUID
    fen: int
    orders: tuple[UUID, ...]
    approver: UUID


@event("order.uncovered", Text("货款不再到齐", "Sum due no longer received"))
class OrderUncovered(Event):
    """What had covered it was taken back."""

    order: UUID
    customer: UUID
    open_fen: int


@event("refund.prepared", Text("申请退款", "Refund prepared"))
class RefundPrepared(Event):
    """So much of a credit is to be paid out; it is held from now on."""

    clearing: UUID
    customer: UUID
    fen: int


@event("refund.approved", Text("退款批准", "Refund approved"))
class RefundApproved(Event):
    """The head agreed: somebody else pays it out."""

    clearing: UUID
    customer: UUID
    approver: UUID


@event("refund.paid", Text("退款付出", "Refund paid"))
class RefundPaid(Event):
    """fen: what it adds to what the customer owes: his credit is smaller by it."""

    clearing: UUID
    customer: UUID
    fen: int
    payer: UUID


@event("write_off.prepared", Text("申请坏账核销", "Write-off prepared"))
class WriteOffPrepared(Event):
    clearing: UUID
    customer: UUID
    fen: int


@event("debt.written_off", Text("坏账核销", "Bad debt written off"))
class DebtWrittenOff(Event):
    """fen: below zero, what it takes off what he owes; consignment, order: whose goods they were, where nothing of them is owed any more."""

    clearing: UUID
    customer: UUID
    fen: int
    approver: UUID
    consignment: UUID | None = None
    order: UUID | None = None


@event("clearing.returned", Text("退款或核销退回", "Refund or write-off sent back"))
class ClearingReturned(Event):
    clearing: UUID
    customer: UUID


@event("bank_change.prepared", Text("申请变更收款账户", "Change of the bank accounts prepared"))
class BankChangePrepared(Event):
    """act: add, name, end; replaces: the account that ends with it."""

    bank_change: UUID
    bank_account: UUID
    act: str
    replaces: UUID | None = None


@event("bank_change.done", Text("收款账户变更", "Bank accounts changed"))
class BankChanged(Event):
    bank_change: UUID
    bank_account: UUID
    act: str
    approver: UUID
    replaces: UUID | None = None


@event("bank_change.returned", Text("收款账户变更退回", "Change of the bank accounts sent back"))
class BankChangeReturned(Event):
    bank_change: UUID
    bank_account: UUID


@event("bank_account.first", Text("第一个收款账户", "First bank account"))
class FirstBankAccount(Event):
    """Entered with the founding of the company."""

    bank_account: UUID
