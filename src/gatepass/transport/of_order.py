"""The notices of an order and what of them is on vehicles, read once for everything that its page says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from gatepass.dispatch.models import Notice
from gatepass.journal.reading import joined
from gatepass.journal.rows import rows
from gatepass.orders.models import Order
from gatepass.transport import sql
from gatepass.transport.models import Consignment, Trip, Waybill


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """In the order in which they came about, void ones too. signed: the ids of consignments that their carrier has signed for."""

    notices: tuple[Notice, ...]
    consignments: tuple[Consignment, ...]
    signed: frozenset[int]

    @property
    def standing(self) -> tuple[Notice, ...]:
        return tuple(one for one in self.notices if one.voided_at is None)


def on_the_way(order: Order) -> OnTheWay:
    """Of an order that the caller has scoped. Two statements; each consignment has its trip and its waybill at hand."""
    notices, loads, signed = tuple(rows(Notice, order_id=order.pk)), [], set()
    for notice in notices:
        notice.order = order
    known = {notice.pk: notice for notice in notices}
    found = joined((Consignment, Trip, Waybill), sql.OF_ORDER, {"order": order.uid}) if notices else []
    for load, trip, waybill, has_signed in cast(list[tuple[Consignment, Trip, Waybill, bool]], found):
        load.trip, load.notice, waybill.consignment = trip, known[load.notice_id], load
        loads.append(load)
        if has_signed:
            signed.add(load.pk)
    return OnTheWay(notices, tuple(loads), frozenset(signed))
