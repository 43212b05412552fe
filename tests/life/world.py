"""The life of an order as a small plain-Python model: no line of it comes from the program. People, things, money and the clock.

It says for every command whether it goes through, is refused (and which articles must be named) or finds nothing, written from the
regulation and the table of positions. `rules_*.py` hold the commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from life.money import Account, Piece
from life.things import Authority, Back, Change, Goods, Notice, Order, Part, Pass, Sample, Trip, Wish, value


@dataclass(eq=False)
class World:
    """One customer, two products of two batches each, three vehicles."""

    now: datetime  # by the wall clock
    money: Account = field(default_factory=Account)
    stock: dict[str, list[int]] = field(default_factory=lambda: {"A": [100, 300], "B": [100, 300]})  # batches, first expired first
    made: dict[str, list[date]] = field(default_factory=lambda: {one: [date(2026, 9, 18), date(2026, 10, 9)] for one in "AB"})  # by batch
    reserved: dict[tuple[Order, str], int] = field(default_factory=dict)
    beyond: dict[tuple[Order, str], int] = field(default_factory=dict)  # picked for an order without having been set aside for it
    orders: list[Order] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    backs: list[Back] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    receipts: int = 0

    def parts(self) -> list[Part]:
        return [part for trip in self.trips for part in trip.parts]

    def passes(self) -> list[Pass]:
        return [one for trip in self.trips for one in trip.passes]

    def aboard(self, notice: Notice) -> dict[tuple[str, int], tuple[int, int]]:
        """What of a notice is on trips, by product and place."""
        found: dict[tuple[str, int], tuple[int, int]] = {}
        for part in self.parts():
            if part.notice is notice and not part.void:
                for product, (paid, gift) in part.stored.items():
                    have = found.get((product, part.places[product]), (0, 0))
                    found[product, part.places[product]] = (have[0] + paid, have[1] + gift)
        return found

    def rest(self, notice: Notice) -> Goods:
        """What of a notice is on no trip."""
        taken, found = self.aboard(notice), {}
        for product, (paid, gift) in notice.lines.items():
            have = taken.get((product, notice.places[product]), (0, 0))
            found[product] = (max(0, paid - have[0]), max(0, gift - have[1]))
        return {product: pair for product, pair in found.items() if sum(pair)}

    def overdrawn(self, notice: Notice) -> bool:
        """More of it is on trips than it says, or another product."""
        for (product, place), (paid, gift) in self.aboard(notice).items():
            said = notice.lines.get(product, (0, 0)) if notice.places[product] == place else (0, 0)
            if paid > said[0] or gift > said[1]:
                return True
        return False

    def split(self, part: Part) -> bool:
        return part.partial or any(one.notice is part.notice and not one.void and one is not part for one in self.parts())

    def load(self, part: Part) -> Goods:
        """What a vehicle is to carry: a whole notice as it stands now, a part of one as it was put on."""
        return part.stored if self.split(part) else part.notice.lines

    def outdated(self, part: Part) -> bool:
        """What is written down is no longer what is to go."""
        notice = part.notice
        if self.split(part):
            return False
        return part.stored != notice.lines or part.marks != {product: notice.marks[product] for product in notice.lines}

    def free(self, product: str) -> int:
        set_aside = sum(cartons for (_, one), cartons in self.reserved.items() if one == product)
        return sum(self.stock[product]) - set_aside

    def reserve(self, order: Order, product: str, cartons: int) -> None:
        """Set aside, counting what was picked beyond it first."""
        key = order, product
        counted = min(cartons, self.beyond.get(key, 0))
        self.beyond[key] = self.beyond.get(key, 0) - counted
        self.reserved[key] = self.reserved.get(key, 0) + cartons - counted

    def picked(self, order: Order, product: str) -> int:
        return sum(one.taken(product) for one in self.notices if one.order is order)

    def set_aside(self, order: Order, product: str) -> int:
        """Cartons that were set aside for an order, also those of them that are picked."""
        return self.reserved.get((order, product), 0) + self.picked(order, product) - self.beyond.get((order, product), 0)

    def complete(self, order: Order) -> bool:
        """Every carton that an order wants is set aside for it or picked."""
        return all(self.reserved.get((order, product), 0) + self.picked(order, product) >= sum(pair) for product, pair in order.lines.items())

    def keep_at_most(self, order: Order, product: str) -> None:
        """The order wants less: no more is set aside than it wants and has not picked."""
        picked = self.picked(order, product)
        rest = max(0, sum(order.lines.get(product, (0, 0))) - picked)
        self.reserved[order, product] = min(rest, self.reserved.get((order, product), 0))

    def pick(self, order: Order, product: str, cartons: int) -> None:
        key = order, product
        aside = self.reserved.get(key, 0)
        self.reserved[key] = max(0, aside - cartons)
        self.beyond[key] = self.beyond.get(key, 0) + max(0, cartons - aside)

    def release(self, order: Order) -> None:
        for product in ("A", "B"):
            self.reserved[order, product] = self.beyond[order, product] = 0

    @property
    def balance(self) -> int:
        """What the customer owes, fen."""
        return sum(one.fen for one in self.money.pieces)

    def freight(self, part: Part) -> Piece | None:
        """The credit for freight that he advanced."""
        return next((one for one in self.money.pieces if one.kind == "freight" and one.part is part), None)

    def of(self, order: Order, but: Notice | None = None) -> list[Notice]:
        return [one for one in self.notices if one.order is order and not one.void and one is not but]

    def open(self, order: Order, but: Notice | None = None) -> Goods:
        """What of an order no notice names."""
        rest = {}
        for product, (paid, gift) in order.lines.items():
            others = [one.lines.get(product, (0, 0)) for one in self.of(order, but)]
            rest[product] = (max(0, paid - sum(n for n, _ in others)), max(0, gift - sum(n for _, n in others)))
        return rest

    def before(self, order: Order, notice: Notice | None) -> int:
        """What the order's earlier notices are worth: money covers notices in their order."""
        earlier = self.of(order)
        if notice is not None:
            earlier = [one for one in earlier if self.notices.index(one) < self.notices.index(notice)]
        return sum(value(one.lines) for one in earlier)

    def unpaid(self, order: Order, notice: Notice | None, lines: Goods, added: int = 0) -> int:
        """What of a notice's goods money has not covered: it covers the old balance first, then notices in their order."""
        before = self.before(order, notice)
        return max(0, self._uncovered(order, before + value(lines), added) - self._uncovered(order, before, 0))

    def _uncovered(self, order: Order, through: int, added: int) -> int:
        if not order.asked:
            return through
        whole = order.committed + added
        asks = self.money.asks(order) + added - (self.money.credit() if added > 0 else 0)
        return max(0, min(asks - whole + min(through, whole), through))

    def goods_paid(self, order: Order) -> int:
        return max(0, order.committed - self.money.asks(order)) if order.asked else 0

    def paid_of(self, notice: Notice) -> int:
        return value(notice.lines) - self.unpaid(notice.order, notice, notice.lines)

    def unnoticed(self, order: Order) -> int:
        """What of the goods that no notice names is unpaid."""
        before = self.before(order, None)
        through = before + max(0, value(order.lines) - before)
        return max(0, self._uncovered(order, through, 0) - self._uncovered(order, before, 0))

    def pending(self, notice: Notice) -> list[Change]:
        return [one for one in self.changes if one.notice is notice and not (one.applied or one.declined or one.withdrawn)]

    def needs(self, notice: Notice) -> int:
        """What a notice leaves unpaid, with what changes on their way would add."""
        more = sum(max(0, one.worth) for one in self.pending(notice))
        before = self.before(notice.order, notice)
        through = self._uncovered(notice.order, before + value(notice.lines) + more, more)
        return max(0, through - self._uncovered(notice.order, before, 0))

    def rewritten(self, notice: Notice) -> None:
        """Another version: what was asked or signed for an earlier one holds no more."""
        self.void_wishes([one for one in self.wishes if one.notice is notice and one.at < notice.version])
        notice.since = self.now

    def void_wishes(self, gone: list[Wish]) -> None:
        """What is signed for clears its order; without it nobody waits for its goods to leave."""
        for order in {one.order for one in gone}:
            before = self._clearing(order)
            for one in gone:
                one.voided = True
            if before and not self._clearing(order) and not order.covered:
                order.clocks.discard("D4.3")

    def _clearing(self, order: Order) -> list[Wish]:
        return [one for one in self._live(order) if one.notice is None or not one.notice.left]

    def signed(self, notice: Notice, *, ahead: int = 0) -> int:
        """What the director's signatures still cover of a notice; ahead: also those for its next version."""
        mine = [one for one in self._live(notice.order) if one.notice is notice and notice.version <= one.at <= notice.version + ahead]
        return self._remaining(mine, self.paid_of(notice))

    def signed_next(self, order: Order) -> int:
        return self._remaining([one for one in self._live(order) if one.notice is None], self.goods_paid(order))

    def take_up(self, notice: Notice, unpaid: int) -> None:
        """What was signed for before there was a notice is for this one from now on."""
        for one in self._live(notice.order):
            if one.notice is None:
                left = self._remaining([one], self.goods_paid(notice.order))
                one.notice, one.at, one.covers, one.paid = notice, 1, min(left, unpaid), value(notice.lines) - unpaid

    def _live(self, order: Order) -> list[Wish]:
        return [one for one in self.wishes if one.order is order and one.signed and not one.voided]

    @staticmethod
    def _remaining(signed: list[Wish], paid: int) -> int:
        return max((max(0, one.covers - max(0, paid - one.paid)) for one in signed), default=0)

    def owed(self) -> list[Piece]:
        """Goods that left and are not paid."""
        return [one for one in self.money.pieces if one.kind == "goods" and one.left > 0]

    def paid_off(self, owed: list[Piece]) -> None:
        """What of them is paid now: nobody waits for what was promised."""
        for one in owed:
            if one.left == 0 and one.part is not None:
                one.part.notice.order.clocks.discard("D4.7")

    def asking(self) -> list[Order]:
        """Orders that ask for money, or of which goods left unpaid, as they were sent."""
        owed = {one.order for one in self.money.open() if one.kind == "goods"}
        return sorted((one for one in self.orders if one.claims or one in owed), key=lambda one: one.turn)

    def worth(self, order: Order, added: int) -> None:
        """The goods of a sent order are worth more or less: what he has to his credit pays for more, and is held by it."""
        if added > 0 and self.money.credit():
            self.money.hold(order, [one for one in self.money.free() if one.kind != "freight"])
        order.committed += added
        if order.claims:
            order.covered = self.money.asks(order) <= 0


Rule = Callable[..., Iterator[str]]
RULES: dict[str, tuple[set[str] | None, Rule, Callable[..., Any]]] = {}


def rule(name: str, may: set[str] | None, then: Callable[..., Any]) -> Callable[[Rule], Rule]:
    """A command: who may, why not (articles; "" for a reason of no clause), and what it does."""

    def made(why: Rule) -> Rule:
        RULES[name] = (may, why, then)
        return why

    return made


def verdict(world: World, name: str, who: str, given: dict[str, Any]) -> frozenset[str] | None:
    """None: it goes through. Otherwise the articles that a refusal must name. Raises Absent."""
    may, why, _ = RULES[name]
    if may is not None and who not in may:
        return frozenset({"M1"})
    found = frozenset(why(world, who, **given))
    return found or None
