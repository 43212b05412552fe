"""D2: allocation, account composition, confirmation within four hours."""

from __future__ import annotations

from datetime import date

from gatepass.orders.events import CustomerContacted, OrderCancelled, OrderConfirmed, OrderObjected, OrderSent, OrderWithdrawn
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Owes
from gatepass.rules.events import Event
from gatepass.rules.happenings import DeadlineMissed, DeadlineWithdrawn
from gatepass.words import Text
from gatepass.workdays import office_hours

SINCE = date(2026, 1, 1)


def confirmation_missed(event: Event) -> bool:
    return isinstance(event, DeadlineMissed) and event.clause_number == "D2.2" and not event.fulfilled


def confirmation_was_in_time(event: Event) -> bool:
    """A withdrawn breach of another clause says nothing of the confirmation."""
    return not isinstance(event, DeadlineWithdrawn) or event.clause_number == "D2.2"


D2 = Article(
    number="D2",
    title=Text("配箱、账款组成、订单确认", "Allocation, account composition, confirmation"),
    chapter="intake",
    clauses=(
        Clause(
            number="D2.1",
            zh="核账后按当日政策配箱，订单列明账款组成到分：原欠或余款、代垫运费、运费与运补、手续费与优惠、市场支持、其他、本次货款，"
            "合成本次应打货款；政策与余额随单定格，以后变动不改此单。",
            en="After the check the order is allocated under the policy of the day and states to the fen what makes up the sum to remit: "
            "previous balance, advanced freight, freight and subsidy, fees and discounts, market support, other items, this order's goods. "
            "Policy and balance are frozen into it.",
            since=SINCE,
        ),
        Clause(
            number="D2.2",
            zh="订单发出后 {within} 内由客户确认，确认时刻记录在案。",
            en="The customer confirms within {within} of the sending; the moment is recorded.",
            since=SINCE,
            says=Owes(
                once=(OrderSent,),
                owes=(OrderConfirmed,),
                ends=(OrderObjected, OrderWithdrawn, OrderCancelled),
                per="order",
                within=office_hours(4),
                between=(1, 24),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="record_contact",
                what=Text("订单已发出，客户尚未确认", "Sent; the customer has not confirmed"),
                overdue=Text("订单到时仍未确认：联系客户，记下原因", "Not confirmed in time: contact the customer, record why"),
            ),
        ),
        Clause(
            number="D2.3",
            zh="到时未确认的，客户内勤（或应其所请由业务员）须从到时起 {within} 内联系客户，记明原因并解决，或上报上级。",
            en="If it is not confirmed in time the client admin, or on his request the salesman, contacts the customer "
               "within {within} of that moment, records "
            "the reason and solves it or escalates it.",
            since=SINCE,
            says=Owes(
                once=(DeadlineMissed,),
                when=confirmation_missed,
                owes=(CustomerContacted, OrderConfirmed),
                ends=(OrderObjected, OrderWithdrawn, OrderCancelled, DeadlineWithdrawn),
                fulfils=confirmation_was_in_time,
                per="order",
                within=office_hours(1),
                between=(1, 8),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="record_contact",
                what=Text("联系客户，记下未确认的原因", "Contact the customer, record why it is not confirmed"),
                overdue=Text("到时未联系客户，上报", "Customer not contacted in time: escalated"),
            ),
        ),
        Clause(
            number="D2.4",
            zh="客户有异议的，客户内勤须在 {within} 内与客户沟通、记明原因，改好重发或取消；到时未了的上报上级。",
            en="Where the customer objects, the client admin talks to him within {within}, records the reason, and sends the order again or "
            "cancels it; what is open then goes to the superior.",
            since=SINCE,
            says=Owes(
                once=(OrderObjected,),
                owes=(OrderSent,),
                ends=(OrderCancelled,),
                per="order",
                within=office_hours(4),
                between=(1, 24),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="send_order",
                what=Text("客户有异议：沟通、记明原因，改好重发", "The customer objects: talk to him, record why, send it again"),
                overdue=Text("客户的异议到时未了，上报", "The customer's objection was not settled in time: escalated"),
            ),
        ),
    ),
)
