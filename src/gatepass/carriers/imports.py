"""Carriers, vehicles and rates from a list: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from gatepass.carriers.events import CarrierAdded, VehicleAdded
from gatepass.carriers.files import CODE, NAME, PLATE, Kind, Licences, keys
from gatepass.carriers.models import Carrier, PricingUnit, Rate, Vehicle
from gatepass.carriers.rates import NO_MONEY, SAME, Place, rate_set, wrong_rate
from gatepass.carriers.rows import plate_of, wrong_file, wrong_size
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.money import Money
from gatepass.people.rows import empty, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.words import Text

NO_CARRIER = refusal("没有这个承运单位编码", "There is no carrier of this code", field="carrier_code")
CarrierCode = Annotated[str, Called(Text("承运单位编码", "carrier code"))]


@dataclass(frozen=True)
class CarrierLine:
    code: str
    name: str
    company: bool = True
    contact: str = ""
    phone: str = ""
    destinations: str = ""
    papers: Licences = ""
    own: bool = False


@dataclass(frozen=True)
class VehicleLine:
    carrier_code: CarrierCode
    plate: str
    kind: Kind
    load_kg: int
    space_dm3: int
    colour: str = ""
    container: bool = False


@dataclass(frozen=True)
class RateLine:
    carrier_code: CarrierCode
    destination: Place
    unit: PricingUnit
    yuan: Decimal
    since: date
    minimum: Money = NO_MONEY
    until: date | None = None


@command(may=Power.KEEP_CARRIERS, title=Text("导入承运单位", "Import carriers"))
def import_carriers(case: Case, *, rows: list[CarrierLine]) -> Ref:
    """New carriers. Nothing is written where one line is wrong."""
    found = wrong_carriers(dict(enumerate(rows)))
    made = [] if found else [_carrier(line) for line in rows]
    case.decide(*(CarrierAdded(carrier=row.uid) for row in made), reasons=in_lines(found))
    Carrier.objects.bulk_create(made)
    return Ref("import_", case.entry, str(len(rows)))


@command(may=Power.KEEP_CARRIERS, title=Text("导入车辆", "Import vehicles"))
def import_vehicles(case: Case, *, rows: list[VehicleLine]) -> Ref:
    found = wrong_vehicles(dict(enumerate(rows)))
    owners = _owners(line.carrier_code for line in rows)
    made = [] if found else [_vehicle(line, owners) for line in rows]
    events = [VehicleAdded(carrier=v.carrier.uid, vehicle=v.uid, load_kg=v.load_kg, space_dm3=v.space_dm3) for v in made]
    case.decide(*events, reasons=in_lines(found))
    Vehicle.objects.bulk_create(made)
    return Ref("import_", case.entry, str(len(rows)))


@command(may=Power.KEEP_CARRIERS, title=Text("导入运价", "Import rates"))
def import_rates(case: Case, *, rows: list[RateLine]) -> Ref:
    """New rates. A destination and unit that the carrier has a running rate for is changed by hand, where the old one ends."""
    found = wrong_rates(dict(enumerate(rows)))
    owners = _owners(line.carrier_code for line in rows)
    made = [] if found else [_rate(line, owners) for line in rows]
    case.decide(*(rate_set(rate, None) for rate in made), reasons=in_lines(found))
    Rate.objects.bulk_create(made)
    return Ref("import_", case.entry, str(len(rows)))


def wrong_carriers(lines: Mapping[int, CarrierLine]) -> Found:
    codes = set(Carrier.objects.filter(code__in=[line.code for line in lines.values()]).values_list("code", flat=True))
    names = set(Carrier.objects.filter(name__in=[line.name for line in lines.values()]).values_list("name", flat=True))
    found: Found = []
    for n, line in lines.items():
        reasons = [*wrong_file(_carrier(line)), CODE if line.code in codes else None, NAME if line.name in names else None]
        found += of_line(n, reasons)
    found += repeated({n: line.code for n, line in lines.items()}, refusal("编码在表里不止一次", "This code stands twice", field="code"))
    found += repeated({n: line.name for n, line in lines.items()}, refusal("名称在表里不止一次", "This name stands twice", field="name"))
    return sorted(found, key=lambda one: one[0])


def wrong_vehicles(lines: Mapping[int, VehicleLine]) -> Found:
    owners = _owners(line.carrier_code for line in lines.values())
    plates = {n: plate_of(line.plate) for n, line in lines.items()}
    known = set(Vehicle.objects.filter(plate__in=plates.values()).values_list("plate", flat=True))
    found: Found = []
    for n, line in lines.items():
        reasons = [
            *empty(plate=plates[n], kind=line.kind),
            *too_long(plate=(plates[n], 20), kind=(line.kind, 40), colour=(line.colour, 20)),
            *wrong_size(line.load_kg, line.space_dm3),
            None if line.carrier_code in owners else NO_CARRIER,
            PLATE if plates[n] in known else None,
        ]
        found += of_line(n, reasons)
    found += repeated(plates, refusal("车牌在表里不止一次", "This plate stands twice", field="plate"))
    return sorted(found, key=lambda one: one[0])


def wrong_rates(lines: Mapping[int, RateLine]) -> Found:
    owners = _owners(line.carrier_code for line in lines.values())
    known = set(Rate.objects.filter(carrier__in=owners.values()).values_list("carrier__code", "destination", "unit", "since"))
    running = set(Rate.objects.filter(carrier__in=owners.values(), until=None).values_list("carrier__code", "destination", "unit"))
    taken = refusal("这个到达地已有现行运价，请在承运单位页面改", "A rate is running: change it on the carrier's page", field="destination")
    found: Found = []
    for n, line in lines.items():
        key = (line.carrier_code, line.destination, line.unit.value)
        reasons = [
            *wrong_rate(_rate(line, owners)),
            None if line.carrier_code in owners else NO_CARRIER,
            SAME if (*key, line.since) in known else None,
            taken if key in running and (*key, line.since) not in known else None,
        ]
        found += of_line(n, reasons)
    twice = refusal("这个到达地在表里不止一次", "This destination stands twice", field="destination")
    found += repeated({n: (line.carrier_code, line.destination, line.unit) for n, line in lines.items()}, twice)
    return sorted(found, key=lambda one: one[0])


def _owners(codes: Iterable[str]) -> dict[str, Carrier]:
    return {carrier.code: carrier for carrier in Carrier.objects.filter(code__in=set(codes))}


def _carrier(line: CarrierLine) -> Carrier:
    return Carrier(
        code=line.code, name=line.name, company=line.company, contact=line.contact, phone=line.phone,
        destinations=line.destinations, papers=line.papers, pinyin=keys(line.name),
    )  # fmt: skip


def _vehicle(line: VehicleLine, owners: Mapping[str, Carrier]) -> Vehicle:
    return Vehicle(
        carrier=owners[line.carrier_code], plate=plate_of(line.plate), kind=line.kind, load_kg=line.load_kg,
        space_dm3=line.space_dm3, colour=line.colour, container=line.container,
    )  # fmt: skip


def _rate(line: RateLine, owners: Mapping[str, Carrier]) -> Rate:
    made = Rate(
        destination=line.destination, unit=line.unit.value, yuan=line.yuan, minimum_fen=line.minimum.fen, since=line.since,
        until=line.until,
    )  # fmt: skip
    if line.carrier_code in owners:
        made.carrier = owners[line.carrier_code]
    return made
