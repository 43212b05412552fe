"""What is given out, by the names of the columns that take it in again. Scoped to who asks, like every query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from gatepass.carriers import queries as carrier_queries
from gatepass.catalogue import queries as catalogue_queries
from gatepass.customers import queries as customer_queries
from gatepass.customers.models import ContactKind
from gatepass.journal import clock
from gatepass.money import Money
from gatepass.orders import queries as order_queries
from gatepass.people import queries as people_queries
from gatepass.people.accounts import Tongue
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound

MOST = 1_000_000
Values = Iterable[Mapping[str, Any]]


def people(sight: Sight) -> Iterator[Mapping[str, Any]]:
    for department in people_queries.organisation(sight, clock.now()):
        for post in department.posts:
            for held in post.holders:
                row = people_queries.one(sight, held.uid, clock.now())
                yield {
                    "username": row.username, "name": row.name, "phone": row.phone, "extension": row.extension, "position": post.kind,
                    "department": department.name, "region": post.region, "language": Tongue.ZH,
                }  # fmt: skip


def carriers(sight: Sight) -> Iterator[Mapping[str, Any]]:
    names = ("code", "name", "company", "contact", "phone", "destinations", "papers", "own")
    for row in carrier_queries.search(sight, idle=True, most=MOST):
        yield {name: getattr(row, name) for name in names}


def vehicles(sight: Sight) -> Iterator[Mapping[str, Any]]:
    names = ("plate", "kind", "load_kg", "space_dm3", "colour", "container")
    for carrier in carrier_queries.search(sight, idle=True, most=MOST):
        for row in carrier_queries.one(sight, carrier.uid).vehicles:
            yield {"carrier_code": carrier.code} | {name: getattr(row, name) for name in names}


def rates(sight: Sight) -> Iterator[Mapping[str, Any]]:
    names = ("destination", "unit", "yuan", "since", "until")
    for carrier in carrier_queries.search(sight, idle=True, most=MOST):
        for row in carrier_queries.one(sight, carrier.uid).rates:
            values = {name: getattr(row, name) for name in names}
            yield {"carrier_code": carrier.code, "minimum": Money(row.minimum_fen)} | values


def customers(sight: Sight) -> Iterator[Mapping[str, Any]]:
    _may_see_contacts(sight)
    for row in customer_queries.customers(sight, idle=True, most=MOST):
        file = customer_queries.one(sight, row.uid)
        current = {c.kind: c for c in reversed(file.contacts) if c.until is None}
        business, receiving = current.get(ContactKind.BUSINESS), current.get(ContactKind.RECEIVING)
        yield {
            "code": row.code, "name": row.name, "short_name": row.short_name, "region": row.region, "grade": row.grade, "phone": row.phone,
            "address": file.address, "terms": file.terms, "bearer": file.bearer, "subsidy_unit": file.subsidy_unit,
            "subsidy_yuan": file.subsidy_yuan, "forwarder": file.forwarder_name,
            "business_contact": business.name if business else "", "business_phone": business.phone if business else "",
            "receiving_contact": receiving.name if receiving else "", "receiving_phone": receiving.phone if receiving else "",
        }  # fmt: skip


def addresses(sight: Sight) -> Iterator[Mapping[str, Any]]:
    _may_see_contacts(sight)
    names = ("label", "destination", "consignee", "phone", "preferred")
    for row in customer_queries.customers(sight, idle=True, most=MOST):
        for place in customer_queries.addresses(sight, row.uid):
            yield {"customer_code": row.code, "street": place.address} | {name: getattr(place, name) for name in names}


def products(sight: Sight) -> Iterator[Mapping[str, Any]]:
    names = ("code", "name", "spec", "pieces", "weight_g", "volume_cm3", "shelf_life_days", "family", "location")
    for row in catalogue_queries.products(sight, retired=True, most=MOST):
        yield {name: getattr(row, name) for name in names}


def prices(sight: Sight) -> Iterator[Mapping[str, Any]]:
    names = ("list_name", "since", "product_code", "yuan", "grade", "region", "until")
    for listed in catalogue_queries.price_lists(sight):
        for row in catalogue_queries.price_list(sight, listed.uid)[1]:
            yield {name: getattr(row, name) for name in names}


def promotions(sight: Sight) -> Iterator[Mapping[str, Any]]:
    names = ("name", "kind", "since", "until", "family", "grade", "region", "from_cartons", "buy", "get", "percent")
    codes = {row.uid: row.code for row in catalogue_queries.products(sight, retired=True, most=MOST)}
    for row in catalogue_queries.promotions(sight):
        yield {"product_code": _code(codes, row.product)} | {name: getattr(row, name) for name in names}


def orders(sight: Sight) -> Iterator[Mapping[str, Any]]:
    """Orders that are under way, a line each; brought in again they would be new orders, at the prices of that day."""
    return order_queries.listed(sight)


def _code(codes: Mapping[UUID, str], product: UUID | None) -> str:
    return codes.get(product, "") if product else ""


def _may_see_contacts(sight: Sight) -> None:
    if not sight.may(Power.SEE_CONTACTS):
        raise NotFound("contacts")
