"""Readers of signed links: what a customer sees who holds the token, and what the clerk sees of the links he made."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gatepass.customers.models import Customer
from gatepass.orders.inputs import Channel
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Link, Order
from gatepass.orders.sending import token_digest
from gatepass.orders.sheets import recorder
from gatepass.people.firm import firm
from gatepass.people.visits import names_of
from gatepass.receivables.paying_to import PayTo, changed_at, thawed
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as its maker sees it; the token itself is nowhere."""

    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    answered_at: datetime | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands behind a link: the frozen document and how things are. state: open, confirmed, objected, withdrawn, expired."""

    digest: str
    state: str
    data: dict[str, Any]
    version: int
    customer_name: str
    company_name: str
    company_name_en: str
    company_phone: str
    sent_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    confirmed_at: datetime | None
    remit_fen: int
    cartons: int
    gifts: int
    clerk: str
    pay_to: PayTo | None
    account_changed_at: datetime | None
    confirmed_how: Text
    recorded_by: str


def links(sight: Sight, order: UUID) -> list[LinkRow]:
    """The links of an order, newest first. Raises NotFound outside the scope."""
    if not seen_by(sight).filter(uid=order).exists():
        raise NotFound("order")
    rows = Link.objects.filter(composition__order__uid=order).select_related("composition").order_by("-made_at", "-id")[:10]
    return [LinkRow(r.made_at, r.expires_at, r.opened_at, r.answered_at, r.composition.withdrawn_at is not None) for r in rows]


def letter(token: str, at: datetime) -> Letter:
    """The document for whoever holds this token; it is looked up by its hash and compared in constant time. Raises NotFound."""
    digest = token_digest(token)
    link = Link.objects.select_related("composition__order__customer").filter(digest=digest).first()
    if link is None or not hmac.compare_digest(link.digest, digest):
        raise NotFound("link")
    made, order = link.composition, link.composition.order
    company = firm()
    who: Customer = order.customer
    lines, to = made.data["lines"], thawed(made.data["pay_to"])
    return Letter(
        digest=digest,
        state=_state(link, order, at),
        data=made.data,
        version=made.version,
        customer_name=who.name,
        company_name=company.name,
        company_name_en=company.name_en or company.name,
        company_phone=company.phone,
        sent_at=made.at,
        expires_at=link.expires_at,
        opened_at=link.opened_at,
        confirmed_at=order.confirmed_at,
        remit_fen=made.remit_fen,
        cartons=sum(line["cartons"] for line in lines),
        gifts=sum(line["gift"] for line in lines),
        clerk=names_of({made.by}).get(made.by, ""),
        pay_to=to,
        account_changed_at=changed_at(to.uid) if to else None,
        confirmed_how=Channel(order.confirmed_how).text if order.confirmed_how else same(""),
        recorded_by=recorder(order),
    )


def _state(link: Link, order: Order, at: datetime) -> str:
    if order.cancelled_at is not None:
        return "withdrawn"
    if link.composition.withdrawn_at is not None:
        return "objected" if link.answered_at is not None else "withdrawn"
    if order.confirmed_at is not None:
        return "confirmed"
    return "expired" if at >= link.expires_at else "open"
