"""The company's customers: three hundred dealers with their files, habits and what they owed at the beginning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.simulation.crew import DESKS, SALESMEN
from gatepass.simulation.founding import Yard
from gatepass.simulation.goods import GOODS, Good
from gatepass.simulation.places import REGIONS, WEIGHTS, City, landline, mobile, person_name, shop_name, street
from gatepass.simulation.world import World

DEALERS: Final = 300
TERMS: Final = ("款到发货", "款到发货", "款到发货", "款到发货，月底对账", "预付三成，余款到发货")


@dataclass(frozen=True, slots=True)
class Client:
    """A dealer with his habits. `size`: cartons of a usual order; `rank`: how often he orders; `careless`: how likely he forgets."""

    uid: UUID
    short_name: str
    region: str
    city: City
    carrier: UUID
    desk: str
    salesman: str
    favourites: tuple[Good, ...]
    size: int
    rank: float
    careless: float
    slow: float
    opening: int


def sign_up(world: World, yard: Yard, count: int = DEALERS) -> list[Client]:
    """All dealers, with complete files but for a few who never ordered."""
    names: set[str] = set()
    clients, openings = [], dict[str, int]()
    for number in range(1, count + 1):
        region = world.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        client = _client(world, yard, number, region, names, complete=number % 60 != 0)
        if client is not None:
            clients.append(client)
            openings[f"K{number:04d}"] = client.opening
    _brought_forward(world, openings)
    return clients


def _client(world: World, yard: Yard, number: int, region: str, names: set[str], *, complete: bool) -> Client | None:
    random = world.random
    city = random.choices(REGIONS[region], [3, *[1] * (len(REGIONS[region]) - 1)])[0]
    name, short = shop_name(city, random)
    while short in names:
        name, short = shop_name(city, random)
    names.add(short)
    carrier = random.choice(yard.carriers[region])
    grade = random.choices("ABC", (3, 4, 3))[0]
    bearer = random.choices(("advanced", "company", "subsidy"), (6, 2, 2))[0]
    subsidy = {"subsidy_unit": "ton", "subsidy_yuan": Decimal(random.randrange(60, 160, 10))} if bearer == "subsidy" else {}
    made = world.do(
        "add_customer", "sun", code=f"K{number:04d}", name=name, short_name=short, region=region, grade=grade, phone=landline(city, random),
        address=street(city, random), bearer=bearer, distinct=True, terms=random.choice(TERMS) if complete else "",
        forwarder=carrier if complete else None, **subsidy,
    )  # fmt: skip
    if not complete:
        return None
    _places(world, made.uid, city)
    opening = _opening(world)
    return Client(
        uid=made.uid, short_name=short, region=region, city=city, carrier=carrier, desk=DESKS[region], salesman=SALESMEN[region],
        favourites=_favourites(world), size=random.choice((30, 50, 60, 80, 100, 120, 150, 200, 300)), rank=random.paretovariate(1.3),
        careless=random.choice((0.02, 0.05, 0.1, 0.35)), slow=random.choice((0.02, 0.05, 0.1, 0.4)),
        opening=opening,
    )  # fmt: skip


def _places(world: World, customer: UUID, city: City) -> None:
    random = world.random
    receiver, phone = person_name(random), mobile(random)
    world.do(
        "add_address", "sun", customer=customer, label="主仓", destination=city.name, street=street(city, random), consignee=receiver,
        phone=phone, preferred=True,
    )  # fmt: skip
    if random.random() < 0.15:
        world.do(
            "add_address", "sun", customer=customer, label="二号库", destination=city.name, street=street(city, random),
            consignee=person_name(random), phone=mobile(random),
        )  # fmt: skip
    world.do("add_contact", "sun", customer=customer, kind="business", name=person_name(random), phone=mobile(random))
    world.do("add_contact", "sun", customer=customer, kind="receiving", name=receiver, phone=phone)


def _opening(world: World) -> int:
    """A fifth of them owed something, a tenth had money left; in fen."""
    chance = world.random.random()
    if chance >= 0.3:
        return 0
    fen = world.random.randrange(20_000, 1_500_000)
    return fen if chance < 0.2 else -fen


def _brought_forward(world: World, openings: Mapping[str, int]) -> None:
    """What they owed or had at the end of last year: one list of one accountant, signed by another."""
    day = date(world.today().year - 1, 12, 31)
    lines = [{"customer_code": code, "amount": fen, "day": day} for code, fen in openings.items() if fen]
    if lines:
        made = world.do("import_openings", "zhou", rows=lines)
        world.do("sign", "xu", route="opening", subject=made.uid, step="second", digest=world.digest("opening", made.uid))


def _favourites(world: World) -> tuple[Good, ...]:
    wanted = world.random.randrange(4, 12)
    found: dict[str, Good] = {}
    while len(found) < wanted:
        good = world.random.choices(GOODS, [g.demand for g in GOODS])[0]
        found[good.code] = good
    return tuple(found.values())
