"""D9: the carrier counts and signs; containers are counted by two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gatepass.gate.events import AuthorityUsed, GatePassIssued
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Law, Requires
from gatepass.rules.events import Event
from gatepass.rules.parameters import Parameter, Unit
from gatepass.rules.reasons import Reason
from gatepass.transport.events import TripLoaded
from gatepass.transport.facts import LoadState
from gatepass.words import Text

SINCE = date(2026, 1, 1)


def unsigned(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    for one in facts[LoadState].consignments:
        if one.signed_cartons is None:
            yield Reason(
                what=Text("承运人还没有在出库单 {number} 和托运单上签字", "The carrier has not signed outbound order {number} and its waybill").fill(
                    number=one.number
                ),
                cure=Text("请司机点数后在手机上签，或签纸质单并拍照", "Have the driver count and sign on the phone, or on paper with a photo"),
                who=Position.DRIVER,
                command="sign_as_carrier",
                given={"consignment": str(one.consignment)},
            )
        elif one.signed_cartons != one.cartons:
            yield Reason(
                what=Text(
                    "{number} 应装 {cartons} 件，承运人签了 {signed} 件", "{number}: {cartons} cartons to go, the carrier signed for {signed}"
                ).fill(number=one.number, cartons=one.cartons, signed=one.signed_cartons),
                cure=Text("重新清点，承运人按实数再签", "Count again; the carrier signs anew for what is there"),
                who=Position.DRIVER,
                command="sign_as_carrier",
                given={"consignment": str(one.consignment)},
            )


def too_few_counters(event: Event, facts: Facts, law: Law) -> Reason | None:
    load = facts[LoadState]
    wanted = int(law.value("D9.2", "counters", law.moment))
    if not load.container or len(set(load.counters)) >= wanted:
        return None
    return Reason(
        what=Text("集装箱须 {wanted} 人清点签字，现在 {have} 人", "A container is counted by {wanted} people, so far {have}").fill(
            wanted=wanted, have=len(set(load.counters))
        ),
        cure=Text("请另一位仓库同事清点", "Have another warehouse colleague count"),
        who=Position.WAREHOUSE,
        command="count_load",
        given={"trip": str(event.reference("trip"))},
    )


D9 = Article(
    number="D9",
    title=Text("承运验收签字、集装箱双人清点", "Carrier's signature, containers counted by two"),
    chapter="gate",
    clauses=(
        Clause(
            number="D9.1",
            zh="承运人按出库单清点，并在出库单和托运单上签字，此后该批货由承运人负责。",
            en="The carrier counts against the outbound order and signs it and the waybill; from then on the goods are his responsibility.",
            since=SINCE,
            says=Requires(
                before=(GatePassIssued, AuthorityUsed),
                needs=(LoadState,),
                breach=unsigned,
                holds=Text("承运人已清点签字", "Counted and signed by the carrier"),
            ),
        ),
        Clause(
            number="D9.2",
            zh="集装箱至少由 {counters} 名不同的仓库人员清点签字，并对点数负责。",
            en="A container is counted and signed by at least {counters} different people of the warehouse, who answer for the count.",
            since=SINCE,
            parameters=(Parameter("counters", Text("清点人数", "people who count"), Decimal(2), Unit.PEOPLE, Decimal(2), Decimal(5)),),
            says=Requires(before=(TripLoaded, GatePassIssued, AuthorityUsed), needs=(LoadState,), breach=too_few_counters),
        ),
    ),
)
