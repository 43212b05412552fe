"""D5: the customer is told of the dispatch."""

from __future__ import annotations

from datetime import date

from gatepass.gate.events import VehicleCameBack
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Owes
from gatepass.transport.events import CustomerTold, GoodsLeft
from gatepass.words import Text
from gatepass.workdays import CLOSE, working_days

D5 = Article(
    number="D5",
    title=Text("发货告知", "Customer told of the dispatch"),
    chapter="payment",
    clauses=(
        Clause(
            number="D5.1",
            zh="发货后 {within} 内（末日 {end} 止）告知客户发了什么、车号或托运单号、为何调整或短少；时刻与客户答复记入计划本。",
            en="Within {within} of dispatch (to {end} of the last day) the customer is told what was sent, on which "
               "vehicle or waybill, and why anything was adjusted or "
            "short; the time and his answer go into the plan book.",
            since=date(2026, 1, 1),
            says=Owes(
                once=(GoodsLeft,),
                owes=(CustomerTold,),
                ends=(VehicleCameBack,),
                per="consignment",
                within=working_days(2, CLOSE),
                between=(1, 10),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="tell_customer",
                what=Text("告知客户：车号、件数、调整", "Tell the customer: vehicle, cartons, changes"),
            ),
        ),
    ),
)
