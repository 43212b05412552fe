"""The gate in the model: passes, releases, a vehicle that comes back (D10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from life.rules_changes import stands_refused
from life.rules_road import taken_off, unfit
from life.things import CLIENT, Pass, Trip, count, plus, value
from life.world import World, rule


def midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time())


def _issued(world: World, who: str, trip: Trip, sales_copy: bool) -> Pass:
    old = trip.in_force()
    if old is not None:
        old.void = True
    made = Pass(trip, sum(count(part.stored) for part in trip.aboard), midnight(world.now))
    trip.passes.append(made)
    return made


def unpaid_aboard(world: World, trip: Trip) -> bool:
    here = {part.notice for part in trip.aboard}
    return any(world.unpaid(one.order, one, one.lines) > world.signed(one) for one in here)


@rule("issue_gate_pass", CLIENT, _issued)
def issue_gate_pass(world: World, who: str, trip: Trip, sales_copy: bool) -> Iterator[str]:
    if trip.void or trip.left or not trip.aboard:
        yield ""
    old = trip.in_force()
    if not trip.loaded or not sales_copy or (old is not None and (old.until > world.now or trip.left)):
        yield "D10"
    yield from unfit(trip)
    if any(part.notice.void or part.blank for part in trip.aboard):
        yield "D10"
    if any(part.signed != count(part.stored) for part in trip.aboard):
        yield "D9"
    if unpaid_aboard(world, trip):
        yield "D4"
    if any(stands_refused(world, part.notice) for part in trip.aboard):
        yield "D8"
    if any(world.outdated(part) or world.overdrawn(part.notice) for part in trip.aboard):
        yield "D10"


def _void_pass(world: World, who: str, gate_pass: Pass) -> None:
    gate_pass.void = True


@rule("void_gate_pass", CLIENT, _void_pass)
def void_gate_pass(world: World, who: str, gate_pass: Pass) -> Iterator[str]:
    if gate_pass.used or gate_pass.void:
        yield ""


def _released(world: World, who: str, gate_pass: Pass, plate: bool, cartons: bool, seals: bool) -> None:
    gate_pass.used = True
    leaves(world, gate_pass.trip)


def leaves(world: World, trip: Trip) -> None:
    """The goods are the customer's debt from now on; an order of which the last cartons leave is over."""
    trip.left = True
    for part in trip.aboard:
        order, part.left = part.notice.order, True
        here = [one for one in world.parts() if one.notice is part.notice and not one.void]
        part.notice.left = not world.rest(part.notice) and all(one.left or one.trip is trip for one in here)
        order.debited += value(part.stored)
        for product, (paid, gift) in part.stored.items():
            plus(order.gone, product, paid, gift)
    owed = world.owed()
    for order in {part.notice.order: part for part in trip.aboard}:
        over = all(order.gone.get(product, (0, 0)) == pair for product, pair in order.lines.items() if sum(pair))
        world.money.leave(order, [(part, value(part.stored)) for part in trip.aboard if part.notice.order is order], over)
        if over:
            order.shipped, order.claims = True, False
            order.clocks -= {"D4.3"}
            world.release(order)
    world.paid_off(owed)


@rule("release_vehicle", {"feng"}, _released)
def release_vehicle(world: World, who: str, gate_pass: Pass, plate: bool, cartons: bool, seals: bool) -> Iterator[str]:
    fits = plate and cartons and seals
    if unpaid_aboard(world, gate_pass.trip):
        yield "D4"
    if gate_pass.used or gate_pass.void or world.now >= gate_pass.until or not fits or gate_pass.trip.left:
        yield "D10"


def _came_back(world: World, who: str, trip: Trip) -> None:
    for part in trip.aboard:
        order = part.notice.order
        order.debited -= value(part.stored)
        for product, (paid, gift) in part.stored.items():
            plus(order.gone, product, -paid, -gift)
        order.shipped, order.claims = False, True
        order.clocks.add("D4.3")
    for order in {part.notice.order: part for part in trip.aboard}:
        world.money.back(order, [part for part in trip.aboard if part.notice.order is order])
        order.covered = order.covered and world.money.asks(order) <= 0
    taken_off(world, trip.aboard)
    trip.back = True


@rule("record_came_back", CLIENT | {"feng"}, _came_back)
def record_came_back(world: World, who: str, trip: Trip) -> Iterator[str]:
    if not trip.left or trip.back or any(part.consigned for part in trip.aboard):
        yield ""
    if any(part.credited and not part.reversed for part in trip.aboard):
        yield "D11"
