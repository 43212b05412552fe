"""What happens to an order."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("order.taken", Text("来电订货", "Order taken"))
class OrderTaken(Event):
    """The order's lines as (product, cartons, unit price in yuan); prices are frozen by it."""

    order: UUID
    customer: UUID
    address: UUID
    lines: tuple[tuple[UUID, int, Decimal], ...]
    goods_fen: int
    bearer: str


@event("order.changed", Text("改单", "Order changed before it was sent"))
class OrderChanged(Event):
    order: UUID
    customer: UUID
    lines: tuple[tuple[UUID, int, Decimal], ...]
    goods_fen: int


@event("check.requested", Text("请财务核账", "Account check requested"))
class AccountCheckRequested(Event):
    check: UUID
    order: UUID
    customer: UUID


@event("check.answered", Text("账款核对完", "Account checked"))
class AccountChecked(Event):
    check: UUID
    order: UUID
    customer: UUID
    balance_fen: int


@event("order.allocated", Text("配箱完", "Cartons allocated"))
class OrderAllocated(Event):
    """Lines as (position, cartons, giveaway cartons)."""

    order: UUID
    customer: UUID
    lines: tuple[tuple[int, int, int], ...]
    gifts: int
    by_hand: str = ""


@event("order.sent", Text("订单发给客户", "Order sent to the customer"))
class OrderSent(Event):
    """The frozen composition goes out; remit is what is to be paid this time, in fen (0 or less: nothing)."""

    order: UUID
    customer: UUID
    composition: UUID
    version: int
    digest: str
    remit_fen: int
    how: str
    responsible: UUID | None = None
    check: UUID | None = None


@event("link.made", Text("生成签收链接", "Signed link made"))
class LinkMade(Event):
    order: UUID
    customer: UUID
    link: UUID


@event("link.opened", Text("客户打开链接", "Customer opened the link"))
class LinkOpened(Event):
    order: UUID
    link: UUID


@event("order.confirmed", Text("客户确认", "Customer confirmed"))
class OrderConfirmed(Event):
    order: UUID
    customer: UUID
    composition: UUID
    how: str
    remit_fen: int


@event("order.objected", Text("客户有异议", "Customer objected"))
class OrderObjected(Event):
    order: UUID
    customer: UUID
    composition: UUID
    how: str


@event("order.withdrawn", Text("撤回重发", "Withdrawn to be sent again"))
class OrderWithdrawn(Event):
    order: UUID
    customer: UUID
    composition: UUID
    reason: str


@event("order.cancelled", Text("订单取消", "Order cancelled"))
class OrderCancelled(Event):
    order: UUID
    customer: UUID
    reason: str


@event("order.rest_ended", Text("余货不再发", "Rest of the order ended"))
class OrderRestEnded(Event):
    """cartons: giveaways included, how many of an order of which others left are not delivered any more."""

    order: UUID
    customer: UUID
    cartons: int
    reason: str


@event("customer.contacted", Text("联系客户", "Customer contacted about the confirmation"))
class CustomerContacted(Event):
    """Why it was not confirmed, whether that is solved, or who it was escalated to (D2)."""

    order: UUID
    customer: UUID
    outcome: str
    how: str


@event("plan_book.noted", Text("记计划本", "Noted in the plan book"))
class PlanNoted(Event):
    order: UUID
    customer: UUID
    kind: str


@event("payment.notified", Text("通知汇款", "Told to remit"))
class PaymentNotified(Event):
    order: UUID
    customer: UUID
    how: str
    promised_on: date | None
    claims_ready: bool = False
    promised_from: datetime | None = None


@event("unpaid.requested", Text("申请先发后款", "Asked to ship unpaid"))
class UnpaidRequested(Event):
    order: UUID
    customer: UUID
    unpaid_signature: UUID
    fen: int


@event("unpaid.signed", Text("签批先发后款", "Signed for unpaid goods"))
class UnpaidSigned(Event):
    order: UUID
    customer: UUID
    unpaid_signature: UUID
    fen: int
    signer: UUID


@event("unpaid.declined", Text("不同意先发后款", "Shipping unpaid declined"))
class UnpaidDeclined(Event):
    order: UUID
    customer: UUID
    unpaid_signature: UUID
    reason: str


@event("order.ready", Text("货已备齐", "All goods ready"))
class OrderReady(Event):
    """to_remit_fen: what the customer is still to be told to remit; 0 where he was told, has paid, or nothing is asked."""

    order: UUID
    customer: UUID
    cartons: int
    to_remit_fen: int = 0


@event("order.shipped", Text("订单发完", "Order fully shipped"))
class OrderShipped(Event):
    order: UUID
    customer: UUID
