"""Vehicles, loading, the gate and the waybill in the model (D9, D10, D11, C18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from life.rules_desk import here
from life.rules_notices import unapproved
from life.rules_picking import incomplete
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


def wanted(world: World, notice: Notice, some: Goods) -> tuple[Goods, bool]:
    """What of a notice goes: what is named, else all that is on no trip; and whether more was named than is left."""
    rest = world.rest(notice)
    fits = {
        product: pair for product, pair in some.items()
        if product in rest and sum(pair) and 0 <= pair[0] <= rest[product][0] and 0 <= pair[1] <= rest[product][1]
    }  # fmt: skip
    return fits or rest, len(fits) < len(some)


def _arranged(world: World, who: str, vehicle: str, notices: list[Notice], parts: dict[Notice, Goods]) -> Trip:
    trip = Trip(vehicle)
    for notice in notices:
        some = parts.get(notice, {})
        part = Part(trip, notice, partial=bool(some))
        part.hold(wanted(world, notice, some)[0])
        trip.parts.append(part)
    world.trips.append(trip)
    return trip


@rule("arrange_trip", CLIENT, _arranged)
def arrange_trip(world: World, who: str, vehicle: str, notices: list[Notice], parts: dict[Notice, Goods]) -> Iterator[str]:
    made = [wanted(world, one, parts.get(one, {})) for one in notices]
    if not notices or any(one.void or one.left for one in notices) or any(wrong or not goods for goods, wrong in made):
        yield ""
    if any(unapproved(one) for one in notices):
        yield "D6"
    if too_heavy(vehicle, [goods for goods, _ in made]):
        yield "C18"


def frozen(trip: Trip) -> Iterator[str]:
    """Why the load of a trip cannot be changed."""
    if trip.void or trip.left:
        yield ""
    elif trip.in_force() is not None:
        yield "D10"


def taken_off(world: World, parts: list[Part]) -> None:
    """A notice stays loaded while another part of it is on a loaded vehicle, or out."""
    for part in parts:
        part.void = True
    for part in parts:
        others = any(one.notice is part.notice and not one.void and one.trip.loaded for one in world.parts())
        part.notice.loaded, part.notice.left = part.notice.loaded and others, False


def _taken_off(world: World, who: str, trip: Trip, notice: Notice) -> None:
    taken_off(world, [part for part in trip.aboard if part.notice is notice])
    trip.loaded = False


@rule("take_notice_off_trip", CLIENT, _taken_off)
def take_notice_off_trip(world: World, who: str, trip: Trip, notice: Notice) -> Iterator[str]:
    if all(part.notice is not notice for part in trip.aboard):
        raise Absent
    yield from frozen(trip)
    if len(trip.aboard) == 1:
        yield ""


def _void_trip(world: World, who: str, trip: Trip) -> None:
    taken_off(world, trip.aboard)
    trip.void = True


@rule("void_trip", CLIENT, _void_trip)
def void_trip(world: World, who: str, trip: Trip) -> Iterator[str]:
    yield from frozen(trip)


def brought_up_to_date(world: World, trip: Trip) -> None:
    for part in trip.aboard:
        if world.outdated(part):
            part.hold(part.notice.lines)
            trip.loaded = False


def to_load(world: World, trip: Trip) -> int:
    return sum(count(world.load(part)) for part in trip.aboard)


def _counted(world: World, who: str, trip: Trip, cartons: int) -> None:
    brought_up_to_date(world, trip)
    trip.counts.append((who, cartons))


@rule("count_load", WAREHOUSE, _counted)
def count_load(world: World, who: str, trip: Trip, cartons: int) -> Iterator[str]:
    stopped = list(frozen(trip))
    yield from stopped
    if cartons != to_load(world, trip) or (not stopped and (who, cartons) in trip.counts):
        yield "D9"


def too_few_counted(trip: Trip) -> bool:
    stored = sum(count(part.stored) for part in trip.aboard)
    latest = dict(trip.counts)
    return VEHICLES[trip.vehicle][2] and sum(cartons == stored for cartons in latest.values()) < 2


def unfit(trip: Trip) -> Iterator[str]:
    """What the clauses say of a load, at loading and at the gate."""
    if any(unapproved(part.notice) for part in trip.aboard):
        yield "D6"
    if any(part.notice.doubtful or incomplete(part.notice) for part in trip.aboard):
        yield "D7"
    if too_few_counted(trip):
        yield "D9"


def _loaded(world: World, who: str, trip: Trip) -> None:
    brought_up_to_date(world, trip)
    trip.loaded = trip.sealed = True
    for part in trip.aboard:
        part.notice.loaded = True


@rule("finish_loading", WAREHOUSE, _loaded)
def finish_loading(world: World, who: str, trip: Trip) -> Iterator[str]:
    yield from frozen(trip)
    yield from unfit(trip)
    if not trip.aboard or any(world.overdrawn(part.notice) for part in trip.aboard):
        yield ""
    if too_heavy(trip.vehicle, [world.load(part) for part in trip.aboard]):
        yield "C18"


def _signed(world: World, who: str, part: Part, cartons: int) -> None:
    brought_up_to_date(world, part.trip)
    part.signed = cartons


@rule("sign_as_carrier", {"luo"}, _signed)
def sign_as_carrier(world: World, who: str, part: Part, cartons: int) -> Iterator[str]:
    yield from frozen(part.trip)
    if part.void:
        yield ""
    elif cartons != count(world.load(part)):
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
    if gate_pass.used or gate_pass.void or world.now >= gate_pass.until or not fits or gate_pass.trip.left:
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
    taken_off(world, trip.aboard)
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
