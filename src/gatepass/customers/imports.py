"""Customers and their delivery addresses from a list: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.carriers.models import Carrier, PricingUnit
from gatepass.carriers.rates import Place
from gatepass.customers.events import AddressAdded, ContactAdded, CustomerAdded
from gatepass.customers.files import CODE, Said
from gatepass.customers.models import Address, Bearer, Contact, ContactKind, Customer, Edition
from gatepass.customers.places import LABEL, Label, wrong_address
from gatepass.customers.routes import bind_address, bind_file
from gatepass.customers.rows import edition, respell, wrong_file
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.people.rows import too_long
from gatepass.pinyin import digits
from gatepass.roles import Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

TWICE_CODE = refusal("这个编码在表里不止一次", "This code stands in the list more than once", field="code")
TWICE_NAME = refusal("表里还有一行名称或电话相同", "Another line has the same name or phone", field="distinct")
NO_CARRIER = refusal("没有这个承运单位", "There is no such carrier", field="forwarder")
NO_CUSTOMER = refusal("没有这个客户编码", "There is no customer of this code", field="customer_code")
IS_THERE = Text(
    "可能与 {code} {name} 是同一家；核实过请在“已核实不是同一家”填“是”",
    "This may be {code} {name}; where that was checked, say so in its column",
)
Checked = Annotated[bool, Called(Text("已核实不是同一家", "Checked: not the same customer"))]
Forwarder = Annotated[str, Called(Text("指定托运单位（编码或名称）", "designated carrier (code or name)"))]


@dataclass(frozen=True)
class CustomerLine:
    """A customer with his two contacts."""

    code: str
    name: str
    short_name: str
    region: str = ""
    grade: str = ""
    phone: str = ""
    address: str = ""
    terms: str = ""
    bearer: Bearer = Bearer.ADVANCED
    subsidy_unit: PricingUnit | None = None
    subsidy_yuan: Decimal | None = None
    forwarder: Forwarder = ""
    business_contact: Annotated[str, Called(Text("业务联系人", "business contact"))] = ""
    business_phone: Annotated[str, Called(Text("业务联系人电话", "phone of the business contact"))] = ""
    receiving_contact: Annotated[str, Called(Text("收货联系人", "goods-receiving contact"))] = ""
    receiving_phone: Annotated[str, Called(Text("收货联系人电话", "phone of the goods-receiving contact"))] = ""
    pinyin: Said = ""
    distinct: Checked = False


@dataclass(frozen=True)
class AddressLine:
    """A delivery address of a customer who has his file."""

    customer_code: Annotated[str, Called(Text("客户编码", "customer code"))]
    label: Label
    destination: Place
    street: str
    consignee: str
    phone: str
    preferred: bool = False


@command(may=Power.KEEP_CUSTOMERS, title=Text("导入客户", "Import customers"))
def import_customers(case: Case, *, rows: list[CustomerLine]) -> Ref:
    """New customers with their contacts. Nothing is written where one line is wrong."""
    found = wrong_customers(dict(enumerate(rows)))
    carriers = _carriers()
    made = [] if found else [(line, _customer(case.new_id(), line, carriers)) for line in rows]
    contacts = [contact for line, row in made for contact in _contacts(case, line, row)]
    events: list[Event] = [CustomerAdded(customer=r.uid, region=r.region, grade=r.grade, bearer=r.bearer) for _, r in made]
    events += [ContactAdded(customer=c.customer.uid, contact=c.uid, kind=c.kind) for c in contacts]
    case.decide(*events, reasons=in_lines(found))
    Customer.objects.bulk_create(row for _, row in made)
    Contact.objects.bulk_create(contacts)
    kept = [edition(case, row) for _, row in made]
    Edition.objects.bulk_create(kept)
    for one in kept:
        bind_file(case, one.customer, one)
    return Ref("import_", case.entry, str(len(rows)))


@command(may=Power.KEEP_CUSTOMERS, title=Text("导入发货地址", "Import delivery addresses"))
def import_addresses(case: Case, *, rows: list[AddressLine]) -> Ref:
    """Delivery addresses beside those that the customers have; a customer's first one is preferred where none is marked."""
    found = wrong_addresses(dict(enumerate(rows)))
    codes = {line.customer_code for line in rows}
    owners = {c.code: c for c in Customer.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("id")}
    made = [] if found else _addresses(case, rows, owners)
    events = [AddressAdded(customer=a.customer.uid, address=a.uid, replaces=None, preferred=a.preferred) for a in made]
    case.decide(*events, reasons=in_lines(found))
    newly = {a.customer.pk for a in made if a.preferred}
    for old in Address.objects.filter(customer__in=newly, until=None, preferred=True):
        old.preferred = False
        old.save(update_fields=["preferred"])
    Address.objects.bulk_create(made)
    for row in made:
        bind_address(case, row)
    return Ref("import_", case.entry, str(len(rows)))


def wrong_customers(lines: Mapping[int, CustomerLine]) -> Found:
    """Everything that is wrong, line by line: fields, codes, carriers, likely duplicates in the list and in the files."""
    carriers, rows = _carriers(), {n: _customer(None, line, {}) for n, line in lines.items()}
    codes = set(Customer.objects.filter(code__in=[line.code for line in lines.values()]).values_list("code", flat=True))
    found: Found = []
    for n, line in lines.items():
        found += of_line(
            n,
            [
                *wrong_file(rows[n]),
                CODE if line.code in codes else None,
                NO_CARRIER if line.forwarder and line.forwarder not in carriers else None,
                *_half("business", line.business_contact, line.business_phone),
                *_half("receiving", line.receiving_contact, line.receiving_phone),
            ],
        )
    found += repeated({n: line.code for n, line in lines.items()}, TWICE_CODE)
    return sorted(found + _duplicates(lines, rows), key=lambda one: one[0])


def wrong_addresses(lines: Mapping[int, AddressLine]) -> Found:
    codes = {line.customer_code for line in lines.values()}
    known = set(Customer.objects.filter(code__in=codes).values_list("code", flat=True))
    labels = set(Address.objects.filter(customer__code__in=codes, until=None).values_list("customer__code", "label"))
    found: Found = []
    for n, line in lines.items():
        row = Address(
            label=line.label, destination=line.destination, address=line.street, consignee=line.consignee, phone=line.phone
        )
        reasons = [
            *wrong_address(row),
            None if line.customer_code in known else NO_CUSTOMER,
            LABEL if (line.customer_code, line.label) in labels else None,
        ]
        found += of_line(n, reasons)
    twice = refusal("这个客户在表里有两个同名地址", "Two addresses of this customer have the same name", field="label")
    favourites = refusal("这个客户在表里有两个常用地址", "Two addresses of this customer are marked preferred", field="preferred")
    found += repeated({n: (line.customer_code, line.label) for n, line in lines.items()}, twice)
    found += repeated({n: line.customer_code for n, line in lines.items() if line.preferred}, favourites)
    return sorted(found, key=lambda one: one[0])


def _duplicates(lines: Mapping[int, CustomerLine], rows: Mapping[int, Customer]) -> Found:
    """Likely the same customer: same name without its legal form, the same sound, or the same phone."""
    open_ = {n: row for n, row in rows.items() if not lines[n].distinct}
    found = repeated({n: row.heart_pinyin for n, row in open_.items()}, TWICE_NAME)
    found += [one for one in repeated({n: row.digits for n, row in open_.items()}, TWICE_NAME) if one not in found]
    known = Customer.objects.filter(heart_pinyin__in=[row.heart_pinyin for row in open_.values()])
    sounds = {row.heart_pinyin: row for row in known}
    phones = {row.digits: row for row in Customer.objects.filter(digits__in=[row.digits for row in open_.values() if row.digits])}
    for n, row in open_.items():
        there = sounds.get(row.heart_pinyin) or phones.get(row.digits)
        if there is not None:
            found.append((n, Reason(what=IS_THERE.fill(code=there.code, name=there.name), field="distinct", clause="A11")))
    return found


def _half(kind: str, name: str, phone: str) -> list[Reason | None]:
    half = refusal("联系人要有姓名和电话", "A contact has a name and a phone", field=f"{kind}_phone" if name else f"{kind}_contact")
    long = too_long(**{f"{kind}_contact": (name, 60), f"{kind}_phone": (phone, 40)})
    return [half if bool(name) != bool(phone) else None, *long]


def _carriers() -> dict[str, UUID]:
    """Carriers in use by code and by name."""
    rows = Carrier.objects.filter(active=True).values_list("uid", "code", "name")
    return {key: uid for uid, code, name in rows for key in (name, code)}


def _customer(uid: UUID | None, line: CustomerLine, carriers: Mapping[str, UUID]) -> Customer:
    row = Customer(
        code=line.code, name=line.name, short_name=line.short_name, region=line.region, grade=line.grade, phone=line.phone,
        address=line.address, terms=line.terms, bearer=line.bearer.value, subsidy_yuan=line.subsidy_yuan,
        subsidy_unit=line.subsidy_unit.value if line.subsidy_unit else "", forwarder=carriers.get(line.forwarder),
    )  # fmt: skip
    if uid is not None:
        row.uid = uid
    respell(row, line.pinyin)
    return row


def _contacts(case: Case, line: CustomerLine, row: Customer) -> list[Contact]:
    pairs = (
        (ContactKind.BUSINESS, line.business_contact, line.business_phone),
        (ContactKind.RECEIVING, line.receiving_contact, line.receiving_phone),
    )
    return [
        Contact(uid=case.new_id(), customer=row, kind=kind.value, name=name, phone=phone, digits=digits(phone), since=case.at)
        for kind, name, phone in pairs
        if name
    ]


def _addresses(case: Case, rows: list[AddressLine], owners: Mapping[str, Customer]) -> list[Address]:
    marked = {line.customer_code for line in rows if line.preferred}
    served = set(Address.objects.filter(customer__in=owners.values(), until=None).values_list("customer__code", flat=True))
    made = []
    for line in rows:
        first = line.customer_code not in marked | served
        served.add(line.customer_code)
        made.append(
            Address(
                uid=case.new_id(), customer=owners[line.customer_code], label=line.label, destination=line.destination,
                address=line.street, consignee=line.consignee, phone=line.phone, preferred=line.preferred or first, since=case.at,
                entry=case.entry,
            )
        )  # fmt: skip
    return made
