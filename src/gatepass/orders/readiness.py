"""When an order is ready (备齐): every carton of it, giveaways included, is set aside from stock, made, or picked."""

from __future__ import annotations

from gatepass.orders.events import OrderReady
from gatepass.orders.models import Order, OrderLine
from gatepass.receivables.rests import cover_of, free_credit


def wanted_of(order: Order) -> dict[int, int]:
    """Cartons by product id, giveaways included."""
    wanted: dict[int, int] = {}
    for line in OrderLine.objects.filter(order=order).order_by("product_id"):
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.cartons + line.gift
    return wanted


def is_ready(order: Order, cartons: int, *, added_fen: int = 0) -> OrderReady:
    """Everything is there; with what the customer has not been told to remit yet. added_fen: what the same act adds to the order."""
    cover = cover_of(order.uid) if order.notified_at is None else None
    credit = free_credit(cover.asked.customer) if cover and added_fen > 0 else 0
    to_remit = max(0, cover.open_fen + added_fen - credit) if cover else 0
    return OrderReady(order=order.uid, customer=order.customer.uid, cartons=cartons, to_remit_fen=to_remit)
