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


@event("stock.returned", Text("退供应商出库", "Returned to a supplier"))
class ReturnedToSupplier(Event):
    supplier_return: UUID
    batch: UUID
    product: UUID
    cartons: int


@event("stock.return_cancelled", Text("退供应商取消", "Return to a supplier cancelled"))
class SupplierReturnCancelled(Event):
    supplier_return: UUID
    batch: UUID
    product: UUID
    cartons: int
    reason: str


@event("stock.adjusted", Text("盘点调整", "Stock adjusted"))
class StockAdjusted(Event):
    batch: UUID
    product: UUID
    cartons: int
    reason: str
