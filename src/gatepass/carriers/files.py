"""The files of carriers, their vehicles and drivers (C20)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.carriers.events import (
    CarrierAdded,
    CarrierChanged,
    DriverAdded,
    DriverChanged,
    VehicleAdded,
    VehicleChanged,
)
from gatepass.carriers.models import Carrier, Driver, Vehicle
from gatepass.carriers.rows import locked_carrier, locked_vehicle, plate_of, wrong_file, wrong_size
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.blanking import ALREADY
from gatepass.people.carrier_links import drive_for
from gatepass.people.models import Person
from gatepass.people.rows import PersonName, empty, too_long
from gatepass.pinyin import spelling
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(
    company=("是公司（否则个人）", "a company (else a person)"), contact=("联系人", "contact"),
    destinations=("主要到达地", "main destinations"), plate=("车牌号", "plate"), colour=("颜色", "colour"),
    load_kg=("载重（公斤）", "load (kg)"), space_dm3=("容积（升）", "space (litres)"), container=("集装箱", "container"),
    active=("在用", "in use"), own=("本公司或客户自己的车，不付运费", "the company's or a customer's own vehicles, without freight"),
)  # fmt: skip
CODE = refusal("这个编码已有承运单位", "Another carrier has this code", field="code")
NAME = refusal("这个承运单位已有", "There is already a carrier of this name", field="name")
PLATE = refusal("这个车牌已登记", "This plate is already registered", field="plate")
once("carriers_carrier_code_key", CODE)
once("carriers_carrier_name_key", NAME)
once("carriers_vehicle_plate_key", PLATE)
Licences = Annotated[str, Called(Text("证照", "licences"))]
Kind = Annotated[str, Called(Text("车型", "type of vehicle"))]


@command(may=Power.KEEP_CARRIERS, title=Text("新增承运单位", "Add a carrier"))
def add_carrier(
    case: Case,
    *,
    code: str,
    name: str,
    company: bool = True,
    contact: str = "",
    phone: str = "",
    destinations: str = "",
    papers: Licences = "",
    own: bool = False,
) -> Ref:
    made = Carrier(
        uid=case.new_id(), code=code, name=name, company=company, contact=contact, phone=phone,
        destinations=destinations, papers=papers, own=own, pinyin=keys(name),
    )  # fmt: skip
    case.decide(
        CarrierAdded(carrier=made.uid),
        reasons=[
            *wrong_file(made),
            CODE if Carrier.objects.filter(code=code).exists() else None,
            NAME if Carrier.objects.filter(name=name).exists() else None,
        ],
    )
    made.save()
    return Ref("carrier", made.uid, name)


@command(may=Power.KEEP_CARRIERS, title=Text("改承运单位资料", "Change a carrier's file"))
def change_carrier(
    case: Case,
    *,
    carrier: Annotated[UUID, Of("carrier")],
    code: str,
    name: str,
    company: bool = True,
    contact: str = "",
    phone: str = "",
    destinations: str = "",
    papers: Licences = "",
    own: bool = False,
    active: bool = True,
) -> Ref:
    """The file as it is from now on. Not in use: no longer proposed; what runs goes on."""
    row = locked_carrier(carrier)
    given = {
        "code": code, "name": name, "company": company, "contact": contact, "phone": phone, "destinations": destinations,
        "papers": papers, "own": own, "active": active,
    }  # fmt: skip
    changed = tuple(field for field, value in given.items() if getattr(row, field) != value)
    for field in changed:
        setattr(row, field, given[field])
    others = Carrier.objects.exclude(pk=row.pk)
    case.decide(
        CarrierChanged(carrier=carrier, changed=changed),
        reasons=[
            *wrong_file(row),
            CODE if others.filter(code=code).exists() else None,
            NAME if others.filter(name=name).exists() else None,
            None if changed else refusal("没有改动", "Nothing is different"),
        ],
    )
    row.pinyin = keys(name)
    row.save()
    return Ref("carrier", carrier, name)


@command(may=Power.KEEP_CARRIERS, title=Text("新增车辆", "Add a vehicle"))
def add_vehicle(
    case: Case,
    *,
    carrier: Annotated[UUID, Of("carrier")],
    plate: str,
    kind: Kind,
    load_kg: int,
    space_dm3: int,
    colour: str = "",
    container: bool = False,
) -> Ref:
    """A vehicle with the load and the space that no loading may exceed (C18)."""
    owner = locked_carrier(carrier)
    made = Vehicle(
        uid=case.new_id(), carrier=owner, plate=plate_of(plate), kind=kind, load_kg=load_kg, space_dm3=space_dm3,
        colour=colour, container=container,
    )  # fmt: skip
    case.decide(
        VehicleAdded(carrier=carrier, vehicle=made.uid, load_kg=load_kg, space_dm3=space_dm3),
        reasons=[
            *empty(plate=made.plate, kind=kind),
            *too_long(plate=(made.plate, 20), kind=(kind, 40), colour=(colour, 20)),
            *wrong_size(load_kg, space_dm3),
            PLATE if Vehicle.objects.filter(plate=made.plate).exists() else None,
        ],
    )
    made.save()
    return Ref("vehicle", made.uid, made.plate)


@command(may=Power.KEEP_CARRIERS, title=Text("改车辆资料", "Change a vehicle"))
def change_vehicle(
    case: Case,
    *,
    vehicle: Annotated[UUID, Of("vehicle")],
    kind: Kind,
    load_kg: int,
    space_dm3: int,
    colour: str = "",
    container: bool = False,
    active: bool = True,
) -> Ref:
    """Trips that are arranged already keep the limits that they were arranged with."""
    row = locked_vehicle(vehicle)
    case.decide(
        VehicleChanged(
            carrier=row.carrier.uid, vehicle=vehicle, load_kg=load_kg, space_dm3=space_dm3, active=active
        ),
        reasons=[*empty(kind=kind), *too_long(kind=(kind, 40), colour=(colour, 20)), *wrong_size(load_kg, space_dm3)],
    )
    row.kind, row.load_kg, row.space_dm3, row.colour, row.container, row.active = (
        kind, load_kg, space_dm3, colour, container, active,
    )  # fmt: skip
    row.save()
    return Ref("vehicle", vehicle, row.plate)


@command(may=Power.KEEP_CARRIERS, title=Text("新增司机", "Add a driver"))
def add_driver(
    case: Case,
    *,
    carrier: Annotated[UUID, Of("carrier")],
    name: PersonName,
    phone: str,
    person: Annotated[UUID | None, Of("person")] = None,
) -> Ref:
    """A driver; with `person` the one who signs in as him, who from then on sees this carrier's trips only."""
    owner = locked_carrier(carrier)
    made = Driver(uid=case.new_id(), carrier=owner, name=name, phone=phone, person=_signs_in(person))
    case.decide(
        DriverAdded(carrier=carrier, driver=made.uid, person=person),
        reasons=[
            *empty(name=name, phone=phone), *too_long(name=(name, 60), phone=(phone, 40)), _taken(made.person, carrier)
        ],
    )  # fmt: skip
    made.save()
    if person is not None:
        drive_for(person, carrier)
    return Ref("driver", made.uid, name)


@command(may=Power.KEEP_CARRIERS, title=Text("改司机资料", "Change a driver"))
def change_driver(
    case: Case,
    *,
    driver: Annotated[UUID, Of("driver")],
    name: PersonName,
    phone: str,
    person: Annotated[UUID | None, Of("person")] = None,
    active: bool = True,
) -> Ref:
    """His details as they are from now on; who no longer signs in as him no longer sees the carrier's trips."""
    found = Driver.objects.select_for_update(no_key=True, of=("self",)).select_related("carrier", "person")
    row = found.filter(uid=driver).first()
    if row is None:
        raise NotFound("driver")
    carrier, before, after = row.carrier.uid, row.person, _signs_in(person)
    case.decide(
        DriverChanged(carrier=carrier, driver=driver, person=person, active=active),
        reasons=[
            *empty(name=name, phone=phone), *too_long(name=(name, 60), phone=(phone, 40)), _taken(after, carrier),
            ALREADY if row.blanked_at else None,
        ],
    )  # fmt: skip
    row.name, row.phone, row.person, row.active = name, phone, after, active
    row.save()
    if before and before != after:
        drive_for(before.uid, None)
    if after:
        drive_for(after.uid, carrier if active else None)
    return Ref("driver", driver, name)


def keys(name: str) -> str:
    """Pinyin and initials of a carrier's name, for search."""
    found = spelling(name)
    return f"{found.pinyin} {found.initials}"[:200]


def _signs_in(person: UUID | None) -> Person | None:
    if person is None:
        return None
    row = Person.objects.filter(uid=person, active=True).first()
    if row is None:
        raise NotFound("person")
    return row


def _taken(person: Person | None, carrier: UUID) -> Reason | None:
    if person is None or person.carrier in (None, carrier):
        return None
    return refusal("此人已为另一承运单位登录", "This person already signs in for another carrier", field="person")
