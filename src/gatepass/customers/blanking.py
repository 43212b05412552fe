"""Blanking a contact, or who receives goods at an address: both ended, nothing open that needs them (people/blanking.py)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.customers.models import Address, Contact
from gatepass.customers.rows import locked_customer
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.people.blanking import Ground, TypedName, mark, refusals
from gatepass.people.events import DataBlanked
from gatepass.roles import Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text


def _in_use(row: Address | Contact, command: str, **given: str) -> Reason | None:
    """What has not ended yet is ended first, by who keeps the file."""
    if row.until:
        return None
    return refusal(
        "这一条还在用", "This one is still in use",
        cure=Text("请维护客户资料的人先停用它", "Have who keeps the customer's file end it first"),
        who=Position.SALES_ADMIN, command=command, given=given,
    )  # fmt: skip


@command(may=Power.DECIDE_AS_HEAD, title=Text("抹去联系人的个人资料", "Blank a contact's data"))
def blank_contact(case: Case, *, contact: Annotated[UUID, Of("contact")], typed_name: TypedName, reason: Ground) -> Ref:
    """Name and phone of a contact that has ended."""
    owner = Contact.objects.filter(uid=contact).values_list("customer__uid", flat=True).first()
    if owner is None:
        raise NotFound("contact")
    locked_customer(owner)
    row = Contact.objects.get(uid=contact)
    against = refusals(
        "contact", contact, blanked_at=row.blanked_at, name=row.name, typed=typed_name, reason=reason, kept=(row.phone,)
    )
    case.decide(
        DataBlanked(kind="contact", thing=contact, reason=reason, customer=owner),
        reasons=[_in_use(row, "end_contact", contact=str(contact)), *against],
    )
    row.name, row.phone, row.digits, row.blanked_at = mark(contact), "", "", case.at
    row.save(update_fields=["name", "phone", "digits", "blanked_at"])
    return Ref("contact", contact, row.name)


@command(may=Power.DECIDE_AS_HEAD, title=Text("抹去收货地址的个人资料", "Blank the data of a delivery address"))
def blank_address(case: Case, *, address: Annotated[UUID, Of("address")], typed_name: TypedName, reason: Ground) -> Ref:
    """Street, consignee and phone of an address that has ended and that no open order goes to; its place and short name stay."""
    owner = Address.objects.filter(uid=address).values_list("customer__uid", flat=True).first()
    if owner is None:
        raise NotFound("address")
    locked_customer(owner)
    row = Address.objects.get(uid=address)
    against = refusals(
        "address", address, blanked_at=row.blanked_at, name=row.consignee, typed=typed_name, reason=reason, kept=(row.phone, row.address)
    )
    case.decide(
        DataBlanked(kind="address", thing=address, reason=reason, customer=owner),
        reasons=[_in_use(row, "end_address", address=str(address)), *against],
    )
    row.consignee, row.phone, row.address, row.salt, row.blanked_at = mark(address), "", "", None, case.at
    row.save(update_fields=["consignee", "phone", "address", "salt", "blanked_at"])
    return Ref("address", address, row.label)
