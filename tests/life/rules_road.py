"""Vehicles and loading in the model (D9, C18)."""

from __future__ import annotations

from collections.abc import Iterator

from life.rules_notices import unapproved
from life.rules_picking import incomplete
from life.things import CLIENT, CM3, GRAMS, VEHICLES, WAREHOUSE, Absent, Goods, Notice, Part, Trip, count
from life.world import World, rule


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
    trip.void = not trip.aboard


@rule("take_notice_off_trip", CLIENT | WAREHOUSE, _taken_off)
def take_notice_off_trip(world: World, who: str, trip: Trip, notice: Notice) -> Iterator[str]:
    if all(part.notice is not notice for part in trip.aboard):
        raise Absent
    yield from frozen(trip)


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
