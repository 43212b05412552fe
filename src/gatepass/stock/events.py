"""What happens to stock."""

from __future__ import annotations

from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("stock.received", Text("入库", "Received into stock"))
class StockReceived(Event):
    batch: UUID
    product: UUID
    cartons: int
    quality: str


@event("stock.quality", Text("质量判定", "Quality decided"))
class QualityDecided(Event):
    batch: UUID
    product: UUID
    quality: str
    reason: str


@event("stock.adjusted", Text("盘点调整", "Stock adjusted"))
class StockAdjusted(Event):
    batch: UUID
    product: UUID
    cartons: int
    reason: str
