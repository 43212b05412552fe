"""On the way: consigned or delivered, the customer told, positions, arrival."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import update
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.transport.events import CustomerTold, GoodsConsigned, PositionReported, TripArrived
from gatepass.transport.locking import in_scope, lock_consignment, one
from gatepass.transport.models import Position, Trip
from gatepass.transport.moments import in_company_zone
from gatepass.words import Text, same

name_fields(
    moment=("何时交货场或送达", "when it was consigned or delivered"), direct=("直接送达客户", "delivered to the customer"),
    place=("到了哪里", "place"), claimed_at=("什么时候", "when"),
)  # fmt: skip
SLACK = timedelta(minutes=5)  # a phone's clock may be a little ahead
BROUGHT = Text("{number} {where}：{note}", "{number} {where}: {note}")
WHERE = {True: Text("送达", "delivered"), False: Text("交货场", "to the freight yard")}
TOLD = Text("告知发货 {number}（{n} 件，{plate}），{how}", "Told of dispatch {number} ({n} cartons, {plate}), {how}")


@command(may=Power.TRACK, title=Text("登记交货场或送达", "Record consignment or delivery"))
def record_consigned(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    moment: datetime,
    direct: bool = False,
    note: str = "",
) -> Ref:
    """The carrier says when he handed the goods over; his word moves D11's clock only when it is recorded on the same day."""
    row = lock_consignment(case, consignment)
    order, waybill = row.notice.order, row.waybill
    moment = in_company_zone(moment)
    same_day = _day(moment) == _day(case.at) and waybill.handed_in_at is None  # once the paper is in, no clock moves
    case.decide(
        GoodsConsigned(
            consignment=consignment, order=order.uid, customer=order.customer.uid, waybill=waybill.uid, carrier=row.trip.carrier,
            moment=moment, same_day=same_day, direct=direct,
        ),
        reasons=[
            *_claim(moment, row.left_at, case.at, "moment"),
            refusal("这批货已随车返回", "These goods came back") if row.voided_at else None,
            refusal("已经登记过了", "This was recorded already") if row.consigned_at else None,
        ],
    )  # fmt: skip
    update(row, consigned_at=case.at, consigned_claimed=moment, direct=direct)
    if note:
        plan_note(case, order_id=order.id, kind="explanation", text=BROUGHT.fill(number=row.number, where=WHERE[direct], note=note))
    return Ref("consignment", row.uid, row.number)


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
            None if row.left_at and not row.voided_at else refusal("货还没有出门", "The goods have not left"),
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
            *_claim(moment, row.left_at, case.at, "claimed_at"),
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
        reasons=[*_claim(moment, row.left_at, case.at, "claimed_at"), arrived if row.arrived_at else None],
    )
    update(row, arrived_at=moment)
    return Ref("trip", row.uid, row.number)


def _lock(case: Case, trip: UUID) -> Trip:
    row = one(Trip, "trip", trip, lock=True)
    in_scope(case.actor, row.carrier)
    return row


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _claim(moment: datetime, left_at: datetime | None, at: datetime, field: str) -> list[Reason]:
    """A claimed moment lies between the release at the gate and now."""
    if left_at is None:
        return [refusal("车还没有出门", "The vehicle has not left")]
    if moment < left_at.replace(second=0, microsecond=0):
        return [refusal("时间早于出门放行", "It is before the release at the gate", field=field)]
    return [refusal("时间还没有到", "It is in the future", field=field)] if moment > at + SLACK else []
