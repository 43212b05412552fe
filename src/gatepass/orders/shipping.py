"""How much of an order has left: shared steps of the commands at the gate, under the order's lock."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Sum

from gatepass.journal.door import Case
from gatepass.orders.models import Order, OrderLine
from gatepass.receivables.posting import end_due
from gatepass.stock.reserving import release_all

Lines = Sequence[tuple[int, int, int]]
"""Order line id, cartons, giveaway cartons."""


def completes(order: Order, lines: Lines) -> bool:
    """Whether these cartons are the last ones that the order still waits for."""
    sums = OrderLine.objects.filter(order=order).aggregate(
        wanted=Sum(F("cartons") + F("gift")), gone=Sum(F("shipped") + F("shipped_gift"))
    )
    return int(sums["wanted"] or 0) - int(sums["gone"] or 0) <= sum(cartons + gift for _, cartons, gift in lines)


def record_shipped(case: Case, order: Order, lines: Lines) -> None:
    """Add what left to the order's lines; the last consignment closes the order."""
    done = completes(order, lines)
    for line, cartons, gift in lines:
        OrderLine.objects.filter(id=line).update(shipped=F("shipped") + cartons, shipped_gift=F("shipped_gift") + gift)
    if done:
        Order.objects.filter(id=order.id).update(shipped_at=case.at)
        release_all(order.uid)


def close_short(case: Case, order: Order) -> None:
    """The rest of an order will not be shipped: it ends with what has left."""
    Order.objects.filter(id=order.id).update(shipped_at=case.at)
    release_all(order.uid)
    end_due(case, order.uid)


def take_back(case: Case, order: Order, lines: Lines) -> None:
    """What left came back: the order waits for these cartons again."""
    for line, cartons, gift in lines:
        OrderLine.objects.filter(id=line).update(shipped=F("shipped") - cartons, shipped_gift=F("shipped_gift") - gift)
    Order.objects.filter(id=order.id).update(shipped_at=None)
