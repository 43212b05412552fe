"""When an order is ready (备齐): every carton of it, giveaways included, is set aside from stock, made, or picked."""

from __future__ import annotations

from gatepass.orders.events import OrderReady
from gatepass.orders.models import Order, OrderLine
from gatepass.receivables.dues import asked_with, due_of


def wanted_of(order: Order) -> dict[int, int]:
    """Cartons by product id, giveaways included."""
    wanted: dict[int, int] = {}
    for line in OrderLine.objects.filter(order=order).order_by("product_id"):
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.cartons + line.gift
    return wanted


def is_ready(order: Order, cartons: int, *, added_fen: int = 0) -> OrderReady:
    """Everything is there; with what the customer has not been told to remit yet. added_fen: what the same act adds to the order."""
    due = due_of(order.uid) if order.notified_at is None else None
    to_remit = max(0, asked_with(due, added_fen) - due.received_fen) if due else 0
    return OrderReady(order=order.uid, customer=order.customer.uid, cartons=cartons, to_remit_fen=to_remit)
