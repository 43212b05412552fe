"""Locking in the one order of the house (customer, order, notice, pass), with the viewer's scope applied."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from gatepass.customers.models import Address, Customer
from gatepass.journal.reading import joined
from gatepass.orders import sql
from gatepass.orders.models import Order
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound


def seen_by(sight: Sight) -> QuerySet[Order]:
    """The orders that somebody may see: all regions, or his own; nobody without the power."""
    if not sight.may(Power.SEE_ORDERS):
        return Order.objects.none()
    return Order.objects.all() if sight.regions is None else Order.objects.filter(region__in=sight.regions)


def lock_customer(uid: UUID, sight: Sight) -> Customer:
    """The customer, locked. Raises NotFound when absent, inactive or outside the scope."""
    rows = Customer.objects.select_for_update(no_key=True).filter(uid=uid, active=True)
    if sight.regions is not None:
        rows = rows.filter(region__in=sight.regions)
    found = rows.first()
    if found is None:
        raise NotFound("customer")
    return found


def lock_order(uid: UUID, sight: Sight) -> Order:
    """The order with its customer (and its address), the customer locked first. Raises NotFound when absent or outside the scope."""
    found = joined((Order, Customer, Address), sql.LOCK_ORDER, {"order": uid})
    if not found or not sees(sight, cast(Order, found[0][0]).region):
        raise NotFound("order")
    order, customer, address = found[0]
    row = cast(Order, order)
    row.customer, row.address = cast(Customer, customer), cast(Address, address)
    return row


def sees(sight: Sight, region: str) -> bool:
    """Whether orders of this region are in somebody's scope."""
    return sight.may(Power.SEE_ORDERS) and (sight.regions is None or region in sight.regions)
