"""On the way: the customer told, positions, arrival."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import update
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import Power
from gatepass.rules.reasons import Beyond, NotFound, refusal
from gatepass.transport.events import CustomerTold, PositionReported, TripArrived
from gatepass.transport.locking import in_scope, lock_consignment, one
from gatepass.transport.models import Position, Trip
from gatepass.transport.moments import claimed, in_company_zone
from gatepass.words import Text, same

name_fields(place=("到了哪里", "place"), claimed_at=("什么时候", "when"))
TOLD = Text("告知发货 {number}（{n} 件，{plate}），{how}", "Told of dispatch {number} ({n} cartons, {plate}), {how}")


@command(may=Power.TALK_TO_CUSTOMER, title=Text("告知客户发货", "Tell the customer of the dispatch"))
def tell_customer(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    how: str,
    answer: Annotated[str, Called(Text("客户答复", "what he answered"), long=True)] = "",
) -> Ref:
    """What was sent, on which vehicle, what was adjusted and why; the time and his answer go into the plan book."""
    row = lock_consignment(case, consignment)
    order = row.notice.order
    if case.actor.regions is not None and order.region not in case.actor.regions:
        raise NotFound("consignment")
    already = refusal("已经告知过了", "The customer was told already", clause="D5")
    case.decide(
        CustomerTold(consignment=consignment, order=order.uid, customer=order.customer.uid, how=how),
        reasons=[
            None if row.left_at and not row.voided_at else refusal("货还没有出门", "The goods have not left", beyond=Beyond.TIME),
            already if row.told_at else None,
            None if how else refusal("写明怎么告知的", "Say how", field="how"),
        ],
    )
    update(row, told_at=case.at, told_answer=answer[:300])
    said = TOLD.fill(number=row.number, n=row.cartons, plate=row.trip.vehicle.plate, how=how)
    said += Text("。答复：{answer}", ". Answer: {answer}").fill(answer=answer) if answer else same("")
    plan_note(case, order_id=order.id, kind="call", text=said)
    return Ref("consignment", row.uid, row.number)


@command(may=Power.TRACK, title=Text("报在途位置", "Report a position"))
def report_position(
    case: Case, *, trip: Annotated[UUID, Of("trip")], place: str, claimed_at: datetime | None = None, note: str = ""
) -> Ref:
    """Where the vehicle is (or was, at `claimed_at`)."""
    row = _lock(case, trip)
    moment = in_company_zone(claimed_at or case.at)
    case.decide(
        PositionReported(trip=trip, carrier=row.carrier, claimed_at=moment),
        reasons=[
            *claimed(moment, row.left_at, case.at, "claimed_at"),
            None if place else refusal("写明到了哪里", "Say where", field="place"),
        ],
    )
    Position.objects.create(trip=row, at=case.at, claimed_at=moment, place=place[:120], note=note[:200], by=case.actor.person)
    return Ref("trip", row.uid, row.number)


@command(may=Power.TRACK, title=Text("登记到货", "Record the arrival"))
def record_arrival(case: Case, *, trip: Annotated[UUID, Of("trip")], claimed_at: datetime | None = None) -> Ref:
    """The vehicle reached its last destination."""
    row = _lock(case, trip)
    moment = in_company_zone(claimed_at or case.at)
    arrived = refusal("已经登记到货", "The arrival was recorded already")
    case.decide(
        TripArrived(trip=trip, carrier=row.carrier, claimed_at=moment),
        reasons=[*claimed(moment, row.left_at, case.at, "claimed_at"), arrived if row.arrived_at else None],
    )
    update(row, arrived_at=moment)
    return Ref("trip", row.uid, row.number)


def _lock(case: Case, trip: UUID) -> Trip:
    row = one(Trip, "trip", trip, lock=True)
    in_scope(case.actor, row.carrier)
    return row
