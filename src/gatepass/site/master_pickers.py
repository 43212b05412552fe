"""Pickers of the master files: people, posts, carriers, vehicles, customers and their addresses, products, price lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gatepass.carriers import queries as carriers
from gatepass.catalogue import queries as catalogue
from gatepass.customers import queries as customers
from gatepass.people import queries as people
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound

Rows = list[dict[str, Any]]


def _row(value: UUID, label: str, hint: str = "") -> dict[str, Any]:
    return {"value": str(value), "label": label, "hint": hint}


def _known(needle: str) -> UUID | None:
    """The needle as an id: forms ask so what a chosen thing is called."""
    try:
        return UUID(needle)
    except ValueError:
        return None


def _guarded(picker: Callable[[Sight, str], Rows]) -> Callable[[Sight, str], Rows]:
    def picked(sight: Sight, needle: str) -> Rows:
        try:
            return picker(sight, needle)
        except NotFound:
            return []

    return picked


def _people(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    rows = people.named(sight, known) if known else people.pick(sight, needle)
    return [_row(row.uid, row.name, row.extension) for row in rows]


def _posts(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    return [_row(uid, title, who) for uid, title, who in people.posts(sight, "" if known else needle) if known in (None, uid)][:40]


def _departments(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    return [_row(uid, name) for uid, name in people.departments(sight, "" if known else needle) if known in (None, uid)]


def _carriers(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    rows = [carriers.one(sight, known).carrier] if known else carriers.pick(sight, needle)
    return [_row(row.uid, row.name, row.destinations[:24]) for row in rows]


def _vehicles(sight: Sight, needle: str) -> Rows:
    rows = carriers.pick_vehicle(sight, needle, known=_known(needle))
    return [_row(row.uid, f"{row.plate} {row.kind}", f"{row.carrier_name} {row.load_kg} kg {row.space_m3} m³") for row in rows]


def _drivers(sight: Sight, needle: str) -> Rows:
    rows = carriers.pick_driver(sight, needle, known=_known(needle))
    return [_row(row.uid, row.name, row.phone) for row in rows]


def _customers(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    rows = [customers.one(sight, known).row] if known else customers.pick(sight, needle)
    return [_row(row.uid, row.short_name, f"{row.code} {row.region}") for row in rows]


def _addresses(sight: Sight, needle: str) -> Rows:
    """By the id of an address or of a customer (whose addresses they are), else by the customer's name."""
    rows = customers.places(sight, needle, _known(needle))
    return [_row(uid, label, destination) for uid, label, destination in rows]


def _contacts(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    return [_row(uid, name, whose) for uid, name, whose in customers.contacts(sight, needle, known)]


def _products(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    rows = [catalogue.one(sight, known)] if known else catalogue.pick(sight, needle)
    return [_row(row.uid, f"{row.name} {row.spec}", row.code) for row in rows]


def _price_lists(sight: Sight, needle: str) -> Rows:
    known = _known(needle)
    found = [row for row in catalogue.price_lists(sight) if (row.uid == known if known else needle in row.name)]
    return [_row(row.uid, row.name, f"{row.grade} {row.region} {row.since}".strip()) for row in found[:20]]


PICKERS: Final[dict[str, Callable[[Sight, str], Rows]]] = {
    kind: _guarded(picker)
    for kind, picker in {
        "person": _people,
        "position": _posts,
        "department": _departments,
        "carrier": _carriers,
        "vehicle": _vehicles,
        "driver": _drivers,
        "customer": _customers,
        "address": _addresses,
        "contact": _contacts,
        "product": _products,
        "price_list": _price_lists,
    }.items()
}
