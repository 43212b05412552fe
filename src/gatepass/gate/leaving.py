"""Goods pass the gate: they become the customer's debt, the order's lines count what left, the clocks of the way begin."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gatepass.journal.door import Case
from gatepass.journal.reading import run
from gatepass.orders.events import OrderShipped
from gatepass.orders.models import Order
from gatepass.orders.shipping import outstanding, record_shipped
from gatepass.receivables.posting import Goods, goods_left
from gatepass.rules.events import Event
from gatepass.transport import loads, sql
from gatepass.transport.events import GoodsLeft
from gatepass.transport.loads import Load, Manifest
from gatepass.transport.locking import Held
from gatepass.transport.models import Consignment


@dataclass(frozen=True)
class Departure:
    """What leaves with a trip: each consignment with its load and goods money, and the orders that it completes."""

    held: Held
    known: Manifest
    loads: dict[int, Load]
    fen: dict[int, int]
    completed: dict[int, Order]
    events: tuple[Event, ...]


def departure_of(held: Held, known: Manifest) -> Departure:
    """Worked out under the locks, before the decision."""
    made = loads.loaded(known, held.consignments)
    tally: dict[int, int] = {}
    fen = {row.id: loads.value_fen(known, made[row.id].pieces, tally) for row in held.consignments}
    completed = _completed(held, made)
    left = [
        GoodsLeft(
            consignment=row.uid, notice=row.notice.uid, order=row.order, customer=row.notice.order.customer.uid, trip=held.trip.uid,
            waybill=row.waybill.uid, carrier=held.carrier.uid, cartons=row.cartons, goods_fen=fen[row.id],
        )
        for row in held.consignments
    ]  # fmt: skip
    shipped = [OrderShipped(order=one.uid, customer=one.customer.uid) for one in completed.values()]
    return Departure(held, known, made, fen, completed, (*left, *shipped))


def _completed(held: Held, made: dict[int, Load]) -> dict[int, Order]:
    """Orders, by the consignment with which the last of their cartons leave."""
    found: dict[int, Order] = {}
    orders = {row.notice.order_id: row.notice.order for row in held.consignments}
    left = outstanding(order.id for order in orders.values() if order.shipped_at is None)
    for number, still in left.items():
        mine = [row for row in held.consignments if row.notice.order_id == number]
        going = sum(cartons + gift for row in mine for _, cartons, gift in loads.order_lines(made[row.id].pieces))
        if still <= going:
            found[mine[-1].id] = orders[number]
    return found


def leave(case: Case, departure: Departure) -> None:
    """Write that the trip left."""
    held = departure.held
    parts = [{"id": row.id, "fen": departure.fen[row.id]} for row in held.consignments]
    run(sql.LEAVE, {"at": case.at, "trip": held.trip.id, "parts": json.dumps(parts), "notices": _notices_left(departure)})
    lines = [line for load in departure.loads.values() for line in loads.order_lines(load.pieces)]
    record_shipped(case, lines, [order.uid for order in departure.completed.values()])
    goods_left(case, [_goods(departure, row) for row in held.consignments])


def _goods(departure: Departure, row: Consignment) -> Goods:
    return Goods(
        customer=row.notice.order.customer.uid, order=row.order, consignment=row.uid, label=f"{row.number} 货款",
        fen=departure.fen[row.id], completes=row.id in departure.completed,
    )  # fmt: skip


def _notices_left(departure: Departure) -> list[int]:
    """A notice has left when nothing of it waits, on no trip or on one that has not left."""
    here = {row.id for row in departure.held.consignments}
    waiting = {load.notice.id for load in loads.remaining(departure.known) if load.pieces}
    waiting |= {notice for consignment, notice in departure.known.waiting if consignment not in here}
    return sorted({one.id for one in departure.known.notices} - waiting)
