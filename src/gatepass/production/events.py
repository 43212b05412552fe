"""What passes between sales and production."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("demand.handed_over", Text("需货计划交生产", "Demand handed to production"))
class DemandHandedOver(Event):
    """Lines as (product, cartons, of these from stock). `remarks` are checked by C24 before they are kept; only their texts' hash is journalled."""

    order: UUID
    customer: UUID
    expected_on: date | None
    lines: tuple[tuple[UUID, int, int], ...]
    remarks_digest: str


@event("ready.reported", Text("生产报备齐", "Production reports ready"))
class ReadyReported(Event):
    demand: UUID
    order: UUID
    product: UUID
    batch: UUID
    cartons: int
    quality: str


@event("short.reported", Text("生产报缺", "Production reports a shortage"))
class ShortReported(Event):
    demand: UUID
    order: UUID
    customer: UUID | None
    product: UUID
    cartons: int
    kind: str


@event("short.taken_up", Text("缺货已与客户沟通", "Shortage taken up with the customer"))
class ShortTakenUp(Event):
    demand: UUID
    order: UUID
    customer: UUID | None


@event("plan.handed_over", Text("备货计划交生产", "Stock-up plan handed to production"))
class StockupPlanHandedOver(Event):
    plan: UUID
    day: date
    version: int
    cartons: int


@event("shipping_day.planned", Text("排定发货日", "Shipping day planned"))
class ShippingDayPlanned(Event):
    """A day now has goods to ship: its stock-up plan is owed (C12). `plan` is that day's stable reference."""

    plan: UUID
    day: date
