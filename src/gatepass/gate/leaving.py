"""Goods pass the gate: they become the customer's debt, the order's lines count what left, the clocks of the way begin."""

from __future__ import annotations

from dataclasses import dataclass

from gatepass.dispatch.models import Notice
from gatepass.journal.door import Case
from gatepass.orders.events import OrderShipped
from gatepass.orders.models import Order
from gatepass.orders.shipping import completes, record_shipped
from gatepass.receivables.posting import goods_left
from gatepass.rules.events import Event
from gatepass.transport import loads
from gatepass.transport.events import GoodsLeft
from gatepass.transport.loads import Load
from gatepass.transport.locking import Held
from gatepass.transport.models import Consignment, Trip, Waybill


@dataclass(frozen=True)
class Departure:
    """What leaves with a trip: each consignment with its load and goods money, and the orders that it completes."""

    held: Held
    loads: dict[int, Load]
    fen: dict[int, int]
    completed: dict[int, Order]
    events: tuple[Event, ...]


def departure_of(held: Held) -> Departure:
    """Worked out under the locks, before the decision."""
    made = loads.loaded(held.consignments)
    tally: dict[int, int] = {}
    fen = {row.id: loads.value_fen(made[row.id].pieces, tally) for row in held.consignments}
    completed = _completed(held, made)
    papers = dict(Waybill.objects.filter(consignment__in=held.consignments).values_list("consignment_id", "uid"))
    left = [
        GoodsLeft(
            consignment=row.uid, notice=row.notice.uid, order=row.order, customer=row.notice.order.customer.uid, trip=held.trip.uid,
            waybill=papers[row.id], carrier=held.carrier.uid, cartons=row.cartons, goods_fen=fen[row.id],
        )
        for row in held.consignments
    ]  # fmt: skip
    shipped = [OrderShipped(order=one.uid, customer=one.customer.uid) for one in completed.values()]
    return Departure(held, made, fen, completed, (*left, *shipped))


def _completed(held: Held, made: dict[int, Load]) -> dict[int, Order]:
    """Orders, by the consignment with which the last of their cartons leave."""
    found: dict[int, Order] = {}
    for order in {row.notice.order_id: row.notice.order for row in held.consignments}.values():
        mine = [row for row in held.consignments if row.notice.order_id == order.id]
        lines = [line for row in mine for line in loads.order_lines(made[row.id].pieces)]
        if mine and order.shipped_at is None and completes(order, lines):
            found[mine[-1].id] = order
    return found


def leave(case: Case, departure: Departure) -> None:
    """Write that the trip left."""
    held = departure.held
    Trip.objects.filter(id=held.trip.id).update(left_at=case.at, pass_issued_at=None)
    for row in held.consignments:
        load, fen = departure.loads[row.id], departure.fen[row.id]
        Consignment.objects.filter(id=row.id).update(left_at=case.at, goods_fen=fen)
        record_shipped(case, row.notice.order, loads.order_lines(load.pieces))
        goods_left(
            case, customer=row.notice.order.customer.uid, order=row.order, consignment=row.uid, label=f"{row.number} 货款", goods_fen=fen,
            completes=row.id in departure.completed,
        )  # fmt: skip
    _notices_left(case, held)


def _notices_left(case: Case, held: Held) -> None:
    """A notice has left when nothing of it waits, on no trip or on one that has not left."""
    notices = [row.notice for row in held.consignments]
    waiting = {load.notice.id for load in loads.remaining(notices) if load.pieces}
    waiting |= set(Consignment.objects.filter(notice__in=notices, voided_at=None, left_at=None).values_list("notice_id", flat=True))
    Notice.objects.filter(id__in={one.id for one in notices} - waiting).update(left_at=case.at)
