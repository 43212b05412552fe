"""Trips, outbound orders and waybills as a form offers them while somebody types. Scoped to the viewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from gatepass.roles import Sight
from gatepass.transport.models import Consignment
from gatepass.transport.rows import visible
from gatepass.transport.waybill_pages import scoped

MOST = 12
Rows = list[dict[str, Any]]


def trips(sight: Sight, needle: str) -> Rows:
    found = visible(sight).filter(_asked(needle, "number", "vehicle__plate")).order_by("-day", "-id")[:MOST]
    return [{"value": str(one.uid), "label": f"{one.number} {one.vehicle.plate}", "hint": str(one.day)} for one in found]


def consignments(sight: Sight, needle: str) -> Rows:
    rows = Consignment.objects.filter(trip__in=visible(sight)).select_related("trip__vehicle", "notice__order__customer")
    found = rows.filter(_asked(needle, "number", "trip__vehicle__plate", "notice__number")).order_by("-id")[:MOST]
    return [
        {"value": str(one.uid), "label": f"{one.number} {one.notice.order.customer.short_name}", "hint": one.trip.vehicle.plate}
        for one in found
    ]


def waybills(sight: Sight, needle: str) -> Rows:
    found = scoped(sight).filter(_asked(needle, "number", "consignment__trip__vehicle__plate")).order_by("-id")[:MOST]
    return [{"value": str(one.uid), "label": one.number, "hint": one.consignment.trip.vehicle.plate} for one in found]


def _asked(needle: str, *fields: str) -> Q:
    """By id, as a form asks what a chosen one is called, or by what was typed."""
    try:
        return Q(uid=UUID(needle))
    except ValueError:
        asked = Q()
        for name in fields:
            asked |= Q(**{f"{name}__icontains": needle})
        return asked
