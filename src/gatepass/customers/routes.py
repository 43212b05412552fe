"""What of customers is confirmed by another: a file and an address bind who wrote them until then (rule 43). They count at once all the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.binding import bind_next
from gatepass.approvals.routes import Data, Line, Step, Subject, route
from gatepass.customers.models import Address, Bearer, Customer, Edition
from gatepass.customers.rows import FILE, locked_customer
from gatepass.journal.door import Case
from gatepass.journal.labels import label
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import canonical
from gatepass.rules.reasons import NotFound, refusal
from gatepass.words import Text, same

CONFIRMS: Final = (
    Step(code="confirm", power=Power.APPROVE_SALES, text=Text("核对确认", "confirmation"), position=Position.SALES_MANAGER),
)  # fmt: skip
CALLED: Final = {
    "customer_name": Text("客户", "customer"), "label": Text("称呼", "short name"), "destination": Text("目的地", "destination"),
    "address": Text("详细地址", "street address"), "consignee": Text("收货人", "consignee"), "phone": Text("电话", "phone"),
}  # fmt: skip
CONTACTS: Final = frozenset({"phone", "address", "consignee"})


def bind_file(case: Case, row: Customer, kept: Edition) -> None:
    """What the file says from now on."""
    bind_next(case, CUSTOMER, row.uid, number=row.code, data={name: kept.file[name] for name in (*FILE, "active", "forwarder")})


def bind_address(case: Case, row: Address) -> None:
    """Where it is by its words; street, consignee and phone by a salted hash, so that they can be blanked and the signature stays."""
    held = canonical([row.salt, row.address, row.consignee, row.phone])
    said = {
        "customer_name": row.customer.name, "label": row.label, "destination": row.destination, "row": str(row.uid),
        "held": hashlib.sha256(held.encode()).hexdigest(),
    }  # fmt: skip
    bind_next(case, ADDRESS, row.uid, number=f"{row.customer.code} {row.label}", data=said)


def _customer(case: Case, uid: UUID) -> Subject:
    return Subject(uid=uid, row=locked_customer(uid))


def _address(case: Case, uid: UUID) -> Subject:
    owner = Address.objects.filter(uid=uid).values_list("customer__uid", flat=True).first()
    if owner is None:
        raise NotFound("address")
    locked_customer(owner)
    row = Address.objects.get(uid=uid)
    return Subject(uid=uid, row=row, reasons=[refusal("这个地址已停用", "This address has ended") if row.until else None])


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.KEEP_CUSTOMERS)


def _file_said(sight: Sight, data: Data) -> Sequence[Line]:
    return [Line(name, label(name), _value(sight, name, data[name])) for name in (*FILE, "active", "forwarder") if name in data]


def _value(sight: Sight, name: str, value: object) -> Text | None:
    if (name in CONTACTS and not sight.may(Power.SEE_CONTACTS)) or (name == "subsidy_yuan" and not sight.may(Power.SEE_MONEY)):
        return None
    if name == "bearer":
        return Bearer(str(value)).text
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    return same(str(value)) if value not in (None, "") else Text("无", "none")


def _file_headline(sight: Sight, data: Data) -> Text:
    return same(str(data["name"]))


def _address_said(sight: Sight, data: Data) -> Sequence[Line]:
    row = Address.objects.get(uid=data["row"])
    said = {name: getattr(row, name) for name in CALLED if name in CONTACTS} | dict(data)
    return [Line(name, called, _value(sight, name, said[name])) for name, called in CALLED.items()]


def _address_headline(sight: Sight, data: Data) -> Text:
    return same(f"{data['customer_name']} · {data['destination']}")


CUSTOMER: Final = route(
    code="customer", kind="customer", title=Text("客户资料", "customer file"), article="D6", steps=CONFIRMS, subject=_customer, sees=_sees,
    said=_file_said, headline=_file_headline, page="/customers/{subject}/",
)  # fmt: skip
ADDRESS: Final = route(
    code="address", kind="address", title=Text("发货地址", "delivery address"), article="D6", steps=CONFIRMS, subject=_address, sees=_sees,
    said=_address_said, headline=_address_headline, page="/approvals/address/{subject}/",
)  # fmt: skip
