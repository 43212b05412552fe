"""What the desks owe by the duty list: C4, C5, C11, C12, C16, C18, C19."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from gatepass.approvals.facts import Signed
from gatepass.approvals.separation import kept
from gatepass.dispatch.events import SampleApproved, SampleFollowedUp, SampleSent
from gatepass.production.events import ShippingDayPlanned, StockupPlanHandedOver
from gatepass.regulations.finding import found_by_a_superior
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Law, Limits, Owes, Requires
from gatepass.rules.parameters import Parameter, Unit
from gatepass.rules.reasons import Reason
from gatepass.transport.events import TripArranged, TripLoaded
from gatepass.words import Text
from gatepass.workdays import CLOSE, days_ahead, same_day

SINCE = date(2024, 3, 1)


def overloaded(event: TripArranged | TripLoaded, facts: Facts, law: Law) -> Iterator[Reason]:
    """Both limits, each with its figures."""
    cure = Text("换大车，或分到另一车次", "Take a larger vehicle, or put part of it on another trip")
    put: dict[str, Any] = {"field": "vehicle"}
    if isinstance(event, TripLoaded):
        put = {"who": Position.CLIENT_ADMIN, "command": "take_notice_off_trip", "given": {"trip": str(event.trip)}}
    if event.kg > event.load_kg:
        yield Reason(
            what=Text("超重 {over} 公斤：这车货 {kg} 公斤，限 {most} 公斤", "{over} kg too heavy: {kg} kg on a vehicle for {most} kg").fill(
                over=event.kg - event.load_kg, kg=event.kg, most=event.load_kg
            ),
            cure=cure, **put,
        )
    if event.dm3 > event.space_dm3:
        yield Reason(
            what=Text("装不下，多 {over} 立方米：这车货 {m3}，限 {most}", "{over} m³ too large: {m3} m³ in a vehicle of {most} m³").fill(
                over=_m3(event.dm3 - event.space_dm3), m3=_m3(event.dm3), most=_m3(event.space_dm3)
            ),
            cure=cure, **put,
        )


def sample_unapproved(event: SampleApproved | SampleSent, facts: Facts, law: Law) -> Iterator[Reason]:
    """Sent only when approved; approved by another than who asked for them, and for whom he acts counts like himself."""
    for sample in facts[Signed].of("sample"):
        if isinstance(event, SampleApproved):
            people = frozenset(one for one in (event.approver, event.represented) if one)
            what = Text("样品通知 {number}", "sample notice {number}").fill(number=sample.number)
            yield from kept(sample.touched, sample.said, people, "sales", what=what, article="C11", given=sample.given)
        elif not sample.has("sales"):
            yield Reason(
                what=Text("样品通知 {number} 还没有销售审批", "Sample notice {number} lacks the approval of sales").fill(number=sample.number),
                cure=Text("请销售经理审批", "Have the sales manager approve it"),
                who=Position.SALES_MANAGER,
                command="sign",
                given={**sample.given, "step": "sales"},
            )


def _m3(dm3: int) -> str:
    return f"{dm3 / 1000:.2f}"


C4 = Article(
    number="C4",
    title=Text("催收、批次核对", "Collection and reconciliation per batch"),
    chapter="duties",
    clauses=(
        Clause(
            number="C4.1",
            zh="货已备齐的告知客户货齐、请汇款，时限按 D4；没备齐的不得谎称货齐。每批各有应收、已收、未收。",
            en="When the goods are ready the customer is told so and asked to remit, in the time of D4; readiness is "
               "never claimed falsely. Each "
            "consignment has its own sum due, received and open.",
            since=SINCE,
        ),
    ),
)

C5 = Article(
    number="C5",
    title=Text("备货、3天内发货", "Stock-up, shipment within 3 days"),
    chapter="duties",
    clauses=(
        Clause(
            number="C5.1",
            zh="订单和付款日期定下后，生产备货。",
            en="When order and payment date are fixed, production stocks up.",
            since=SINCE,
        ),
        Clause(
            number="C5.2",
            zh="到账后 {days} 内发货。",
            en="After payment the goods leave within {days}.",
            since=SINCE,
            parameters=(Parameter("days", Text("时限", "time limit"), Decimal(3), Unit.CALENDAR_DAYS, Decimal(1), Decimal(15)),),
            until=date(2025, 12, 31),
            superseded_by="D4",
        ),
    ),
)

C11 = Article(
    number="C11",
    title=Text("发货通知、样品", "Shipping notices and samples"),
    chapter="duties",
    clauses=(
        Clause(
            number="C11.1",
            zh="发货通知单一律由客户内勤开出；样品另行审批，记成本和跟进。",
            en="All shipping notices are issued by the client admin; samples go out with their own approval, cost and follow-up.",
            since=SINCE,
        ),
        Clause(
            number="C11.2",
            zh="样品经销售审批方可发出，谁写的谁不批。",
            en="Samples go out only after sales has approved them, and not by whom wrote the notice.",
            since=SINCE,
            lasting=True,
            says=Requires(
                before=(SampleApproved, SampleSent), needs=(Signed,), breach=sample_unapproved,
                holds=Text("样品已审批", "The samples are approved"),
            ),
        ),
        Clause(
            number="C11.3",
            zh="样品发出后，在约定的跟进日 {end} 前记下结果。",
            en="After samples went out their outcome is recorded by {end} of the day named for it.",
            since=SINCE,
            says=Owes(
                once=(SampleSent,), owes=(SampleFollowedUp,), per="sample", within=same_day(CLOSE),
                starts=lambda event: event.follow_up_at if isinstance(event, SampleSent) else None,
                who=Position.CLIENT_ADMIN, superior=Position.SALES_MANAGER, act="follow_up_sample",
                what=Text("问样品结果", "Ask what came of the samples"),
            ),
        ),
    ),
)  # fmt: skip


C12 = Article(
    number="C12",
    title=Text("备货计划", "Stock-up plan"),
    chapter="duties",
    clauses=(
        Clause(
            number="C12.1",
            zh="每个发货日的备货计划提前 {within}（当日 {end} 前）交生产（发货日更近的，当即交），按客户只列名称和预计发货日，并存档。",
            en="The stock-up plan of each shipping day is handed to production {within} before, by {end} (at once where "
               "that day is nearer), with a row per "
            "customer by name and expected date only, and archived.",
            since=SINCE,
            says=Owes(
                once=(ShippingDayPlanned,), owes=(StockupPlanHandedOver,), per="plan", within=days_ahead(3), between=(1, 10),
                ahead_of=lambda event: event.day if isinstance(event, ShippingDayPlanned) else None,
                who=Position.CLIENT_ADMIN, to=Position.PRODUCTION, superior=Position.SALES_MANAGER, act="hand_over_plan",
                what=Text("备货计划交生产", "Hand the stock-up plan to production"),
            ),
        ),
    ),
)  # fmt: skip

C16 = Article(
    number="C16",
    title=Text("出门条开具", "Gate passes"),
    chapter="duties",
    clauses=(
        Clause(
            number="C16.1",
            zh="物料、样品、退供应商的货出门也须出门条；发货台提醒承运人带客户联，留存财务联和业务联。",
            en="Materials, samples and returns to suppliers need a pass too; the desk reminds the "
            "carrier of the customer's copy and keeps the copies "
            "of finance and sales.",
            since=SINCE,
        ),
        found_by_a_superior(
            "C16.2",
            zh="因疏忽丢失单据的，由上级查实，罚当事人 {least} 至 {most}。",
            en="Whoever loses a paper by neglect pays {least} to {most}; a superior must find it, no clock does.",
            since=SINCE,
            what=Text("疏忽丢失单据", "A paper lost by neglect"),
        ),
    ),
)

C18 = Article(
    number="C18",
    title=Text("重量体积表、运输工具承载表", "Weights, volumes and vehicles"),
    chapter="duties",
    clauses=(
        Clause(
            number="C18.1",
            zh="装载不得超过车辆的载重和容积。",
            en="No vehicle is loaded beyond its weight or its space.",
            since=SINCE,
            says=Limits(before=(TripArranged, TripLoaded), breach=overloaded, holds=Text("未超载", "Within the vehicle's limits")),
        ),
    ),
)

C19 = Article(
    number="C19",
    title=Text("三个文件夹", "Three daily folders"),
    chapter="duties",
    clauses=(
        Clause(
            number="C19.1",
            zh="已打款待发货、未打款待催款、当日应发货，以及其他待处理，随时齐全。",
            en="Paid and waiting for shipment, unpaid and to be collected, to be shipped today, and other matters: always complete.",
            since=SINCE,
        ),
    ),
)

C21 = Article(
    number="C21",
    title=Text("客户指定托运单位", "Carriers designated by customers"),
    chapter="duties",
    clauses=(
        Clause(
            number="C21.1",
            zh="客户指定了托运单位的，优先用该单位；改用别家前先提醒，写明原因并记入计划本。",
            en="Where a customer designated a forwarder, that one is proposed; before another is used there is a warning, and the reason goes "
            "into the plan book.",
            since=SINCE,
        ),
    ),
)
