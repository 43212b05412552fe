"""The people and things of the model: orders, notices, trips and their papers, goods and vehicles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

CLIENT, FINANCE, LEADERS, WAREHOUSE = {"lin", "tang", "mo"}, {"zhou", "xu", "bo"}, {"he", "liang", "bo", "mo"}, {"deng", "gao"}
TALKERS = CLIENT | LEADERS | {"yang", "qin", "chen", "xu"}
DESK = CLIENT | FINANCE | LEADERS | {"sun", "yang", "chen", "cash"}  # who sees orders of this region
EVERYBODY = (DESK | WAREHOUSE | {"qin", "wu", "feng", "luo", "admin"})  # fmt: skip
PRICE = {"A": 12_800, "B": 9_600}  # fen a carton
GRAMS = {"A": 11_000, "B": 10_500}
CM3 = 25_000
VEHICLES = {"big": (10_000, 40_000, False), "small": (500, 2_000, False), "container": (28_000, 67_000, True)}
Goods = dict[str, tuple[int, int]]  # cartons paid for and given away, by product


class Absent(Exception):
    """Outside one's sight: as if it were not there."""


def office(moment: datetime) -> bool:
    """Monday to Saturday, 8:30 to 18:00, by the wall clock: the break at noon is not after hours."""
    return moment.weekday() < 6 and time(8, 30) <= moment.time() < time(18)


def value(goods: Goods) -> int:
    return sum(PRICE[product] * paid for product, (paid, _) in goods.items())


def count(goods: Goods) -> int:
    return sum(paid + gift for paid, gift in goods.values())


def plus(goods: Goods, product: str, paid: int, gift: int) -> None:
    have = goods.get(product, (0, 0))
    goods[product] = (have[0] + paid, have[1] + gift)


@dataclass(eq=False)
class Demand:
    product: str
    cartons: int
    from_stock: int
    ready: int = 0
    short: bool = False


@dataclass(eq=False)
class Order:
    lines: Goods
    uid: Any = None
    checked: bool = False
    checked_at: datetime | None = None
    sent: bool = False
    confirmed: bool = False
    cancelled: bool = False
    shipped: bool = False
    handed: bool = False
    ready: bool = False
    # what the sent document asks for
    committed: int = 0
    received: int = 0
    debited: int = 0
    asked: bool = False  # it was sent once
    claims: bool = False  # what it asks for still stands
    covered: bool = False  # and has come
    turn: int = 0
    gone: Goods = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    clocks: set[str] = field(default_factory=lambda: {"D1.2"})
    hands: set[str] = field(default_factory=set)  # who took it, changed it, allocated and sent it

    @property
    def over(self) -> bool:
        return self.cancelled or self.shipped


@dataclass(eq=False)
class Wish:
    """What the director is asked for: of a notice in one version, or of the order's next one."""

    order: Order
    notice: Notice | None
    at: int  # the version of the notice
    covers: int
    paid: int  # what of the goods was paid then
    uid: Any = None
    signed: bool = False
    returned: bool = False
    voided: bool = False
    version: int = 1


@dataclass(eq=False)
class Back:
    """A freight credit that is to be taken back; asker, creditor: who asked, and who had booked it."""

    part: Part
    asker: str
    creditor: str
    uid: Any = None
    done: bool = False
    returned: bool = False
    version: int = 1


@dataclass(eq=False)
class Doubt:
    notice: Notice
    uid: Any = None
    answered: bool = False


@dataclass(eq=False)
class Change:
    notice: Notice
    kind: str
    product: str
    other: str | None
    cartons: int
    proposer: str
    line: tuple[int, int]
    uid: Any = None
    consented: bool = False
    after_hours: bool = False
    declined: bool = False
    withdrawn: bool = False
    applied: bool = False
    told: bool = False
    countersigned: bool = False
    refused: bool = False  # finance does not countersign it
    consenter: str = ""
    made_in: int = 0  # the version of the notice that it went into
    version: int = 1

    @property
    def worth(self) -> int:
        """What it adds to the goods, fen."""
        if self.kind == "extra":
            return PRICE[self.other or self.product] * self.cartons
        paid = min(self.cartons, self.line[0])
        return paid * ((PRICE[self.other] if self.other and self.kind != "short" else 0) - PRICE[self.product])


@dataclass(eq=False)
class Notice:
    order: Order
    lines: Goods
    writer: str
    uid: Any = None
    version: int = 1
    since: Any = None  # when this version was written
    approvals: dict[str, str] = field(default_factory=dict)
    returned: bool = False
    effective: bool = False
    known: bool = False  # to the warehouse
    picking: bool = False
    picked: dict[tuple[str, int], int] = field(default_factory=dict)  # by product and batch
    finished: bool = False
    loaded: bool = False
    left: bool = False
    void: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    waits: set[str] = field(default_factory=lambda: {"finance", "sales"})  # sides whose clock runs
    writers: set[str] = field(default_factory=set)  # of earlier versions, and of what it stands on
    marks: dict[str, int] = field(default_factory=dict)  # which line of a product it is: another one whenever its cartons change
    places: dict[str, int] = field(default_factory=dict)  # where it stands: another place when it was gone between

    def __post_init__(self) -> None:
        lines, self.lines = self.lines, {}
        self.write(lines)

    def write(self, lines: Goods) -> None:
        """What it says from now on."""
        for product, pair in lines.items():
            if pair != self.lines.get(product):
                self.marks[product] = self.marks.get(product, 0) + 1
            if product not in self.lines:
                self.places[product] = self.places.get(product, 0) + 1
        self.lines = lines

    def taken(self, product: str | None = None) -> int:
        return sum(cartons for (one, _), cartons in self.picked.items() if product in (None, one))

    @property
    def doubtful(self) -> bool:
        return any(not doubt.answered for doubt in self.doubts)

    @property
    def fixed(self) -> bool:
        """Nothing of it can be changed."""
        return self.void or self.left or self.loaded


@dataclass(eq=False)
class Part:
    """One notice on one trip, with its waybill."""

    trip: Trip
    notice: Notice
    stored: Goods = field(default_factory=dict)
    partial: bool = False  # so much of its notice was named for this trip
    marks: dict[str, int] = field(default_factory=dict)  # of the notice's lines that it carries
    places: dict[str, int] = field(default_factory=dict)
    uid: Any = None
    waybill: Any = None
    signed: int | None = None
    left: bool = False
    void: bool = False
    consigned: bool = False
    claimed: bool = False  # by the carrier; the desk has not asked yet
    told: bool = False
    freight: int | None = None  # written by hand; None: as agreed
    blank: bool = False
    handed_in: bool = False
    credited: bool = False
    creditor: str = ""
    reversed: bool = False

    def hold(self, goods: Goods) -> None:
        """Write down what it carries, out of the notice's lines as they are."""
        self.stored = dict(goods)
        self.marks = {product: self.notice.marks[product] for product in goods}
        self.places = {product: self.notice.places[product] for product in goods}

    def fen(self) -> int:
        """230 yuan a ton of what is on the vehicle, rounded half up."""
        grams = sum((paid + gift) * GRAMS[product] for product, (paid, gift) in self.stored.items())
        return self.freight if self.freight is not None else (grams * 23 + 500) // 1000


@dataclass(eq=False)
class Pass:
    trip: Trip
    cartons: int
    until: datetime
    uid: Any = None
    used: bool = False
    void: bool = False


@dataclass(eq=False)
class Trip:
    vehicle: str
    uid: Any = None
    parts: list[Part] = field(default_factory=list)
    counts: list[tuple[str, int]] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    loaded: bool = False
    sealed: bool = False
    left: bool = False
    void: bool = False
    back: bool = False

    @property
    def aboard(self) -> list[Part]:
        return [part for part in self.parts if not part.void]

    def in_force(self) -> Pass | None:
        return next((one for one in self.passes if not one.void), None)


@dataclass(eq=False)
class Authority:
    """A written authority for the night."""

    guard: str
    notices: list[Notice]
    since: datetime
    until: datetime
    uid: Any = None
    used: bool = False
    handed: bool = False


@dataclass(eq=False)
class Sample:
    product: str
    cartons: int
    writer: str
    uid: Any = None
    approved: bool = False
    declined: bool = False
    sent: bool = False
    followed: bool = False
    version: int = 1
