"""D4: payment notice within two days, shipment within two working days of payment, nothing unpaid without the director."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gatepass.dispatch.events import NoticeApproved, NoticeChanged, NoticeIssued, NoticeVoided, PickingStarted
from gatepass.gate.events import AuthorityUsed, GatePassIssued, VehicleCameBack, VehicleReleased
from gatepass.money import figure
from gatepass.orders.events import (
    OrderCancelled,
    OrderConfirmed,
    OrderObjected,
    OrderReady,
    OrderShipped,
    OrderWithdrawn,
    PaymentNotified,
    UnpaidSigned,
)
from gatepass.orders.facts import Unpaid
from gatepass.receivables.events import ConsignmentPaid, DebtWrittenOff, GoodsLeftUnpaid, OrderCovered, OrderUncovered
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Law, Owes, Requires
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.words import Text
from gatepass.workdays import CLOSE, MIDNIGHT, calendar_days, same_day, working_days

SINCE = date(2026, 1, 1)


def unsigned(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    """One reason for each order whose goods are neither paid nor signed for."""
    for goods in facts[Unpaid].goods:
        if goods.unpaid_fen > goods.signed_fen:
            yield Reason(
                what=Text(
                    "{order} 还有 {unpaid} 元未到账，销售总监签批 {signed} 元",
                    "{order}: {unpaid} yuan not received, the director signed for {signed}",
                ).fill(order=goods.number, unpaid=figure(goods.unpaid_fen), signed=figure(goods.signed_fen)),
                without_sums=Text("{order} 货款未到齐，也没有总监签批", "{order} is neither paid nor signed for").fill(order=goods.number),
                cure=Text("等财务收款，或请销售总监签批先发后款", "Wait for the receipt, or have the sales director sign for unpaid goods"),
                who=Position.SALES_DIRECTOR,
                command="request_unpaid",
                given={"order": str(goods.order)} | ({"notice": str(goods.notice)} if goods.notice else {}),
            )


def something_due(event: Event) -> bool:
    return isinstance(event, OrderUncovered) or (isinstance(event, OrderConfirmed) and event.remit_fen > 0)


def to_be_shipped(event: Event) -> bool:
    return not (isinstance(event, OrderCovered) and event.left)


def shipped_or_not_to_be(event: Event) -> bool:
    """A notice that is changed or void ends the clock where the director's signature, which alone cleared the order, is void with it."""
    return not isinstance(event, NoticeChanged | NoticeVoided) or event.uncleared


def not_told(event: Event) -> bool:
    return isinstance(event, OrderReady) and event.to_remit_fen > 0


def day_named(event: Event) -> bool:
    return isinstance(event, GoodsLeftUnpaid) and event.pay_on is not None


def no_day_named(event: Event) -> bool:
    return isinstance(event, GoodsLeftUnpaid) and event.pay_on is None


def promised(event: Event) -> bool:
    return isinstance(event, PaymentNotified) and event.promised_on is not None


D4 = Article(
    number="D4",
    title=Text("通知汇款、到账发货", "Payment notice and shipment"),
    chapter="payment",
    clauses=(
        Clause(
            number="D4.1",
            zh="确认后 {within} 内（末日 {end} 止）通知客户汇款，并记下客户约定的日期。",
            en="Within {within} of confirmation (to {end} of the last day) the customer is told to remit, and the date he names is recorded.",
            since=SINCE,
            says=Owes(
                once=(OrderConfirmed, OrderUncovered),
                when=something_due,
                owes=(PaymentNotified, OrderCovered),
                ends=(OrderCancelled,),
                per="order",
                within=calendar_days(2, CLOSE),
                between=(1, 15),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="notify_payment",
                what=Text("通知汇款，记下约定日", "Tell the customer to remit, note the date"),
            ),
        ),
        Clause(
            number="D4.2",
            zh="货先备齐的，备齐当日 {end} 前通知。",
            en="Where the goods are ready earlier, the customer is told by {end} of that day.",
            since=SINCE,
            says=Owes(
                once=(OrderReady,),
                when=not_told,
                owes=(PaymentNotified, OrderCovered),
                ends=(OrderCancelled, OrderShipped),
                per="order",
                within=same_day(CLOSE),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="notify_payment",
                what=Text("货已备齐，今天通知汇款", "Goods are ready: tell the customer today"),
            ),
        ),
        Clause(
            number="D4.3",
            zh="货款到齐（或总监签批、或无须汇款）之后 {within} 内（末日 {end} 止）发货；车辆返回的，从返回起另算。",
            en="The goods leave within {within} (to {end} of the last day) of the receipt that covers the sum due, of "
               "the director's signature, or of the confirmation where "
            "nothing is to be remitted; a vehicle that comes back starts it anew.",
            since=SINCE,
            says=Owes(
                once=(OrderCovered, UnpaidSigned, VehicleCameBack),
                when=to_be_shipped,
                owes=(OrderShipped,),
                ends=(OrderObjected, OrderWithdrawn, OrderCancelled, OrderUncovered, NoticeChanged, NoticeVoided),
                fulfils=shipped_or_not_to_be,
                per="order",
                within=working_days(2, MIDNIGHT),
                between=(1, 10),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="issue_notice",
                what=Text("已可发货，安排出门", "Cleared for shipment: get it through the gate"),
                overdue=Text("到账后未按时发货", "Not shipped in time after payment"),
            ),
        ),
        Clause(
            number="D4.4",
            zh="未到账先发货的，须销售总监签批并写明未付金额；部分到账的，其余视同未付。",
            en="Shipping before payment needs the sales director's signature, which names the unpaid sum; after a part "
               "payment the rest counts as "
            "unpaid.",
            since=SINCE,
            says=Requires(
                before=(NoticeIssued, NoticeChanged, NoticeApproved, PickingStarted, GatePassIssued, AuthorityUsed, VehicleReleased),
                needs=(Unpaid,),
                breach=unsigned,
                holds=Text("货款已到账或总监已签批", "Paid, or signed for by the director"),
            ),
        ),
        Clause(
            number="D4.5",
            zh="先发后款的货出门后 {within} 内（末日 {end} 止）收回货款；期间每次催收记下说了什么。",
            en="Money for goods that left unpaid is collected within {within} (to {end} of the last day) of their leaving; "
            "each step is noted with what was said.",
            since=SINCE,
            says=Owes(
                once=(GoodsLeftUnpaid,),
                when=no_day_named,
                owes=(ConsignmentPaid,),
                ends=(VehicleCameBack, DebtWrittenOff),
                per="consignment",
                within=working_days(3, CLOSE),
                between=(1, 60),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="notify_payment",
                what=Text("货已出门，催收货款", "Goods left unpaid: collect the money"),
                overdue=Text("先发的货到期未收回货款", "Money for goods that left unpaid is overdue"),
            ),
        ),
        Clause(
            number="D4.6",
            zh="总监签批时定了付款日的，货款于该日 {end} 前收回。",
            en="Where the director's signature names a day of payment, the money is collected by {end} of that day.",
            since=SINCE,
            says=Owes(
                once=(GoodsLeftUnpaid,),
                when=day_named,
                starts=lambda event: event.pay_from if isinstance(event, GoodsLeftUnpaid) else None,
                owes=(ConsignmentPaid,),
                ends=(VehicleCameBack, DebtWrittenOff),
                per="consignment",
                within=same_day(CLOSE),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="notify_payment",
                what=Text("货已出门，按签批的日子收回货款", "Goods left unpaid: collect by the day that was signed for"),
                overdue=Text("过了签批的付款日，货款未收回", "The day of payment that was signed for has passed"),
            ),
        ),
        Clause(
            number="D4.7",
            zh="客户约定的汇款日已过而货款未到的，{within} 内（末日 {end} 止）再催，记下原因与新的约定日。",
            en="If the day that the customer named passes without the money, he is asked again within {within} (to {end} of the "
            "last day); the reason and the new day are noted.",
            since=SINCE,
            says=Owes(
                once=(PaymentNotified,),
                when=promised,
                starts=lambda event: event.promised_from if isinstance(event, PaymentNotified) else None,
                owes=(PaymentNotified, OrderCovered, ConsignmentPaid),
                ends=(OrderCancelled, OrderObjected, OrderWithdrawn),
                per="order",
                within=working_days(1, CLOSE),
                between=(1, 10),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="notify_payment",
                what=Text("约定的汇款日过后没到账就再催", "Ask again if the promised day passes without the money"),
                overdue=Text("约定的汇款日已过，没有再催", "The promised day passed and nobody asked again"),
            ),
        ),
    ),
)
