"""D10: nothing passes the gate without a gate pass; a waybill is complete or it is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

from gatepass.gate.events import (
    AuthorityUsed,
    CopiesCollected,
    CopiesHandedOver,
    GatePassIssued,
    GatePassVoided,
    VehicleReleased,
)
from gatepass.gate.facts import PassState
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Law, Owes, Requires
from gatepass.rules.events import Event
from gatepass.rules.parameters import Parameter, Unit
from gatepass.rules.reasons import Beyond, Reason
from gatepass.transport.facts import WaybillBlanks
from gatepass.words import Text
from gatepass.workdays import CLOSE, morning_after, working_days

SINCE = date(2026, 1, 1)
DESK = Position.CLIENT_ADMIN  # who issues passes


def blanks(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    for waybill in facts[WaybillBlanks].waybills:
        if waybill.missing:
            yield Reason(
                what=Text("托运单 {number} 还缺：{missing}", "Waybill {number} lacks: {missing}").fill(
                    number=waybill.number, missing=list(waybill.missing)
                ),
                cure=Text("补齐必填项", "Fill in what is missing"),
                who=Position.CLIENT_ADMIN,
                command="fill_waybill",
                given={"waybill": str(waybill.waybill)},
            )


def no_copy(event: GatePassIssued, facts: Facts, law: Law) -> Reason | None:
    if event.sales_copy:
        return None
    return Reason(
        what=Text("业务联还没有收", "The sales copy has not been collected"),
        cure=Text("向承运人收下业务联再开出门条", "Collect it from the carrier, then issue the pass"),
        who=Position.CLIENT_ADMIN,
        command="issue_gate_pass",
        given={"trip": str(event.trip)},
    )


def no_valid_pass(event: VehicleReleased, facts: Facts, law: Law) -> Iterator[Reason]:
    """Every way in which the pass or the authority in hand does not fit this vehicle and load."""
    found = facts[PassState]
    desk = Text("请司机回发货台，给这辆车另开出门条", "Send the driver back to the desk for a pass for this vehicle")
    anew = another_pass(event)
    if found.voided:
        yield Reason(what=Text("出门条 {number} 已作废", "Pass {number} has been voided").fill(number=found.number), cure=desk, who=DESK, **anew)
    if found.released_at is not None:
        yield Reason(
            what=Text("出门条 {number} 用过了，{at} 已放行过一次", "Pass {number} was used: released once at {at}").fill(
                number=found.number, at=law.calendar.local(found.released_at)
            ),
            cure=Text("一张出门条只放行一次；车又在门口的，拦下", "A pass lets out once; if the vehicle stands at the gate again, stop it"),
            beyond=Beyond.MEANT,
        )
    if found.valid_until is not None and law.moment >= found.valid_until:
        yield Reason(what=Text("出门条 {number} 已过期", "Pass {number} has expired").fill(number=found.number), cure=desk, who=DESK, **anew)
    if event.plate != found.plate:
        yield Reason(
            what=Text("车牌不符：{number} 不是给 {seen} 这辆车的", "Wrong vehicle: {number} is not for {seen}").fill(
                number=found.number, seen=event.plate
            ),
            cure=desk,
            who=DESK,
            field="plate",
        )
    if event.cartons != found.cartons:
        yield Reason(
            what=Text("件数不符：应为 {wanted} 件，眼前 {seen} 件", "Wrong load: {wanted} cartons on paper, {seen} seen").fill(
                wanted=found.cartons, seen=event.cartons
            ),
            cure=Text("请仓库来复点", "Call the warehouse to count again"),
            who=Position.WAREHOUSE,
            field="cartons",
        )
    if found.by_authority:
        yield from _authority(event, found, law)


def another_pass(event: VehicleReleased) -> dict[str, Any]:
    """What cures a pass that serves no more: another one for the trip; what left on no trip has its own."""
    return {"command": "issue_gate_pass", "given": {"trip": str(event.trip)}} if event.trip else {"beyond": Beyond.MEANT}


def copies_owed(event: Event) -> bool:
    """Whether a pass was issued before all of its copies were seen to."""
    return isinstance(event, GatePassIssued) and not (event.finance_copy and event.customer_copy)


def _authority(event: VehicleReleased, found: PassState, law: Law) -> Iterator[Reason]:
    since, until = found.authority_since, found.authority_until
    if since is None or until is None or not since <= law.moment < until or found.authority_guard != event.person:
        yield Reason(
            what=Text("委托书 {number} 不在委托期内，或委托的不是你", "Authority {number} is not for now, or not for you").fill(number=found.number),
            cure=Text("请发货台开出门条", "Ask the desk for a gate pass"),
            who=DESK,
            **another_pass(event),
        )
    if not set(event.notices) <= found.authority_notices:
        yield Reason(
            what=Text("车上有委托书没写的通知单", "The vehicle carries notices that the authority does not name"),
            cure=Text("请发货台开出门条", "Ask the desk for a gate pass"),
            who=DESK,
            **another_pass(event),
        )
    if not event.copies_collected:
        what = Text("还没有收下业务联", "The sales copies have not been collected")
        yield Reason(what=what, cure=Text("先收联再放行", "Collect them first"), field="copies_collected")


D10 = Article(
    number="D10",
    title=Text("出门条、托运单必填项、下班委托", "Gate pass, complete waybill, authority after hours"),
    chapter="gate",
    clauses=(
        Clause(
            number="D10.1",
            zh="托运单写全才算数：数量、单价、计价单位、收货人、详细地址和电话、承运人及单位、运费合计、到站；运补客户的运费合计可以不写。",
            en="A waybill counts only when complete: quantity, unit price, pricing unit, consignee, his full address and phone, carrier and company, "
            "total freight, destination; for a customer on subsidy the total may stay blank.",
            since=SINCE,
            says=Requires(before=(GatePassIssued, AuthorityUsed), needs=(WaybillBlanks,), breach=blanks,
                holds=Text("托运单十项齐全", "The waybill is complete")),
        ),
        Clause(
            number="D10.2",
            zh="装车后承运人把出库单和托运单交业务，业务收下业务联，才开出门条。",
            en="After loading the carrier brings both papers to sales, which keeps its copy and then issues the gate pass.",
            since=SINCE,
            says=Requires(before=(GatePassIssued,), breach=no_copy, holds=Text("业务联已收", "The sales copy is here")),
        ),
        Clause(
            number="D10.3",
            zh="无出门条不得出门：一条一车一货，用一次，{valid}内有效（至 {end}）；下班后凭委托书所列门卫、通知单、时段放行。",
            en="Nothing leaves without a valid pass: for that vehicle and load, once, within {valid} (to {end}, its own day "
            "included); after hours on a written authority, for the guard, "
            "notices and period it names.",
            since=SINCE,
            parameters=(
                Parameter("valid", Text("有效天数", "days of validity"), Decimal(1), Unit.CALENDAR_DAYS, Decimal(1), Decimal(3)),
                Parameter("end", Text("末日止于", "the last day ends"), Decimal(1440), Unit.CLOCK, Decimal(720), Decimal(1440), close=True),
            ),
            lasting=True,
            says=Requires(before=(VehicleReleased,), needs=(PassState,), breach=no_valid_pass,
                holds=Text("出门条有效，车货相符", "The pass is valid for this vehicle and load")),
        ),
        Clause(
            number="D10.4",
            zh="门卫凭委托放行的，由受托的门卫次一工作日早上 {end} 前把收下的联交回。",
            en="The guard whom the authority names hands the copies of what he released on it over by {end} of the next working morning.",
            since=SINCE,
            says=Owes(
                once=(AuthorityUsed,), owes=(CopiesHandedOver,), per="authority", within=morning_after(time(9, 30), working=True),
                who=Position.GUARD, to=Position.CLIENT_ADMIN, superior=Position.SALES_MANAGER, act="hand_over_copies",
                what=Text("昨晚收下的业务联交回发货台", "Hand last night's copies over to the desk"),
            ),
        ),
        Clause(
            number="D10.5",
            zh="开出门条时财务联未收、客户联未提醒的，业务须在 {within} 内（末日 {end} 止）补齐。",
            en="Where a pass went out without the copy for finance or a word of the customer's copy, the desk makes it good "
            "within {within} (to {end} of the last day).",
            since=SINCE,
            says=Owes(
                once=(GatePassIssued,), when=copies_owed, owes=(CopiesCollected,), ends=(GatePassVoided,), per="gate_pass",
                within=working_days(1, CLOSE), between=(1, 5), who=Position.CLIENT_ADMIN, superior=Position.SALES_MANAGER, act="collect_copies",
                what=Text("补收财务联、提醒客户联", "Collect finance's copy, remind of the customer's"),
            ),
        ),
    ),
)  # fmt: skip
