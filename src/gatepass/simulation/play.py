"""A company played for some days: `gatepass simulate`, and what the demo begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from gatepass.journal.clock import clock_at
from gatepass.simulation import asides, calling, founding, leading, leaving, making, paying, shipping
from gatepass.simulation.clientele import DEALERS, Client, sign_up
from gatepass.simulation.deals import Plan, Trade
from gatepass.simulation.world import Story, World
from gatepass.workcalendar.queries import current

WEEKDAYS: Final = (1.25, 1.05, 1.0, 1.0, 1.0, 0.6, 0.0)
MONTHS: Final = (1.3, 0.7, 0.9, 0.95, 0.9, 0.85, 0.8, 0.85, 1.05, 1.1, 1.15, 1.25)


@dataclass
class Play:
    """A company with its stories; call `until()` to let time pass."""

    trade: Trade
    orders_per_day: float
    orders: int = 0
    most_orders: int | None = None
    _weights: list[float] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.trade.world

    def until(self, day: date, hour: int, minute: int = 0) -> None:
        """Play on to a moment of a day, day by day, chaining the journal each night."""
        end = self.world.clock(day, hour, minute)
        with self.world.alive():
            while (night := self.world.calendar.midnight_after(self.world.today())) < end:
                self.world.run(night)
                self.world.seal()
            self.world.run(end)
            self.world.seal()

    def phones(self) -> Story:
        """Customers call in office hours; more on Mondays and before the cold months."""
        world = self.world
        while True:
            day = world.calendar.at_or_after(world.today())
            busy = WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] * self.orders_per_day
            calls = max(0, round(world.random.gauss(busy, busy**0.5 * 0.6)))
            for _ in range(calls):
                if self.most_orders is None or self.orders < self.most_orders:
                    self.orders += 1
                    moment = self._call(day)
                    client = world.random.choices(self.trade.clients, self._weights)[0]
                    world.start(self._ring(client), moment)
            yield world.clock(world.calendar.next_working_day(day), 8, 30)

    def _call(self, day: date) -> datetime:
        hour = self.world.random.choices((8, 9, 10, 11, 13, 14, 15, 16, 17), (1, 5, 5, 3, 2, 4, 4, 3, 1))[0]
        minute = self.world.random.randrange(31, 60) if hour in (8, 13) else self.world.random.randrange(60)
        return self.world.clock(day, hour, minute) + timedelta(seconds=self.world.random.randrange(60))

    def _ring(self, client: Client) -> Story:
        """The plan is made when the phone rings, so that chance is drawn in the order of time."""
        yield from calling.order(self.trade, client, plan_of(self.trade, client))


def plan_of(trade: Trade, client: Client) -> Plan:
    """How an order of this customer is going to go."""
    random = trade.world.random
    answer = "confirms"
    if random.random() < client.careless:
        answer = "gives up" if random.random() < 0.12 else "forgets"
    elif random.random() < 0.06:
        answer = "objects"
    pays = "in time"
    if random.random() < client.slow:
        pays = random.choice(("late", "late", "after", "short", "never"))
    elif random.random() < 0.06:
        pays = random.choice(("short", "over", "after"))
    return Plan(
        lines=calling.wanted(trade, client), answer=answer, pays=pays,
        warehouse=random.choices(("smooth", "doubt", "short", "substitute", "extra", "split", "night"), (83, 5, 3, 2, 2, 3, 2))[0],
        leaves=random.choices(("by day", "by night", "stopped", "comes back"), (86, 9, 3, 2))[0],
        waybill=random.choices(("in time", "late", "very late"), (86, 10, 4))[0],
    )  # fmt: skip


def begin(
    first: date, *, seed: int, orders_per_day: float, dealers: int = DEALERS, demo: bool = False, said: Callable[[int], None] | None = None
) -> Play:
    """Found a company in an empty database on the eve of its first day and let its people start."""
    calendar = current()
    eve = calendar.moment(first - timedelta(days=1), founding.EVENING)
    world = World(seed, eve, calendar=calendar, said=said or (lambda commands: None))
    with world.alive(), clock_at(eve):
        yard = founding.found(world, demo=demo)
        trade = Trade(world, yard, sign_up(world, yard, dealers))
        trade.ship = partial(shipping.ship, trade)
    play = Play(trade, orders_per_day, _weights=[client.rank for client in trade.clients])
    world.start(play.phones(), world.clock(first, 8, 30))
    day = calendar.at_or_after(first)
    for routine, hour in (
        (making.restocking, 8), (making.planning, 17), (paying.vouchers, 10), (paying.clearing, 10), (leaving.dispatching, 8), (leading.deciding, 9),
        (leading.amending, 9), (leading.proposing, 13), (asides.sampling, 8), (asides.carting, 9), (asides.going_away, 8),
    ):  # fmt: skip
        world.start(routine(trade), world.clock(day, hour, 45))
    if not demo:
        world.start(leading.ending_the_cut_over(trade), world.clock(day, 9, 45))
    return play


def simulate(
    first: date, days: int, orders_per_day: float, seed: int, *, dealers: int = DEALERS, said: Callable[[int], None] | None = None
) -> Play:
    """Play a company through whole days, to the last midnight."""
    play = begin(first, seed=seed, orders_per_day=orders_per_day, dealers=dealers, said=said)
    play.until(first + timedelta(days=days - 1), 23, 59)
    return play
