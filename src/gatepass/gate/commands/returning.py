"""A vehicle that comes back with its load. Its trip is over; the goods wait for a new trip with papers and a pass of its own."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.gate.events import VehicleCameBack
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.orders.shipping import take_back
from gatepass.receivables.models import Clearing
from gatepass.receivables.undoing import came_back, given_up
from gatepass.roles import Power
from gatepass.rules.reasons import Beyond, Reason, refusal
from gatepass.transport import loads, steps
from gatepass.transport.locking import Held, lock_trip
from gatepass.transport.models import Trip, Waybill
from gatepass.words import Text


@command(may=None, title=Text("车辆返回", "Record that a vehicle came back"))
def record_came_back(case: Case, *, trip: Annotated[UUID, Of("trip")], reason: str) -> Ref:
    """Everything on it came back undelivered: debt and shipped quantities are reversed, clocks of the way end, its pass stays used.
    By the desk, or by the guard who lets it in at any hour."""
    powerless = act_with(case, Power.ISSUE_PASS, Power.RELEASE)
    held = lock_trip(case, trip, orders=True)
    papers = {row.consignment_id: row for row in Waybill.objects.select_for_update(no_key=True).filter(consignment__in=held.consignments)}
    case.decide(
        *(
            VehicleCameBack(
                trip=trip,
                consignment=row.uid,
                notice=row.notice.uid,
                order=row.order,
                waybill=papers[row.id].uid,
                reason=reason,
            )
            for row in held.consignments
        ),
        reasons=[
            powerless,
            None if held.trip.left_at else refusal("车还没有出门", "The vehicle has not left", beyond=Beyond.TIME),
            refusal("已经登记过返回", "It was recorded already") if held.trip.came_back_at else None,
            None if reason else refusal("写明原因", "Say why", field="reason"),
            *_delivered(held),
            *(_given_up(one) for one in given_up([row.uid for row in held.consignments])),
            *(_credited(paper) for paper in papers.values() if paper.credited_at),
        ],
    )
    kept = loads.kept(loads.manifest(held.carried), held.consignments)
    for row in held.consignments:
        take_back(case, row.notice.order, loads.order_lines(kept[row.id]))
    for order in dict.fromkeys(row.order for row in held.consignments):
        came_back(case, order=order, consignments=[row.uid for row in held.consignments if row.order == order])
    steps.void_consignments(case, held.consignments)
    Trip.objects.filter(id=held.trip.id).update(came_back_at=case.at)
    return Ref("trip", held.trip.uid, held.trip.number)


def _delivered(held: Held) -> list[Reason]:
    return [
        Reason(
            what=Text("{number} 已交货场或送达", "{number} was consigned or delivered").fill(number=row.number),
            cure=Text("退回的货按退货办理", "Goods that were delivered come back as a return"),
            beyond=Beyond.MEANT,
        )
        for row in held.consignments
        if row.consigned_at
    ]


def _given_up(paper: Clearing) -> Reason:
    return Reason(
        what=Text("这批货的欠款已由 {number} 核销", "The debt of these goods was written off by {number}").fill(number=paper.number),
        clause="D17",
        cure=Text("请财务先冲回", "Finance reverses it first"),
        command="reverse_write_off",
        given={"clearing": str(paper.uid)},
    )


def _credited(paper: Waybill) -> Reason:
    return Reason(
        what=Text("{number} 的运费已入账", "The freight of {number} was posted").fill(number=paper.number),
        clause="D11",
        cure=Text("请财务先冲回", "Finance reverses it first"),
        command="reverse_freight_credit",
        given={"waybill": str(paper.uid)},
    )
