"""Locking in the one order of the house (customer, order, notice, pass), with the viewer's scope applied."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from gatepass.customers.models import Customer
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
    """The order with its customer, both locked, the customer first. Raises NotFound when absent or outside the scope."""
    known = seen_by(sight).filter(uid=uid).values_list("customer_id", flat=True).first()
    if known is None:
        raise NotFound("order")
    customer = Customer.objects.select_for_update(no_key=True).get(id=known)
    order = Order.objects.select_for_update(no_key=True).get(uid=uid)
    order.customer = customer
    return order
