"""On the way: the customer told, positions, arrival."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import update
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import Power
from gatepass.rules.reasons import Beyond, NotFound, Reason, refusal
from gatepass.transport.events import CustomerTold, PositionReported, TripArrived
from gatepass.transport.locking import in_scope, lock_consignment, one
from gatepass.transport.models import Position, Trip
from gatepass.transport.moments import claimed, in_company_zone
from gatepass.transport.shortfall import said_of, shortfall
from gatepass.words import Text

name_fields(place=("到了哪里", "place"), claimed_at=("什么时候", "when"))
SHORT = Text("。短少、调整：{what}；原因：{why}", ". Short or adjusted: {what}; why: {why}")
WHOLE = Text("。没有短少、调整", ". Nothing short or adjusted")
ANSWERED = Text("。答复：{answer}", ". Answer: {answer}")
TOLD = Text("告知发货 {number}（{n} 件，{plate}），{how}", "Told of dispatch {number} ({n} cartons, {plate}), {how}")


@command(may=Power.TALK_TO_CUSTOMER, title=Text("告知客户发货", "Tell the customer of the dispatch"))
def tell_customer(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    how: Annotated[str, StringConstraints(max_length=60)],
    answer: Annotated[str, Called(Text("客户答复", "what he answered"), long=True)],
    why: Annotated[str, Called(Text("为什么短少、调整", "why it is short or adjusted"), long=True)] = "",
) -> Ref:
    """What was sent, on which vehicle; what is short or adjusted, which the program works out, and why; his answer. All of it is kept and
    goes into the plan book with the time."""
    row = lock_consignment(case, consignment)
    order = row.notice.order
    if case.actor.regions is not None and order.region not in case.actor.regions:
        raise NotFound("consignment")
    short = shortfall(row)
    already = refusal("已经告知过了", "The customer was told already", clause="D5")
    unexplained = Text("写明为什么：{what}", "Say why: {what}").fill(what=short)
    case.decide(
        CustomerTold(consignment=consignment, order=order.uid, customer=order.customer.uid, how=how, short=bool(short)),
        reasons=[
            None if row.left_at and not row.voided_at else refusal("货还没有出门", "The goods have not left", beyond=Beyond.TIME),
            already if row.told_at else None,
            None if how else refusal("写明怎么告知的", "Say how", field="how"),
            None if answer else refusal("写明客户怎么答复的", "Say what he answered", clause="D5", field="answer"),
            Reason(what=unexplained, clause="D5", field="why") if short and not why else None,
        ],
    )
    listed = said_of(short)
    update(row, told_at=case.at, told_how=how, told_short=listed.zh, told_short_en=listed.en, told_why=why, told_answer=answer)
    said = TOLD.fill(number=row.number, n=row.cartons, plate=row.trip.vehicle.plate, how=how)
    said += SHORT.fill(what=listed, why=why) if short else WHOLE
    plan_note(case, order_id=order.id, kind="call", text=said + ANSWERED.fill(answer=answer))
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
    Position.objects.create(trip=row, at=case.at, claimed_at=moment, place=place, note=note, by=case.actor.person)
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
