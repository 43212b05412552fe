"""The free texts of a hand-over while it is decided: the clause reads them here, the journal keeps only their hash (C24)."""

from __future__ import annotations

from contextvars import ContextVar
from uuid import UUID

from gatepass.customers.models import Address, Contact, Customer
from gatepass.production.events import DemandHandedOver
from gatepass.production.facts import Remarks

_said: ContextVar[tuple[UUID | None, tuple[str, ...]]] = ContextVar("remarks", default=(None, ()))


def remember_remarks(entry: UUID, texts: tuple[str, ...]) -> None:
    """The texts that the command running under this entry is about to hand over."""
    _said.set((entry, texts))


def remarks_of(event: DemandHandedOver) -> Remarks:
    """The texts, with the customer's stored phones and addresses that must not be in them."""
    _, texts = _said.get()
    customer = Customer.objects.filter(uid=event.customer).first() if any(texts) else None
    if customer is None:
        return Remarks((), ())
    addresses = Address.objects.filter(customer=customer).values_list("address", "phone")
    phones = Contact.objects.filter(customer=customer).values_list("phone", flat=True)
    secrets = {customer.phone, *phones, *(part for row in addresses for part in row)} - {""}
    return Remarks(texts, tuple(sorted(secrets)))
