"""What is read of customers, scoped to who asks: his regions; phones and addresses only with the power to see contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from gatepass.carriers.models import PricingUnit
from gatepass.carriers.queries import name_of
from gatepass.customers import sql
from gatepass.customers.facts import FileState
from gatepass.customers.models import Address, Bearer, Contact, ContactKind, Customer, Edition
from gatepass.customers.policies import Completeness, completeness
from gatepass.journal.reading import Asked
from gatepass.pinyin import digits, grams, is_latin, normal
from gatepass.roles import Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound

PAGE = 50
SEEING = (Power.SEE_ORDERS, Power.SEE_MONEY, Power.KEEP_CUSTOMERS)
HAS = {
    "delivery": Exists(Address.objects.filter(customer=OuterRef("pk"), until=None)),
    "business": Exists(Contact.objects.filter(customer=OuterRef("pk"), kind=ContactKind.BUSINESS.value, until=None)),
    "receiving": Exists(Contact.objects.filter(customer=OuterRef("pk"), kind=ContactKind.RECEIVING.value, until=None)),
}


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list. `phone` None: not shown to this viewer."""

    uid: UUID
    code: str
    name: str
    short_name: str
    region: str
    grade: str
    phone: str | None
    active: bool
    file: Completeness


@dataclass(frozen=True, slots=True)
class AddressRow:
    uid: UUID
    label: str
    destination: str
    address: str
    consignee: str
    phone: str
    preferred: bool
    since: datetime
    until: datetime | None
    blanked: bool


@dataclass(frozen=True, slots=True)
class ContactRow:
    uid: UUID
    kind: ContactKind
    name: str
    phone: str
    since: datetime
    until: datetime | None
    blanked: bool


@dataclass(frozen=True, slots=True)
class EditionRow:
    since: datetime
    file: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A whole file. Without the power to see contacts phone and address are None, addresses and contacts empty."""

    row: CustomerRow
    address: str | None
    terms: str
    bearer: Bearer
    subsidy_unit: PricingUnit | None
    subsidy_yuan: Decimal | None
    forwarder: UUID | None
    forwarder_name: str
    addresses: tuple[AddressRow, ...]
    contacts: tuple[ContactRow, ...]
    editions: tuple[EditionRow, ...]
    contacts_shown: bool


def scoped(sight: Sight) -> QuerySet[Customer]:
    """The customers that this person sees at all."""
    if sight.carrier is not None or not any(sight.may(power) for power in SEEING):
        return Customer.objects.none()
    return Customer.objects.all() if sight.regions is None else Customer.objects.filter(region__in=sight.regions)


def customers(
    sight: Sight,
    q: str = "",
    *,
    region: str = "",
    grade: str = "",
    incomplete: bool = False,
    idle: bool = False,
    after: UUID | None = None,
    most: int = PAGE,
) -> list[CustomerRow]:
    """A page of customers in order of their pinyin, from the one after `after` on."""
    rows = scoped(sight).annotate(**HAS)
    rows = rows if idle else rows.filter(active=True)
    rows = rows.filter(region=region) if region else rows
    rows = rows.filter(grade=grade) if grade else rows
    rows = rows.filter(_something_missing()) if incomplete else rows
    rows = rows.filter(matching(q)) if q.strip() else rows
    if after is not None:
        last = scoped(sight).filter(uid=after).values_list("pinyin", "id").first() or ("", 0)
        rows = rows.filter(Q(pinyin__gt=last[0]) | Q(pinyin=last[0], id__gt=last[1]))
    return [_row(row, sight) for row in rows.order_by("pinyin", "id")[:most]]


def pick(sight: Sight, q: str) -> list[CustomerRow]:
    """The dozen that a picker offers, names and initials that begin so first."""
    needle = normal(q)
    first = When(Q(initials__startswith=needle) | Q(short_name__startswith=q.strip()) | Q(code__iexact=q.strip()), then=Value(0))
    rows = scoped(sight).filter(active=True).annotate(**HAS)
    rows = rows.filter(matching(q)) if needle else rows
    ranked = rows.annotate(rank=Case(first, default=Value(1), output_field=IntegerField()))
    return [_row(row, sight) for row in ranked.order_by("rank", "pinyin", "id")[:12]]


def one(sight: Sight, uid: UUID) -> CustomerFile:
    """A whole file. Raises NotFound for what is absent or out of scope."""
    row = scoped(sight).annotate(**HAS).filter(uid=uid).first()
    if row is None:
        raise NotFound("customer")
    shown = sight.may(Power.SEE_CONTACTS)
    editions = Edition.objects.filter(customer=row).order_by("-since", "-id")[:20] if shown else ()
    return CustomerFile(
        row=_row(row, sight),
        address=row.address if shown else None,
        terms=row.terms,
        bearer=Bearer(row.bearer),
        subsidy_unit=PricingUnit(row.subsidy_unit) if row.subsidy_unit else None,
        subsidy_yuan=row.subsidy_yuan,
        forwarder=row.forwarder,
        forwarder_name=name_of(row.forwarder),
        addresses=tuple(_address(a) for a in _addresses(row)) if shown else (),
        contacts=tuple(_contact(c) for c in _contacts(row)) if shown else (),
        editions=tuple(EditionRow(e.since, e.file | {"forwarder": _carrier_name(e.file)}) for e in editions),
        contacts_shown=shown,
    )


def addresses(sight: Sight, customer: UUID) -> list[AddressRow]:
    """The delivery addresses in use, the preferred one first; for forms of orders and notices."""
    row = scoped(sight).filter(uid=customer).first()
    if row is None or not sight.may(Power.SEE_CONTACTS):
        return []
    return [_address(a) for a in _addresses(row) if a.until is None]


def address(sight: Sight, uid: UUID) -> AddressRow:
    """One delivery address, in use or not. Raises NotFound."""
    row = Address.objects.filter(uid=uid, customer__in=scoped(sight)).first()
    if row is None or not sight.may(Power.SEE_CONTACTS):
        raise NotFound("address")
    return _address(row)


def places(sight: Sight, needle: str, known: UUID | None = None) -> list[tuple[UUID, str, str]]:
    """Delivery addresses in use for a picker: (uid, customer and short name, destination). `known`: one address, also one that has
    ended, or all of a customer.
    """
    rows = Address.objects.filter(customer__in=scoped(sight)).select_related("customer")
    rows = rows.filter(Q(until=None) | Q(uid=known))
    if known is not None:
        rows = rows.filter(Q(uid=known) | Q(customer__uid=known))
    elif needle.strip():
        mine = scoped(sight).filter(matching(needle)).values("pk")
        rows = rows.filter(Q(label__contains=needle.strip()) | Q(destination__contains=needle.strip()) | Q(customer__in=mine))
    return [(a.uid, f"{a.customer.short_name} {a.label}", a.destination) for a in rows.order_by("customer_id", "-preferred", "since")[:12]]


def contacts(sight: Sight, needle: str, known: UUID | None = None) -> list[tuple[UUID, str, str]]:
    """Contacts for a picker: (uid, name, customer). `known`: one, also one that has ended. Nobody for who does not see contacts."""
    if not sight.may(Power.SEE_CONTACTS):
        return []
    rows = Contact.objects.filter(customer__in=scoped(sight)).select_related("customer")
    rows = rows.filter(uid=known) if known else rows.filter(until=None, name__contains=needle.strip())
    return [(row.uid, row.name, row.customer.short_name) for row in rows.order_by("customer_id", "since")[:12]]


def regions(sight: Sight) -> list[str]:
    return list(scoped(sight).exclude(region="").order_by("region").values_list("region", flat=True).distinct())


def grades(sight: Sight) -> list[str]:
    return list(scoped(sight).exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct())


def file_state(event: Event) -> Asked:
    """The fact that A11 asks for: how complete the file is, and whether this customer ordered before."""
    if event.reference("customer") is None:
        raise NotFound("customer")
    return Asked(sql.FILE_STATE, _file_state)


def _file_state(_: Event, row: dict[str, Any]) -> FileState:
    before = row.pop("ordered")
    forwarder = row.pop("forwarder")
    found = completeness(**row, forwarder=UUID(forwarder) if forwarder else None)
    return FileState(percent=found.percent, missing=found.texts, ordered_before=before)


def designated(customers: Iterable[UUID]) -> dict[UUID, UUID]:
    """The carrier that each of these customers designated, for those who did (C21)."""
    rows = Customer.objects.filter(uid__in=set(customers)).exclude(forwarder=None)
    return {uid: carrier for uid, carrier in rows.values_list("uid", "forwarder") if carrier}


def secrets(customer: UUID) -> tuple[str, ...]:
    """Every phone and address that the file ever held, as C24 keeps them out of remarks."""
    row = Customer.objects.get(uid=customer)
    places = Address.objects.filter(customer=row).values_list("address", "phone")
    phones = Contact.objects.filter(customer=row).values_list("phone", flat=True)
    held = [row.phone, row.address, *phones, *(text for pair in places for text in pair)]
    return tuple(dict.fromkeys(text for text in held if text))


def matching(q: str) -> Q:
    """By code, name (two Chinese characters are enough), pinyin, initials, or the phone's digits."""
    needle, number = normal(q), digits(q)
    found = Q(code__istartswith=q.strip()) | Q(initials__startswith=needle) | Q(pinyin__startswith=needle)
    if number and number == needle and len(number) >= 7:
        owners = Contact.objects.filter(digits=number, until=None).values("customer_id")
        return found | Q(digits=number) | Q(pk__in=owners)
    if is_latin(q):
        return found | (Q(pinyin__contains=needle) | Q(initials__contains=needle) if len(needle) > 2 else Q())
    if len(needle) == 1:
        return found | Q(name__contains=needle) | Q(short_name__contains=needle)
    return found | Q(grams__contains=grams(q))


def _carrier_name(file: dict[str, Any]) -> str:
    uid = file.get("forwarder")
    return name_of(UUID(uid)) if uid else ""


def _something_missing() -> Q:
    blank = Q(address="") | Q(phone="") | Q(terms="") | Q(region="") | Q(forwarder=None)
    return blank | Q(delivery=False) | Q(business=False) | Q(receiving=False)


def _file(row: Any) -> Completeness:
    return completeness(
        name=row.name, address=row.address, phone=row.phone, terms=row.terms, forwarder=row.forwarder, region=row.region,
        delivery=row.delivery, business=row.business, receiving=row.receiving,
    )  # fmt: skip


def _row(row: Customer, sight: Sight) -> CustomerRow:
    phone = row.phone if sight.may(Power.SEE_CONTACTS) else None
    return CustomerRow(
        row.uid, row.code, row.name, row.short_name, row.region, row.grade, phone, row.active, _file(row)
    )


def _addresses(row: Customer) -> QuerySet[Address]:
    return Address.objects.filter(customer=row).order_by(F("until").desc(nulls_first=True), "-preferred", "since", "id")


def _contacts(row: Customer) -> QuerySet[Contact]:
    return Contact.objects.filter(customer=row).order_by("kind", "since", "id")


def _address(row: Address) -> AddressRow:
    return AddressRow(
        row.uid, row.label, row.destination, row.address, row.consignee, row.phone, row.preferred, row.since, row.until,
        row.blanked_at is not None,
    )


def _contact(row: Contact) -> ContactRow:
    return ContactRow(row.uid, ContactKind(row.kind), row.name, row.phone, row.since, row.until, row.blanked_at is not None)
