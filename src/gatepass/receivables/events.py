"""What happens to money."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("balance.opened", Text("期初余额", "Opening balance"))
class BalanceOpened(Event):
    customer: UUID
    fen: int


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
    """The receipt that covers the sum due was confirmed, or nothing is to be remitted."""

    order: UUID
    customer: UUID


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
    """A receipt, voucher or opening balance is taken back; orders: those that are not covered any more."""

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
