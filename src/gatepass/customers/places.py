"""Delivery addresses with history (C17) and contacts: a change ends the old row and begins a new one; papers keep theirs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import close
from gatepass.carriers.rates import Place
from gatepass.customers.events import AddressAdded, AddressEnded, AddressPreferred, ContactAdded, ContactEnded
from gatepass.customers.models import Address, Contact, ContactKind, Customer
from gatepass.customers.routes import ADDRESS, bind_address
from gatepass.customers.rows import locked_customer
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.rows import PersonName, empty, too_long
from gatepass.pinyin import digits
from gatepass.roles import Power
from gatepass.rules.reasons import Beyond, NotFound, Reason, refusal
from gatepass.words import Text

name_fields(
    street=("详细地址", "street address"), consignee=("收货人", "consignee"),
    preferred=("常用", "preferred"), contact=("联系人", "contact"),
)  # fmt: skip
LABEL = refusal("这个客户已有同名地址", "This customer already has an address of this name", field="label")
once("one_address_of_a_label", LABEL)
once("one_preferred_address", refusal("常用地址刚被改过，请再试一次", "The preferred address was just changed: try again", beyond=Beyond.TIME))
ENDED = refusal("这条已经停用", "This one has ended already")
Label = Annotated[str, Called(Text("称呼", "short name"))]
PersonKind = Annotated[ContactKind, Called(Text("哪一类", "kind"))]


@command(may=Power.KEEP_CUSTOMERS, title=Text("新增发货地址", "Add a delivery address"))
def add_address(
    case: Case,
    *,
    customer: Annotated[UUID, Of("customer")],
    label: Label,
    destination: Place,
    street: str,
    consignee: str,
    phone: str,
    preferred: bool = False,
) -> Ref:
    """`destination` is the place that freight is priced to. The first address is the preferred one."""
    owner = locked_customer(customer)
    current = _current(owner)
    made = Address(
        uid=case.new_id(), customer=owner, label=label, destination=destination, address=street, consignee=consignee, phone=phone,
        preferred=preferred or not current, since=case.at, entry=case.entry,
    )  # fmt: skip
    case.decide(
        AddressAdded(customer=customer, address=made.uid, replaces=None, preferred=made.preferred),
        reasons=[*wrong_address(made), LABEL if any(a.label == label for a in current) else None],
    )
    if made.preferred:
        _prefer_none(current)
    made.save()
    bind_address(case, made)
    return Ref("address", made.uid, label)


@command(may=Power.KEEP_CUSTOMERS, title=Text("改发货地址", "Change a delivery address"))
def change_address(
    case: Case,
    *,
    address: Annotated[UUID, Of("address")],
    label: Label,
    destination: Place,
    street: str,
    consignee: str,
    phone: str,
) -> Ref:
    """Ends the old row and begins a new one: what was sent to the old address keeps it."""
    old, owner = _locked(address)
    others = [a for a in _current(owner) if a.pk != old.pk]
    made = Address(
        uid=case.new_id(), customer=owner, label=label, destination=destination, address=street, consignee=consignee, phone=phone,
        preferred=old.preferred, since=case.at, entry=case.entry,
    )  # fmt: skip
    same = refusal("没有改动", "Nothing is different")
    fields = ("label", "destination", "address", "consignee", "phone")
    case.decide(
        AddressAdded(customer=owner.uid, address=made.uid, replaces=address, preferred=made.preferred),
        reasons=[
            *wrong_address(made),
            ENDED if old.until else None,
            LABEL if any(a.label == label for a in others) else None,
            same if all(getattr(old, f) == getattr(made, f) for f in fields) else None,
        ],
    )
    old.until = case.at
    old.save(update_fields=["until"])
    close(case, old.uid, routes=[ADDRESS])
    made.save()
    bind_address(case, made)
    return Ref("address", made.uid, label)


@command(may=Power.KEEP_CUSTOMERS, title=Text("停用发货地址", "End a delivery address"))
def end_address(case: Case, *, address: Annotated[UUID, Of("address")]) -> Ref:
    """No longer offered. Where it was the preferred one, the oldest of the others is."""
    old, owner = _locked(address)
    case.decide(AddressEnded(customer=owner.uid, address=address), reasons=[ENDED if old.until else None])
    old.until = case.at
    old.save(update_fields=["until"])
    close(case, old.uid, routes=[ADDRESS])
    following = next(iter(_current(owner)), None) if old.preferred else None
    if following is not None:
        following.preferred = True
        following.save(update_fields=["preferred"])
    return Ref("address", address, old.label)


@command(may=Power.KEEP_CUSTOMERS, title=Text("设为常用地址", "Prefer a delivery address"))
def prefer_address(case: Case, *, address: Annotated[UUID, Of("address")]) -> Ref:
    row, owner = _locked(address)
    already = refusal("已经是常用地址", "It is the preferred address already")
    case.decide(
        AddressPreferred(customer=owner.uid, address=address),
        reasons=[ENDED if row.until else None, already if row.preferred and not row.until else None],
    )
    _prefer_none(_current(owner))
    row.preferred = True
    row.save(update_fields=["preferred"])
    return Ref("address", address, row.label)


@command(may=Power.KEEP_CUSTOMERS, title=Text("新增联系人", "Add a contact"))
def add_contact(
    case: Case, *, customer: Annotated[UUID, Of("customer")], kind: PersonKind, name: PersonName, phone: str
) -> Ref:
    owner = locked_customer(customer)
    made = Contact(
        uid=case.new_id(), customer=owner, kind=kind.value, name=name, phone=phone, digits=digits(phone), since=case.at
    )
    case.decide(
        ContactAdded(customer=customer, contact=made.uid, kind=kind.value),
        reasons=[*empty(name=name, phone=phone), *too_long(name=(name, 60), phone=(phone, 40))],
    )
    made.save()
    return Ref("contact", made.uid, name)


@command(may=Power.KEEP_CUSTOMERS, title=Text("停用联系人", "End a contact"))
def end_contact(case: Case, *, contact: Annotated[UUID, Of("contact")]) -> Ref:
    owner = Contact.objects.filter(uid=contact).values_list("customer__uid", flat=True).first()
    if owner is None:
        raise NotFound("contact")
    locked_customer(owner)
    row = Contact.objects.get(uid=contact)
    case.decide(ContactEnded(customer=owner, contact=contact, kind=row.kind), reasons=[ENDED if row.until else None])
    row.until = case.at
    row.save(update_fields=["until"])
    return Ref("contact", contact, row.name)


def wrong_address(row: Address) -> list[Reason | None]:
    return [
        *empty(label=row.label, destination=row.destination, street=row.address, consignee=row.consignee, phone=row.phone),
        *too_long(
            label=(row.label, 40), destination=(row.destination, 60), street=(row.address, 200), consignee=(row.consignee, 60),
            phone=(row.phone, 40),
        ),
    ]  # fmt: skip


def _locked(address: UUID) -> tuple[Address, Customer]:
    """The address as it is under its customer's lock."""
    owner = Address.objects.filter(uid=address).values_list("customer__uid", flat=True).first()
    if owner is None:
        raise NotFound("address")
    customer = locked_customer(owner)
    return Address.objects.get(uid=address), customer


def _current(customer: Customer) -> list[Address]:
    return list(Address.objects.filter(customer=customer, until=None).order_by("since", "id"))


def _prefer_none(current: list[Address]) -> None:
    for row in current:
        if row.preferred:
            row.preferred = False
            row.save(update_fields=["preferred"])
