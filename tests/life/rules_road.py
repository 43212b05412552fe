"""Vehicles, loading, the gate and the waybill in the model (D9, D10, D11, C18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from life.rules_desk import here
from life.rules_goods import incomplete, unapproved
from life.world import (
    CLIENT,
    CM3,
    FINANCE,
    GRAMS,
    LEADERS,
    VEHICLES,
    WAREHOUSE,
    Absent,
    Goods,
    Notice,
    Part,
    Pass,
    Trip,
    World,
    count,
    plus,
    rule,
    value,
)


def too_heavy(vehicle: str, loads: list[Goods]) -> bool:
    load_kg, space_dm3, _ = VEHICLES[vehicle]
    grams = sum((paid + gift) * GRAMS[product] for goods in loads for product, (paid, gift) in goods.items())
    return grams > load_kg * 1000 or sum(count(goods) for goods in loads) * CM3 > space_dm3 * 1000


def on_the_way(world: World, notice: Notice) -> bool:
    return any(part.notice is notice and not part.void for part in world.parts())


def _arranged(world: World, who: str, vehicle: str, notices: list[Notice]) -> Trip:
    trip = Trip(vehicle)
    trip.parts = [Part(trip, notice, dict(notice.lines)) for notice in notices]
    world.trips.append(trip)
    return trip


@rule("arrange_trip", CLIENT, _arranged)
def arrange_trip(world: World, who: str, vehicle: str, notices: list[Notice]) -> Iterator[str]:
    if not notices or any(one.void or one.left or on_the_way(world, one) for one in notices):
        yield ""
    if any(unapproved(one) for one in notices):
        yield "D6"
    if too_heavy(vehicle, [one.lines for one in notices if not on_the_way(world, one)]):
        yield "C18"


def frozen(trip: Trip) -> Iterator[str]:
    """Why the load of a trip cannot be changed."""
    if trip.void or trip.left:
        yield ""
    elif trip.in_force() is not None:
        yield "D10"


def taken_off(parts: list[Part]) -> None:
    for part in parts:
        part.void = True
        part.notice.loaded = part.notice.left = False


def _taken_off(world: World, who: str, trip: Trip, notice: Notice) -> None:
    taken_off([part for part in trip.aboard if part.notice is notice])
    trip.loaded = False


@rule("take_notice_off_trip", CLIENT, _taken_off)
def take_notice_off_trip(world: World, who: str, trip: Trip, notice: Notice) -> Iterator[str]:
    if all(part.notice is not notice for part in trip.aboard):
        raise Absent
    yield from frozen(trip)
    if len(trip.aboard) == 1:
        yield ""


def _void_trip(world: World, who: str, trip: Trip) -> None:
    taken_off(trip.aboard)
    trip.void = True


@rule("void_trip", CLIENT, _void_trip)
def void_trip(world: World, who: str, trip: Trip) -> Iterator[str]:
    yield from frozen(trip)


def brought_up_to_date(trip: Trip) -> None:
    for part in trip.aboard:
        if part.stored != part.notice.lines:
            part.stored = dict(part.notice.lines)
            trip.loaded = False


def to_load(trip: Trip) -> int:
    return sum(count(part.notice.lines) for part in trip.aboard)


def _counted(world: World, who: str, trip: Trip, cartons: int) -> None:
    brought_up_to_date(trip)
    trip.counts.append((who, cartons))


@rule("count_load", WAREHOUSE, _counted)
def count_load(world: World, who: str, trip: Trip, cartons: int) -> Iterator[str]:
    stopped = list(frozen(trip))
    yield from stopped
    if cartons != to_load(trip) or (not stopped and (who, cartons) in trip.counts):
        yield "D9"


def too_few_counted(trip: Trip) -> bool:
    stored = sum(count(part.stored) for part in trip.aboard)
    latest = dict(trip.counts)
    return VEHICLES[trip.vehicle][2] and sum(cartons == stored for cartons in latest.values()) < 2


def overdrawn(part: Part) -> bool:
    """More is written down for the vehicle than the notice says now."""
    said = part.notice.lines
    return any(paid > said.get(product, (0, 0))[0] or gift > said.get(product, (0, 0))[1] for product, (paid, gift) in part.stored.items())


def unfit(trip: Trip) -> Iterator[str]:
    """What the clauses say of a load, at loading and at the gate."""
    if any(unapproved(part.notice) for part in trip.aboard):
        yield "D6"
    if any(part.notice.doubtful or incomplete(part.notice) for part in trip.aboard):
        yield "D7"
    if too_few_counted(trip):
        yield "D9"


def _loaded(world: World, who: str, trip: Trip) -> None:
    brought_up_to_date(trip)
    trip.loaded = trip.sealed = True
    for part in trip.aboard:
        part.notice.loaded = True


@rule("finish_loading", WAREHOUSE, _loaded)
def finish_loading(world: World, who: str, trip: Trip) -> Iterator[str]:
    yield from frozen(trip)
    yield from unfit(trip)
    if not trip.aboard or any(overdrawn(part) for part in trip.aboard):
        yield ""
    if too_heavy(trip.vehicle, [part.notice.lines for part in trip.aboard]):
        yield "C18"


def _signed(world: World, who: str, part: Part, cartons: int) -> None:
    brought_up_to_date(part.trip)
    part.signed = cartons


@rule("sign_as_carrier", {"luo"}, _signed)
def sign_as_carrier(world: World, who: str, part: Part, cartons: int) -> Iterator[str]:
    yield from frozen(part.trip)
    if part.void:
        yield ""
    elif cartons != count(part.notice.lines):
        yield "D9"


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
    last = {part.notice.order: part.notice for part in sorted(trip.aboard, key=lambda part: world.notices.index(part.notice))}
    return any(world.unpaid(order, notice, notice.lines) > order.signed for order, notice in last.items())


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
    if any(part.stored != part.notice.lines for part in trip.aboard):
        yield "D10"


def _void_pass(world: World, who: str, gate_pass: Pass) -> None:
    gate_pass.void = True


@rule("void_gate_pass", CLIENT, _void_pass)
def void_gate_pass(world: World, who: str, gate_pass: Pass) -> Iterator[str]:
    if gate_pass.used or gate_pass.void:
        yield ""


def _released(world: World, who: str, gate_pass: Pass, plate: bool, cartons: bool, seals: bool) -> None:
    gate_pass.used, trip = True, gate_pass.trip
    trip.left = True
    for part in trip.aboard:
        order, part.left = part.notice.order, True
        part.notice.left = True
        world.balance += value(part.stored)
        order.debited += value(part.stored)
        for product, (paid, gift) in part.stored.items():
            plus(order.gone, product, paid, gift)
        if all(order.gone.get(product, (0, 0)) == pair for product, pair in order.lines.items() if sum(pair)):
            order.shipped, order.claims = True, False
            order.clocks -= {"D4.3"}
            world.release(order)


@rule("release_vehicle", {"feng"}, _released)
def release_vehicle(world: World, who: str, gate_pass: Pass, plate: bool, cartons: bool, seals: bool) -> Iterator[str]:
    fits = plate and cartons and seals
    if gate_pass.used or gate_pass.void or world.now >= gate_pass.until or not fits:
        yield "D10"


def _came_back(world: World, who: str, trip: Trip) -> None:
    for part in trip.aboard:
        order = part.notice.order
        world.balance -= value(part.stored)
        order.debited -= value(part.stored)
        for product, (paid, gift) in part.stored.items():
            plus(order.gone, product, -paid, -gift)
        order.shipped, order.claims = False, True
        order.clocks.add("D4.3")
    taken_off(trip.aboard)
    trip.back = True


@rule("record_came_back", CLIENT, _came_back)
def record_came_back(world: World, who: str, trip: Trip) -> Iterator[str]:
    if not trip.left or trip.back or any(part.consigned for part in trip.aboard):
        yield ""
    if any(part.credited and not part.reversed for part in trip.aboard):
        yield "D11"


def _consigned(world: World, who: str, part: Part) -> None:
    part.consigned = True


@rule("record_consigned", CLIENT | {"luo"}, _consigned)
def record_consigned(world: World, who: str, part: Part) -> Iterator[str]:
    if not part.left or part.void or part.consigned:
        yield ""


def _customer_told(world: World, who: str, part: Part) -> None:
    part.told = True


@rule("tell_customer", CLIENT | LEADERS | {"yang", "qin", "chen", "xu"}, _customer_told)
def tell_customer(world: World, who: str, part: Part) -> Iterator[str]:
    here(who)
    if not part.left or part.void:
        yield ""
    elif part.told:
        yield "D5"


def _filled(world: World, who: str, part: Part, freight: int | None, blank: bool) -> None:
    part.blank = blank
    part.freight = freight if freight is not None else part.freight


@rule("fill_waybill", CLIENT, _filled)
def fill_waybill(world: World, who: str, part: Part, freight: int | None, blank: bool) -> Iterator[str]:
    if part.void:
        yield ""
    if part.handed_in:
        yield "D11"


def not_out(part: Part) -> Iterator[str]:
    if part.void:
        yield ""
    elif not part.left:
        yield "D11"


def _handed_in(world: World, who: str, part: Part) -> None:
    part.handed_in = True


@rule("hand_in_waybill", FINANCE, _handed_in)
def hand_in_waybill(world: World, who: str, part: Part) -> Iterator[str]:
    yield from not_out(part)
    if part.handed_in:
        yield "D11"


def _credited(world: World, who: str, part: Part) -> None:
    part.credited = True
    world.balance -= part.fen()


@rule("credit_freight", FINANCE, _credited)
def credit_freight(world: World, who: str, part: Part) -> Iterator[str]:
    yield from not_out(part)
    if not part.handed_in or part.credited:
        yield "D11"


def _reversed(world: World, who: str, part: Part) -> None:
    part.reversed = True
    world.balance += part.fen()


@rule("reverse_freight_credit", FINANCE, _reversed)
def reverse_freight_credit(world: World, who: str, part: Part) -> Iterator[str]:
    if not part.credited or part.reversed:
        yield ""
    elif part.used_by is not None:
        yield "D17"
