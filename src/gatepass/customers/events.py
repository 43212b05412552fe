"""What happens to customer files. Names, phones and addresses stay in their rows; here are ids, codes and figures."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("customer.added", Text("新增客户", "Customer added"))
class CustomerAdded(Event):
    customer: UUID
    region: str
    grade: str
    bearer: str


@event("customer.changed", Text("客户资料变更", "Customer's file changed"))
class CustomerChanged(Event):
    """`changed`: the fields that are different now; the figures that bear on money as they are from now on."""

    customer: UUID
    changed: tuple[str, ...]
    region: str
    grade: str
    bearer: str
    subsidy_unit: str
    subsidy_yuan: Decimal | None


@event("customer.forwarder_designated", Text("客户指定托运单位", "Forwarder designated"))
class ForwarderDesignated(Event):
    customer: UUID
    carrier: UUID | None


@event("customer.address_added", Text("新增发货地址", "Delivery address added"))
class AddressAdded(Event):
    """`replaces`: the address row that ends with it, where it is a change."""

    customer: UUID
    address: UUID
    replaces: UUID | None
    preferred: bool


@event("customer.address_ended", Text("发货地址停用", "Delivery address ended"))
class AddressEnded(Event):
    customer: UUID
    address: UUID


@event("customer.address_preferred", Text("设为常用地址", "Delivery address preferred"))
class AddressPreferred(Event):
    customer: UUID
    address: UUID


@event("customer.contact_added", Text("新增联系人", "Contact added"))
class ContactAdded(Event):
    customer: UUID
    contact: UUID
    kind: str


@event("customer.contact_ended", Text("联系人停用", "Contact ended"))
class ContactEnded(Event):
    customer: UUID
    contact: UUID
    kind: str
