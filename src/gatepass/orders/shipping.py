"""How much of an order has left: shared steps of the commands at the gate, under the order's lock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from gatepass.journal.door import Case
from gatepass.journal.reading import run
from gatepass.orders import sql
from gatepass.orders.models import Order, OrderLine

Lines = Sequence[tuple[int, int, int]]
"""Order line id, cartons, giveaway cartons."""


def record_shipped(case: Case, lines: Lines, completed: Sequence[UUID]) -> None:
    """Add what left to the orders' lines; orders of which the last cartons left are closed, and what was set aside for them is free."""
    gone = [{"id": line, "cartons": cartons, "gift": gift} for line, cartons, gift in lines]
    run(sql.SHIP, {"lines": json.dumps(gone), "completed": list(completed), "at": case.at})


def take_back(case: Case, order: Order, lines: Lines) -> None:
    """What left came back: the order waits for these cartons again."""
    for line, cartons, gift in lines:
        OrderLine.objects.filter(id=line).update(shipped=F("shipped") - cartons, shipped_gift=F("shipped_gift") - gift)
    Order.objects.filter(id=order.id).update(shipped_at=None)
