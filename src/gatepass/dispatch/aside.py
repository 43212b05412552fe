"""Cartons that are set aside for other orders: nobody takes them (备齐), and a refusal says for whom they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gatepass.catalogue.models import Product
from gatepass.dispatch.scope import notices
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Order
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import Reason
from gatepass.stock import reserving
from gatepass.stock.models import Reservation
from gatepass.words import Text

NAMED = 3
"""How many orders a refusal names; the rest are counted."""
CURE = Text(
    "等生产补货，或请客户内勤与客户商定减少、调换（D8）",
    "Wait for production, or have the client admin agree on fewer or other goods with the customer (D8)",
)


def others_goods(sight: Sight, product: Product, order: Order | None, aside: int, cartons: int, day: date) -> Reason | None:
    """Why so many cartons cannot be taken for an order (None: for samples), under the product's lock; None where they can.

    aside: what is set aside for it. Beyond that only what is set aside for nobody is taken.
    """
    if cartons <= aside:
        return None
    free = max(0, reserving.available([product.pk], day).get(product.pk, 0))
    if cartons <= aside + free:
        return None
    what = Text(
        "{product} 为本单预留 {aside} 件，没有预留的还有 {free} 件，不能配 {cartons} 件；其余预留给 {others}",
        "{product}: {aside} cartons are set aside for this order, {free} for nobody, so not {cartons}; the rest is set aside for {others}",
    )
    others = list(_for_whom(sight, product, order))
    return Reason(
        what=what.fill(product=product.name, aside=aside, free=free, cartons=cartons, others=others),
        cure=CURE, who=Position.CLIENT_ADMIN, field="batches",
    )  # fmt: skip


def _for_whom(sight: Sight, product: Product, order: Order | None) -> Iterator[Text]:
    """The orders with their cartons, as far as they are in sight; of the others only how many cartons."""
    rows = dict(Reservation.objects.filter(product=product, cartons__gt=0).order_by("at", "id").values_list("order", "cartons"))
    if order is not None:
        rows.pop(order.uid, None)
    seen = seen_by(sight) if sight.may(Power.SEE_ORDERS) else Order.objects.filter(id__in=notices(sight).values("order"))
    named = list(seen.filter(uid__in=rows).order_by("id").values_list("uid", "number")[:NAMED])
    for uid, number in named:
        yield Text("{number}（{n} 件）", "{number} ({n})").fill(number=number, n=rows.pop(uid))
    if rows:
        yield Text("别的订单（{n} 件）", "other orders ({n})").fill(n=sum(rows.values()))
