"""The vehicle of a notice and what its freight comes to, as its papers print them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gatepass.carriers.models import Carrier
from gatepass.papers.shapes import Haul, Vehicle
from gatepass.transport.freight import unit_of
from gatepass.transport.models import Consignment


def carriage_of(notice: UUID) -> tuple[Vehicle | None, Haul | None]:
    """The vehicle of the latest trip that the notice is on, none while it is on none; its freight where it goes on that trip alone."""
    rows = Consignment.objects.filter(notice__uid=notice, voided_at=None).select_related("trip__vehicle", "trip__driver", "waybill")
    found = list(rows.order_by("-id")[:2])
    return (_vehicle(found[0]), _haul(found)) if found else (None, None)


def _vehicle(found: Consignment) -> Vehicle:
    trip = found.trip
    carrier = Carrier.objects.filter(uid=trip.carrier).values_list("name", flat=True).first()
    return Vehicle(plate=trip.vehicle.plate, carrier=carrier or "", driver=trip.driver.name)


def _haul(found: Sequence[Consignment]) -> Haul | None:
    """By its waybill: the rate and quantity it is priced by, and the total that the waybill says."""
    if len(found) > 1:
        return None
    waybill = found[0].waybill
    unit = unit_of(waybill.unit)
    quantity = f"{waybill.quantity.normalize():f}" if waybill.quantity is not None else ""
    return Haul(rate=waybill.yuan, unit=unit.text if unit else None, quantity=quantity, total=waybill.freight_fen)
