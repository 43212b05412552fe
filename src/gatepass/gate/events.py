"""What happens at the gate."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("pass.issued", Text("开出门条", "Gate pass issued"))
class GatePassIssued(Event):
    gate_pass: UUID
    trip: UUID
    vehicle: UUID
    carrier: UUID
    notices: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    cartons: int
    sales_copy: bool
    finance_copy: bool = False
    customer_copy: bool = False


@event("pass.copies_collected", Text("财务联、客户联已收齐", "The other copies are in"))
class CopiesCollected(Event):
    gate_pass: UUID
    trip: UUID


@event("pass.issued_for_others", Text("开样品、退货、物料出门条", "Gate pass issued for samples, returns, materials"))
class OtherPassIssued(Event):
    """source: the sample, the return to a supplier or the materials that it lets out."""

    gate_pass: UUID
    kind: str
    source: UUID
    cartons: int


@event("pass.voided", Text("出门条作废", "Gate pass voided"))
class GatePassVoided(Event):
    gate_pass: UUID
    trip: UUID | None
    reason: str


@event("vehicle.released", Text("门卫放行", "Vehicle released"))
class VehicleReleased(Event):
    """What the guard (`person`) saw; what the pass or the authority says is looked up."""

    trip: UUID | None
    gate_pass: UUID | None
    authority: UUID | None
    plate: str
    cartons: int
    notices: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    person: UUID
    copies_collected: bool = False


@event("vehicle.stopped", Text("门卫拦下", "Vehicle stopped at the gate"))
class VehicleStopped(Event):
    gate_pass: UUID | None
    plate: str
    why: str


@event("vehicle.came_back", Text("车辆返回", "Vehicle came back"))
class VehicleCameBack(Event):
    """One event for each consignment on the vehicle, so that what its leaving opened ends."""

    trip: UUID
    consignment: UUID
    notice: UUID
    order: UUID
    waybill: UUID
    reason: str


@event("authority.given", Text("下班委托门卫", "Authority given to the guard"))
class AuthorityGiven(Event):
    authority: UUID
    notices: tuple[UUID, ...]
    since: datetime
    until: datetime
    person: UUID


@event("authority.withdrawn", Text("收回委托", "Authority withdrawn"))
class AuthorityWithdrawn(Event):
    authority: UUID


@event("authority.used", Text("凭委托放行", "Released on authority"))
class AuthorityUsed(Event):
    """A departure without a gate pass: whatever must hold before a pass must hold here too."""

    authority: UUID
    trip: UUID
    vehicle: UUID
    carrier: UUID
    notices: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    person: UUID
    responsible: UUID  # the guard whom the authority names: the copies are his to hand over


@event("copies.handed_over", Text("单据次日移交", "Copies handed over"))
class CopiesHandedOver(Event):
    authority: UUID
    person: UUID
