"""The company before its first day: people, products, prices, promotions, carriers, stock. All through the ordinary commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.people.models import Person
from gatepass.simulation.crew import ADMINISTRATOR, CREW, DEPARTMENTS, HEAD, Member
from gatepass.simulation.fleet import FLEET, TRUCKS, Haulier, Truck
from gatepass.simulation.goods import GOODS, Good
from gatepass.simulation.places import REGIONS, City, mobile, person_name
from gatepass.simulation.world import World

PASSWORD: Final = "一人一机 2026"  # noqa: S105 (of a company that does not exist)
GRADES: Final = {"A": Decimal("1.00"), "B": Decimal("1.03"), "C": Decimal("1.07")}
SEAT: Final = "四川蜀塘食品有限公司"
EVENING: Final = time(20, 0)


@dataclass(frozen=True, slots=True)
class Wagon:
    """A vehicle with its driver and carrier; `signs_in`: the driver's sign-in name, where he has one."""

    uid: UUID
    carrier: UUID
    plate: str
    truck: Truck
    driver: UUID
    driver_name: str
    signs_in: str


@dataclass
class Yard:
    """What the company deals in: products by code, wagons by carrier, carriers by region."""

    products: dict[str, UUID] = field(default_factory=dict)
    wagons: dict[UUID, list[Wagon]] = field(default_factory=dict)
    carriers: dict[str, list[UUID]] = field(default_factory=dict)
    goods: dict[UUID, Good] = field(default_factory=dict)


def found(world: World, *, demo: bool = False) -> Yard:
    """Found the company; the world's clock stands before its first day."""
    yard = Yard()
    _people(world, demo)
    _products(world, yard)
    _prices(world, yard)
    for haulier in FLEET:
        _haulier(world, yard, haulier)
    _stock(world, yard)
    return yard


def _people(world: World, demo: bool) -> None:
    world.do(
        "found_company", "system", name=SEAT, short_name="蜀塘", name_en="Shutang Foods", head=HEAD.name, head_username=HEAD.username,
        administrator=ADMINISTRATOR.name, administrator_username=ADMINISTRATOR.username, phone="028-55508006", demo=demo,
        head_password=f"{PASSWORD} 1", administrator_password=f"{PASSWORD} 2",
    )  # fmt: skip
    world.do("first_bank_account", "system", bank="中国农业银行郫都支行", holder=SEAT, number="2281 0401 0400 12345")
    world.people |= dict(Person.objects.values_list("username", "uid"))
    for name, name_en in DEPARTMENTS.items():
        world.do("add_department", "admin", name=name, name_en=name_en)
    for member in CREW:
        _member(world, member)


def _member(world: World, member: Member) -> None:
    made = world.do(
        "add_person", "admin", username=member.username, name=member.name, phone=mobile(world.random, "139"),
        extension=f"80{world.random.randrange(10, 99)}",
    )  # fmt: skip
    world.people[member.username] = made.uid
    given = world.do("appoint_person", "admin", person=made.uid, kind=member.position, region=member.region, department=member.department)
    if given.kind == "appointment":
        world.do("confirm_appointment", HEAD.username, appointment=given.uid)


def _products(world: World, yard: Yard) -> None:
    for good in GOODS:
        made = world.do(
            "add_product", "sun", code=good.code, name=good.name, spec=good.spec, pieces=good.pieces, weight_g=good.weight_g,
            volume_cm3=good.volume_cm3, shelf_life_days=good.shelf_life_days, family=good.family, location=good.location,
        )  # fmt: skip
        yard.products[good.code] = made.uid
        yard.goods[made.uid] = good


def _prices(world: World, yard: Yard) -> None:
    year = date(world.today().year, 1, 1)
    for grade, factor in GRADES.items():
        lines = [{"product": yard.products[g.code], "yuan": (g.yuan * factor).quantize(Decimal("0.01"))} for g in GOODS]
        world.do("add_price_list", "sun", name=f"{year.year} 年 {grade} 级价", since=year, grade=grade, prices=lines)
    south = [{"product": yard.products[g.code], "yuan": g.yuan + 2} for g in GOODS if g.family == "火锅底料"]
    world.do("add_price_list", "sun", name=f"{year.year} 年华南火锅料价", since=year, grade="A", region="华南", prices=south)
    giveaway = {"kind": "giveaway", "since": year}
    world.do("add_promotion", "sun", name="豆瓣二十搭一", family="豆瓣酱", buy=20, get=1, **giveaway)
    world.do("add_promotion", "sun", name="豆瓣百件搭八", family="豆瓣酱", from_cartons=100, buy=100, get=8, **giveaway)
    world.do("add_promotion", "sun", name="泡菜三十搭一", family="泡菜", buy=30, get=1, **giveaway)
    season = {"kind": "giveaway", "since": world.today() - timedelta(days=20), "until": world.today() + timedelta(days=40)}
    world.do("add_promotion", "sun", name="火锅季五十搭二", family="火锅底料", from_cartons=50, buy=50, get=2, **season)
    world.do("add_promotion", "sun", name="华南铺市十搭一", region="华南", product=yard.products["500101"], buy=10, get=1, **season)


def _haulier(world: World, yard: Yard, haulier: Haulier) -> None:
    cities = [city for region in haulier.regions for city in REGIONS[region]]
    made = world.do(
        "add_carrier", "sun", code=haulier.code, name=haulier.name, company=haulier.company, contact=haulier.drivers[0],
        phone=mobile(world.random, "137"), destinations="、".join(city.name for city in cities)[:200], papers="道路运输经营许可证",
    )  # fmt: skip
    for region in haulier.regions:
        yard.carriers.setdefault(region, []).append(made.uid)
    drivers = [_driver(world, made.uid, haulier, name) for name in haulier.drivers]
    wagons = yard.wagons.setdefault(made.uid, [])
    for n, (plate, truck) in enumerate(zip(haulier.plates, TRUCKS, strict=False)):
        driver, name, signs_in = drivers[n % len(drivers)]
        vehicle = world.do(
            "add_vehicle", "sun", carrier=made.uid, plate=plate, kind=truck.kind, load_kg=truck.load_kg, space_dm3=truck.space_dm3,
            colour=world.random.choice(("白色", "蓝色", "红色")), container=truck.container,
        )  # fmt: skip
        wagons.append(Wagon(vehicle.uid, made.uid, plate, truck, driver, name, signs_in))
    for city in cities:
        _rate(world, made.uid, city)


def _driver(world: World, carrier: UUID, haulier: Haulier, name: str) -> tuple[UUID, str, str]:
    person, signs_in = None, ""
    if haulier.signs_in and name == haulier.drivers[0]:
        signs_in = haulier.signs_in
        person = world.do("add_person", "admin", username=signs_in, name=name).uid
        world.people[signs_in] = person
        world.do("appoint_person", "admin", person=person, kind="driver", department="承运单位")
    driver = world.do("add_driver", "sun", carrier=carrier, name=name, phone=mobile(world.random, "139"), person=person)
    return driver.uid, name, signs_in


def _rate(world: World, carrier: UUID, city: City) -> None:
    ton = 90 + 120 * city.days + world.random.randrange(-15, 16)
    since = date(world.today().year, 1, 1)
    world.do("set_rate", "sun", carrier=carrier, destination=city.name, unit="ton", yuan=Decimal(ton), since=since, minimum=20_000)


def _stock(world: World, yard: Yard) -> None:
    """Two batches of everything: one from some weeks ago, one from last week."""
    for good in GOODS:
        for age in (world.random.randrange(25, 60), world.random.randrange(4, 12)):
            world.do(
                "receive_stock", "deng", product=yard.products[good.code], produced_on=world.today() - timedelta(days=age),
                cartons=good.demand * world.random.randrange(7, 17), location=good.location,
            )  # fmt: skip


def consignee(world: World) -> tuple[str, str]:
    return person_name(world.random), mobile(world.random)
