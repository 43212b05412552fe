"""What happens to the files of carriers. Names and phones stay in their rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("carrier.added", Text("新增承运单位", "Carrier added"))
class CarrierAdded(Event):
    carrier: UUID


@event("carrier.changed", Text("承运单位资料变更", "Carrier's file changed"))
class CarrierChanged(Event):
    carrier: UUID
    changed: tuple[str, ...]


@event("carrier.vehicle_added", Text("新增车辆", "Vehicle added"))
class VehicleAdded(Event):
    carrier: UUID
    vehicle: UUID
    load_kg: int
    space_dm3: int


@event("carrier.vehicle_changed", Text("车辆资料变更", "Vehicle changed"))
class VehicleChanged(Event):
    carrier: UUID
    vehicle: UUID
    load_kg: int
    space_dm3: int
    active: bool


@event("carrier.driver_added", Text("新增司机", "Driver added"))
class DriverAdded(Event):
    """`person`: who signs in as this driver, where somebody does."""

    carrier: UUID
    driver: UUID
    person: UUID | None


@event("carrier.driver_changed", Text("司机资料变更", "Driver changed"))
class DriverChanged(Event):
    carrier: UUID
    driver: UUID
    person: UUID | None
    active: bool


@event("carrier.rate_set", Text("定运价", "Rate set"))
class RateSet(Event):
    """Yuan a unit. `ends`: the rate that ends the day before, where there was one."""

    carrier: UUID
    rate: UUID
    destination: str
    unit: str
    yuan: Decimal
    minimum_fen: int
    since: date
    until: date | None
    ends: UUID | None = None


@event("carrier.rate_ended", Text("运价到期", "Rate ended"))
class RateEnded(Event):
    carrier: UUID
    rate: UUID
    until: date
