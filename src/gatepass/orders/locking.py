"""Locking in the one order of the house (customer, order, notice, pass), with the viewer's scope applied."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from gatepass.catalogue.models import Product
from gatepass.customers.models import Address, Customer
from gatepass.journal.reading import joined
from gatepass.journal.rows import find
from gatepass.orders import sql
from gatepass.orders.models import Order, OrderLine
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import Beyond, NotFound, Reason
from gatepass.words import Text


def seen_by(sight: Sight) -> QuerySet[Order]:
    """The orders that somebody may see: all regions, or his own; nobody without the power."""
    if not sight.may(Power.SEE_ORDERS):
        return Order.objects.none()
    return Order.objects.all() if sight.regions is None else Order.objects.filter(region__in=sight.regions)


def lock_customer(uid: UUID, sight: Sight) -> Customer:
    """The customer, locked. Raises NotFound when absent, inactive or outside the scope."""
    found = find(Customer, lock=True, uid=uid, active=True)
    if found is None or (sight.regions is not None and found.region not in sight.regions):
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


def lines_with_products(order: Order) -> list[OrderLine]:
    """The lines of an order in their order, products at hand."""
    found = []
    for line, product in cast(list[tuple[OrderLine, Product]], joined((OrderLine, Product), sql.LINES, {"order": order.pk})):
        line.product = product
        found.append(line)
    return found


def sees(sight: Sight, region: str) -> bool:
    """Whether orders of this region are in somebody's scope."""
    return sight.may(Power.SEE_ORDERS) and (sight.regions is None or region in sight.regions)


def goes_there(address: UUID) -> Reason | None:
    """Why an address is still needed: an order that is neither shipped nor cancelled goes there."""
    number = Order.objects.filter(address__uid=address, shipped_at=None, cancelled_at=None).values_list("number", flat=True).first()
    if number is None:
        return None
    what = Text("订单 {number} 还要发到这个地址", "Order {number} still goes to this address").fill(number=number)
    return Reason(what=what, cure=Text("等它发完，或取消它", "Wait until it is shipped, or cancel it"), beyond=Beyond.TIME)
