"""The vehicle of a notice, as its papers print it."""

from __future__ import annotations

from uuid import UUID

from gatepass.carriers.models import Carrier
from gatepass.papers.shapes import Vehicle
from gatepass.transport.models import Consignment


def vehicle_of(notice: UUID) -> Vehicle | None:
    """The vehicle of the latest trip that the notice is on; None while it is on none."""
    rows = Consignment.objects.filter(notice__uid=notice, voided_at=None).select_related("trip__vehicle", "trip__driver")
    found = rows.order_by("-id").first()
    if found is None:
        return None
    trip = found.trip
    carrier = Carrier.objects.filter(uid=trip.carrier).values_list("name", flat=True).first()
    return Vehicle(plate=trip.vehicle.plate, carrier=carrier or "", driver=trip.driver.name)
