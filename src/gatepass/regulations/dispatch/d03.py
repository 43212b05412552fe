"""D3: order plan book and same-day hand-over to production."""

from __future__ import annotations

from datetime import date

from gatepass.orders.events import OrderCancelled, OrderConfirmed, OrderRestEnded
from gatepass.production.events import DemandHandedOver, ShortReported, ShortTakenUp
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Owes
from gatepass.words import Text
from gatepass.workdays import CLOSE, office_hours, same_day

SINCE = date(2026, 1, 1)

D3 = Article(
    number="D3",
    title=Text("订单计划专用本、需货计划", "Plan book and demand to production"),
    chapter="intake",
    clauses=(
        Clause(
            number="D3.1",
            zh="确认后的订单记入计划专用本，此后每次电话、变动、说明逐笔续记，不得改写。",
            en="A confirmed order enters the plan book; every later call, change and explanation is appended there, never overwritten.",
            since=SINCE,
        ),
        Clause(
            number="D3.2",
            zh="需货计划当日 {end} 前交生产，即开始备货；此后或休息日确认的，算下一工作日。",
            en="The demand reaches production by {end} of the same day; a confirmation after that or on a free day counts for the next working day.",
            since=SINCE,
            says=Owes(
                once=(OrderConfirmed,),
                owes=(DemandHandedOver,),
                ends=(OrderCancelled, OrderRestEnded),
                per="order",
                within=same_day(CLOSE),
                who=Position.CLIENT_ADMIN,
                to=Position.PRODUCTION,
                superior=Position.SALES_MANAGER,
                act="hand_over_demand",
                what=Text("需货计划交生产", "Hand the demand to production"),
            ),
        ),
        Clause(
            number="D3.3",
            zh="先平库存，库存不足的才生产；生产对备齐数量和质量负责。缺货或不合格须通知客户内勤，{within} 内与客户沟通并记录。",
            en="Stock is balanced first; only what is lacking is produced, and production answers for quantity and quality. A shortage or failed "
            "goods raise a notice to the client admin, who takes it up with the customer within {within}.",
            since=SINCE,
            says=Owes(
                once=(ShortReported,),
                owes=(ShortTakenUp,),
                ends=(OrderCancelled, OrderRestEnded),
                per="demand",
                within=office_hours(4),
                between=(1, 24),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="take_up_shortage",
                what=Text("生产报缺，与客户沟通", "Production reports a shortage: talk to the customer"),
            ),
        ),
    ),
)
