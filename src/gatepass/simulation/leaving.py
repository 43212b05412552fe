"""From the dock through the gate (D9, D10): vehicles, loading, signatures, waybills, passes, guards by day and by night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from gatepass.dispatch.models import NoticeLine
from gatepass.gate.models import GatePass
from gatepass.simulation.carrying import on_the_road
from gatepass.simulation.deals import Deal, Trade
from gatepass.simulation.founding import Wagon
from gatepass.simulation.world import Story
from gatepass.transport.models import Consignment, Trip, Waybill

PHOTO: Final = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="  # one grey dot: the photo of a paper
)
BREAKDOWNS: Final = ("半路爆胎，拖回来换车", "货箱漏雨，回来换车重装", "客户仓库停电，今天不收货")
Load = list[tuple[Deal, UUID]]


def to_the_dock(trade: Trade, deal: Deal, notice: UUID) -> None:
    """Picked goods wait for a vehicle of the customer's carrier; a brisk order gets one of its own."""
    if deal.plan.brisk:
        wagon = _smallest(trade, deal.client.carrier, *_size([notice]))
        if wagon is not None:
            trade.world.start(_trip(trade, wagon, [(deal, notice)]), trade.world.soon(2, 4))
    else:
        trade.dock.setdefault(deal.client.carrier, []).append((deal, notice))


def dispatching(trade: Trade) -> Story:
    """Three times a day the desk fills vehicles with what stands at the dock."""
    world = trade.world
    while True:
        day = world.today()
        for hour, minute in ((10, 40), (14, 10), (16, 20)):
            yield world.clock(day, hour, minute)
            for carrier in list(trade.dock):
                for wagon, load in _fill(trade, carrier, trade.dock.pop(carrier)):
                    world.start(_trip(trade, wagon, load), world.soon(1, 25))
        yield world.clock(world.calendar.next_working_day(day), 8, 40)


def _fill(trade: Trade, carrier: UUID, waiting: Load) -> Iterable[tuple[Wagon, Load]]:
    """Vehicles of a carrier with what they take: as much as the largest holds, then the smallest that holds it."""
    largest = max(trade.yard.wagons[carrier], key=lambda wagon: wagon.truck.load_kg)
    load: Load = []
    for one in waiting:
        kg, dm3 = _size([notice for _, notice in [*load, one]])
        if load and (kg > largest.truck.load_kg or dm3 > largest.truck.space_dm3):
            yield _smallest(trade, carrier, *_size([notice for _, notice in load])) or largest, load
            load = []
        load.append(one)
    if load:
        yield _smallest(trade, carrier, *_size([notice for _, notice in load])) or largest, load


def _size(notices: list[UUID]) -> tuple[int, int]:
    """Kilograms and litres, rounded up."""
    grams = cm3 = 0
    for line in NoticeLine.objects.filter(notice__uid__in=notices, until_version=None).select_related("product"):
        grams += (line.cartons + line.gift) * line.product.weight_g
        cm3 += (line.cartons + line.gift) * line.product.volume_cm3
    return -(-grams // 1000), -(-cm3 // 1000)


def _smallest(trade: Trade, carrier: UUID, kg: int, dm3: int) -> Wagon | None:
    fitting = [w for w in trade.yard.wagons[carrier] if w.truck.load_kg >= kg and w.truck.space_dm3 >= dm3]
    return min(fitting, key=lambda wagon: wagon.truck.load_kg, default=None)


def _trip(trade: Trade, wagon: Wagon, load: Load) -> Story:
    world, (deal, _), plan = trade.world, load[0], load[0][0].plan
    made = world.tries(
        "arrange_trip", deal.client.desk, vehicle=wagon.uid, driver=wagon.driver, day=world.today(), notices=[notice for _, notice in load]
    )
    if made is None:
        return
    if deal.halts("arranged"):
        return
    yield trade.soon(plan, 25, 100)
    trip = Trip.objects.get(uid=made.uid)
    parts = list(Consignment.objects.filter(trip=trip, voided_at=None).order_by("id"))
    cartons = sum(part.cartons for part in parts)
    counters = world.random.sample(("deng", "gao", "mei"), 2 if wagon.truck.container else 1)
    for counter in counters:
        world.do("count_load", counter, trip=trip.uid, cartons=cartons)
    if deal.halts("counted"):
        return
    yield trade.soon(plan, 4, 20)
    _waybills(trade, deal, parts)
    if not deal.halts("unsigned"):
        _signs(trade, wagon, parts, counters[0])
    seals = f"CD{world.random.randrange(100_000, 999_999)}" if wagon.truck.load_kg >= 10_000 else ""
    world.do("finish_loading", counters[0], trip=trip.uid, seals=seals)
    if deal.halts("loaded") or deal.halts("unsigned"):
        return
    yield from _gate(trade, wagon, load, trip.uid, {"plate": wagon.plate, "cartons": cartons, "seals": seals})


def _waybills(trade: Trade, deal: Deal, parts: list[Consignment]) -> None:
    """What the drafts lack is filled in; now and then the carrier prints another sum than was agreed."""
    for part in parts:
        paper = Waybill.objects.get(consignment=part)
        if paper.freight_fen is None and paper.bearer != "subsidy":
            trade.world.tries("fill_waybill", deal.client.desk, waybill=paper.uid, freight=part.cartons * 350)
        elif paper.freight_fen and trade.world.happens(0.06):
            trade.world.tries("fill_waybill", deal.client.desk, waybill=paper.uid, freight=paper.freight_fen + 5_000)


def _signs(trade: Trade, wagon: Wagon, parts: list[Consignment], counter: str) -> None:
    for part in parts:
        command, by = ("sign_as_carrier", wagon.signs_in) if wagon.signs_in else ("record_signature_on_paper", counter)
        trade.world.do(command, by, consignment=part.uid, name=wagon.driver_name, cartons=part.cartons, image=PHOTO)


def _gate(trade: Trade, wagon: Wagon, load: Load, trip: UUID, seen: dict[str, Any]) -> Story:
    """With a pass while the desk is open, on a guard's authority at night."""
    world, deal = trade.world, load[0][0]
    closes = world.calendar.closes(world.today())
    if deal.plan.leaves == "by night" or world.at > closes - timedelta(minutes=12):
        yield from _by_night(trade, load, trip, seen)
        return
    yield trade.office(deal.plan, 3, 25)
    made = world.tries("issue_gate_pass", deal.client.desk, trip=trip, sales_copy=True, finance_copy=True, customer_copy=True)
    if made is None or deal.halts("passed"):
        return
    row = GatePass.objects.get(uid=made.uid)
    yield trade.soon(deal.plan, 3, 30)
    if deal.plan.leaves == "stopped":
        world.tries("release_vehicle", "feng", code=row.code, **(seen | {"cartons": seen["cartons"] - 1}))
        world.do("stop_vehicle", "feng", code=row.code, plate=wagon.plate, what="门口点数与出门条差一件，退回重点")
        yield world.soon(15, 40)
    guard = "feng" if world.calendar.in_office_hours(world.at) else "niu"
    if world.tries("release_vehicle", guard, code=row.code, **seen) is None:
        return
    if deal.plan.leaves == "comes back":
        yield from _comes_back(trade, load, trip)
    else:
        on_the_road(trade, wagon, load, trip)


def _comes_back(trade: Trade, load: Load, trip: UUID) -> Story:
    """It breaks down on the way: its load is the company's again, and goes out once more on another trip."""
    world, deal = trade.world, load[0][0]
    yield world.soon(15, 25) if deal.plan.brisk else world.soon(40, 150)
    if world.tries("record_came_back", deal.client.desk, trip=trip, reason=world.random.choice(BREAKDOWNS)) is None or deal.halts("back"):
        return
    for one, notice in load:
        one.plan = replace(one.plan, leaves="by day")
        trade.dock.setdefault(one.client.carrier, []).append((one, notice))


def _by_night(trade: Trade, load: Load, trip: UUID, seen: dict[str, Any]) -> Story:
    """The desk names the notices and the hours before it goes home; the guard lets them out and hands the papers over in the morning."""
    world, deal = trade.world, load[0][0]
    day = world.today()
    if world.at < world.calendar.closes(day):
        yield max(world.at, world.calendar.closes(day) - timedelta(minutes=10))
    following = world.calendar.next_working_day(day)
    closes, opens = world.calendar.closes(day), world.calendar.opens(following)
    until = min(opens, closes + timedelta(hours=14))
    given = world.tries(
        "give_authority", deal.client.desk, guard=world.people["niu"], notices=[notice for _, notice in load],
        since=max(closes, world.at), until=until,
    )  # fmt: skip
    if given is None:
        return
    yield _night(world.random.randrange(20, 200), max(closes, world.at))
    left = world.tries("release_on_authority", "niu", authority=given.uid, trip=trip, copies_collected=True, **seen)
    if left is None:
        return
    on_the_road(trade, _wagon_of(trade, trip), load, trip)
    yield opens + timedelta(minutes=world.random.randrange(5, 55))
    if not deal.halts("copies"):
        world.do("hand_over_copies", "niu", authority=given.uid, to=world.people[deal.client.desk])


def _night(minutes: int, closes: datetime) -> datetime:
    return closes + timedelta(minutes=minutes)


def _wagon_of(trade: Trade, trip: UUID) -> Wagon:
    row = Trip.objects.select_related("vehicle").get(uid=trip)
    return next(wagon for wagon in trade.yard.wagons[row.carrier] if wagon.uid == row.vehicle.uid)
