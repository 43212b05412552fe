"""Goods pass the gate: they become the customer's debt, the order's lines count what left, the clocks of the way begin."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gatepass.dispatch.unpaid import pay_days
from gatepass.gate import sql
from gatepass.journal.door import Case
from gatepass.journal.reading import run
from gatepass.orders.events import OrderShipped
from gatepass.orders.models import Order
from gatepass.orders.shipping import record_shipped
from gatepass.receivables import labels
from gatepass.receivables.going import Going, Goods, going
from gatepass.rules.events import Event
from gatepass.transport import loads
from gatepass.transport.events import GoodsLeft
from gatepass.transport.freight import gate_fen
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
    going: Going
    events: tuple[Event, ...]


def departure_of(held: Held, known: Manifest) -> Departure:
    """Worked out under the locks, before the decision: what leaves is what was loaded, counted and signed for, and is written down so."""
    kept = loads.kept(known, held.consignments)
    made = {row.id: Load(row.notice, kept[row.id]) for row in held.consignments}
    tally: dict[int, int] = {}
    fen = {row.id: loads.value_fen(known, made[row.id].pieces, tally) for row in held.consignments}
    completed = _completed(held, known, made)
    left = [
        GoodsLeft(
            consignment=row.uid, notice=row.notice.uid, order=row.order, customer=row.notice.order.customer.uid, trip=held.trip.uid,
            waybill=row.waybill.uid, carrier=held.carrier.uid, cartons=row.cartons, goods_fen=fen[row.id],
        )
        for row in held.consignments
    ]  # fmt: skip
    shipped = [OrderShipped(order=one.uid, customer=one.customer.uid) for one in completed.values()]
    accounts = going([_goods(row, fen[row.id], completes=row.id in completed) for row in held.consignments])
    if accounts.unpaid_orders():
        accounts.promise(pay_days([row.notice.uid for row in held.consignments]))
    return Departure(held, known, made, fen, completed, accounts, (*left, *shipped, *accounts.events))


def _completed(held: Held, known: Manifest, made: dict[int, Load]) -> dict[int, Order]:
    """Orders, by the consignment with which the last of their cartons leave."""
    found: dict[int, Order] = {}
    for order in {row.notice.order_id: row.notice.order for row in held.consignments}.values():
        mine = [row for row in held.consignments if row.notice.order_id == order.id]
        going = sum(cartons + gift for row in mine for _, cartons, gift in loads.order_lines(made[row.id].pieces))
        if order.shipped_at is None and known.outstanding(order.id) <= going:
            found[mine[-1].id] = order
    return found


@dataclass(frozen=True, kw_only=True)
class Let:
    """What the guard let out: on a pass or on an authority, as he saw it."""

    plate: str
    cartons: int
    seals: str
    gate_pass: int | None = None
    authority: int | None = None
    copies: bool = False


def release(case: Case, let: Let, departure: Departure | None) -> None:
    """Write the release and, where a trip leaves with it, that everything on it left."""
    consignments = departure.held.consignments if departure else []
    parts = [{"id": row.id, "fen": departure.fen[row.id], "gate": gate_fen(row.waybill)} for row in consignments] if departure else []
    run(
        sql.RELEASE,
        {
            "entry": case.entry, "trip": departure.held.trip.id if departure else None, "pass": let.gate_pass, "authority": let.authority,
            "guard": case.actor.person, "at": case.at, "plate": let.plate, "cartons": let.cartons, "seals": let.seals,
            "copies": let.copies, "parts": json.dumps(parts), "notices": _notices_left(departure) if departure else [],
        },
    )  # fmt: skip
    if departure:
        _leave(case, departure)


def _leave(case: Case, departure: Departure) -> None:
    lines = [line for load in departure.loads.values() for line in loads.order_lines(load.pieces)]
    record_shipped(case, lines, [order.uid for order in departure.completed.values()])
    departure.going.write(case)


def _goods(row: Consignment, fen: int, *, completes: bool) -> Goods:
    return Goods(
        customer=row.notice.order.customer.uid, order=row.order, consignment=row.uid, label=labels.GOODS.fill(number=row.number).zh,
        fen=fen, completes=completes, aged=row.notice.written_at,
    )  # fmt: skip


def _notices_left(departure: Departure) -> list[int]:
    """A notice has left when nothing of it waits, on no trip or on one that has not left."""
    here = {row.id for row in departure.held.consignments}
    waiting = {load.notice.id for load in loads.remaining(departure.known) if load.pieces}
    waiting |= {notice for consignment, notice in departure.known.waiting if consignment not in here}
    return sorted({one.id for one in departure.known.notices} - waiting)
