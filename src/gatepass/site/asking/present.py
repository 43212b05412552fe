"""What stands in the form of a change before anything is typed: the values as they are now. Never through the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import localdate

from gatepass.carriers import queries as carriers
from gatepass.catalogue import queries as catalogue
from gatepass.customers import queries as customers
from gatepass.journal import clock
from gatepass.journal.door import Command
from gatepass.people import queries as people
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound

Values = Mapping[str, Any]


def present(command: Command, sight: Sight, given: Mapping[str, Any]) -> dict[str, Any]:
    """The present values of what a command is about; nothing where it changes nothing, or what is named is out of scope."""
    found = PRESENT.get(command.name)
    if found is None:
        return {}
    about, values = found
    try:
        return {name: value for name, value in values(sight, UUID(str(given.get(about, "")))).items() if value is not None}
    except (NotFound, ValueError, StopIteration):
        return {}


def _person(sight: Sight, uid: UUID) -> Values:
    row = people.one(sight, uid, clock.now())
    return {"name": row.name, "phone": row.phone, "extension": row.extension}


def _post(sight: Sight, uid: UUID) -> Values:
    row = next(post for department in people.organisation(sight, clock.now()) for post in department.posts if post.uid == uid)
    return {"title": row.title.zh, "department": row.department, "reports_to": row.reports_to, "region": row.region}


def _carrier(sight: Sight, uid: UUID) -> Values:
    row = carriers.one(sight, uid).carrier
    names = ("code", "name", "company", "contact", "phone", "destinations", "papers", "own", "active")
    return {name: getattr(row, name) for name in names}


def _vehicle(sight: Sight, uid: UUID) -> Values:
    row = next(iter(carriers.pick_vehicle(sight, "", known=uid)), None)
    names = ("kind", "load_kg", "space_dm3", "colour", "container", "active")
    return {name: getattr(row, name) for name in names} if row else {}


def _driver(sight: Sight, uid: UUID) -> Values:
    row = next(iter(carriers.pick_driver(sight, "", known=uid)), None)
    return {name: getattr(row, name) for name in ("name", "phone", "person", "active")} if row else {}


def _customer(sight: Sight, uid: UUID) -> Values:
    file = customers.one(sight, uid)
    names = ("code", "name", "short_name", "region", "grade", "phone", "active")
    rest = ("address", "terms", "bearer", "subsidy_unit", "subsidy_yuan")
    return {name: getattr(file.row, name) for name in names} | {name: getattr(file, name) for name in rest}


def _forwarder(sight: Sight, uid: UUID) -> Values:
    return {"carrier": customers.one(sight, uid).forwarder}


def _address(sight: Sight, uid: UUID) -> Values:
    row = customers.address(sight, uid)
    return {
        "label": row.label, "destination": row.destination, "street": row.address, "consignee": row.consignee, "phone": row.phone,
    }  # fmt: skip


def _trip(_sight: Sight, _notice: UUID) -> Values:
    return {"day": localdate(clock.now())}


def _product(sight: Sight, uid: UUID) -> Values:
    row = catalogue.one(sight, uid)
    names = ("code", "name", "spec", "pieces", "weight_g", "volume_cm3", "shelf_life_days", "family", "location", "active")
    return {name: getattr(row, name) for name in names}


PRESENT: Final[dict[str, tuple[str, Callable[[Sight, UUID], Values]]]] = {
    "change_person": ("person", _person),
    "change_post": ("post", _post),
    "change_carrier": ("carrier", _carrier),
    "change_vehicle": ("vehicle", _vehicle),
    "change_driver": ("driver", _driver),
    "change_customer": ("customer", _customer),
    "designate_forwarder": ("customer", _forwarder),
    "change_address": ("address", _address),
    "change_product": ("product", _product),
    "arrange_trip": ("notices", _trip),
}
