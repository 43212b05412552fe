"""D11: the waybill within one working day, or a fifth of the freight."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gatepass.gate.events import VehicleCameBack
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Owes, Share
from gatepass.rules.events import Event
from gatepass.rules.parameters import Parameter, Unit
from gatepass.transport.events import ClaimRefused, GoodsClaimed, GoodsConsigned, GoodsLeft, WaybillHandedIn
from gatepass.transport.facts import BatchFreight
from gatepass.words import Text
from gatepass.workdays import CLOSE, MIDNIGHT, working_days


def carrier_of(event: Event) -> tuple[str, UUID] | None:
    carrier = event.reference("carrier")
    return ("carrier", carrier) if carrier else None


def consigned_at(event: Event) -> datetime | None:
    """The moment of consignment or delivery, where it was recorded; the release at the gate otherwise."""
    return event.moment if isinstance(event, GoodsConsigned) else None


def gate_of(event: Event) -> datetime | None:
    return event.left_at if isinstance(event, GoodsConsigned) else None


def counts(event: Event) -> bool:
    """A consignment counts from its own moment only when it was recorded on the same day."""
    return not isinstance(event, GoodsConsigned) or event.same_day


D11 = Article(
    number="D11",
    title=Text("托运单交单、应付账款转货款", "Waybill handed in, freight credited"),
    chapter="carriers",
    clauses=(
        Clause(
            number="D11.1",
            zh="承运人把货送到货场或直接送达的，须在交货场或送达后 {within} "
            "内（末日 {end} 止）把托运单交财务（当日未报、未经货场或客户核实的，从出门放行算；最迟从出门后 {road}起算）；逾期，"
            "罚该批出门时运费的 {fine}。",
            en="A carrier that takes goods to the freight yard or delivers them hands the waybill to "
            "finance within {within} (to {end} of the last day) (from the release at the "
            "gate where that moment was not said on its day and confirmed by yard or customer, and from {road} after the gate at the "
            "latest); later, {fine} of that "
            "batch's freight as it stood at the gate is fined, from the carrier, never from the customer's credit.",
            since=date(2026, 1, 1),
            version=2,
            parameters=(Parameter("road", Text("最迟起算", "latest start"), Decimal(3), Unit.CALENDAR_DAYS, Decimal(1), Decimal(15)),),
            says=Owes(
                once=(GoodsLeft, GoodsConsigned),
                when=counts,
                starts=consigned_at,
                no_later=gate_of,
                owes=(WaybillHandedIn,),
                ends=(VehicleCameBack, GoodsConsigned),
                fulfils=counts,
                per="waybill",
                within=working_days(1, MIDNIGHT),
                between=(1, 10),
                who=carrier_of,
                to=Position.RECEIVABLES,
                superior=Position.RECEIVABLES,
                act="hand_in_waybill",
                what=Text("托运单未交财务", "Waybill not handed in"),
                overdue=Text("托运单逾期未交", "Waybill late"),
                fine=Share(Decimal(20), BatchFreight),
            ),
        ),
        Clause(
            number="D11.1",
            zh="承运人须在发货后 {within} 内（末日 {end} 止）把托运单交财务；逾期，罚该批运费的 {fine}。",
            en="The carrier hands the waybill to finance within {within} of dispatch (to {end} of the last day); later, "
               "{fine} of that batch's freight is fined.",
            since=date(2024, 3, 1),
            until=date(2025, 12, 31),
            version=1,
            says=Owes(
                once=(GoodsLeft,),
                owes=(WaybillHandedIn,),
                ends=(VehicleCameBack,),
                per="waybill",
                within=working_days(3, MIDNIGHT),
                between=(1, 10),
                who=carrier_of,
                act="hand_in_waybill",
                what=Text("托运单未交财务", "Waybill not handed in"),
                fine=Share(Decimal(10), BatchFreight),
            ),
        ),
        Clause(
            number="D11.2",
            zh="财务凭托运单把客户代垫的运费转为货款，一单一次，可追溯；公司承担的不转；运补按约定单价乘数量，不按票面。",
            en="On the waybill finance turns the freight that the customer advanced into goods money, once per waybill; "
               "what the company pays is not "
            "credited; a subsidy is the agreed rate times the quantity, never the printed freight.",
            since=date(2026, 1, 1),
        ),
        Clause(
            number="D11.3",
            zh="托运单写明运费由谁承担；除运补客户外，承运人须让托运方写明合计运费并对其真实负责，与约定运价不符的标出。",
            en="Every waybill says who bears the freight; except for subsidy customers the carrier sees to it that the "
               "total is written and answers "
            "for its truth: a disagreement with the agreed rate is flagged.",
            since=date(2026, 1, 1),
        ),
        Clause(
            number="D11.4",
            zh="承运人自报的送到时间，业务须在 {within} 内（末日 {end} 止）向货场或客户核实；未核实的不算数，已确认的罚款不因此变动。",
            en="What a carrier says of his arrival is confirmed by the desk with the yard or the customer within {within} (to {end} of the "
            "last day); unconfirmed it does not "
            "count, and a confirmed fine does not change for it.",
            since=date(2026, 1, 1),
            says=Owes(
                once=(GoodsClaimed,),
                owes=(GoodsConsigned, ClaimRefused),
                ends=(VehicleCameBack,),
                per="consignment",
                within=working_days(1, CLOSE),
                between=(1, 5),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="record_consigned",
                what=Text("承运人报已送到，请向货场或客户核实", "The carrier says it is there: ask the yard or the customer"),
            ),
        ),
    ),
)
