"""What happens to products, prices and promotions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Priced:
    """One price of a list: yuan a carton."""

    product: UUID
    yuan: Decimal


@event("product.added", Text("新增产品", "Product added"))
class ProductAdded(Event):
    product: UUID
    pieces: int
    weight_g: int
    volume_cm3: int
    shelf_life_days: int


@event("product.changed", Text("产品资料变更", "Product changed"))
class ProductChanged(Event):
    product: UUID
    changed: tuple[str, ...]
    pieces: int
    weight_g: int
    volume_cm3: int
    shelf_life_days: int


@event("product.retired", Text("产品停售", "Product retired"))
class ProductRetired(Event):
    product: UUID


@event("prices.list_added", Text("新价目表", "Price list added"))
class PriceListAdded(Event):
    price_list: UUID
    grade: str
    region: str
    since: date
    until: date | None
    prices: tuple[Priced, ...]


@event("prices.list_ended", Text("价目表到期", "Price list ended"))
class PriceListEnded(Event):
    price_list: UUID
    until: date


@event("prices.price_set", Text("定价", "Price set"))
class PriceSet(Event):
    """`was`: the price on this list before; None where there was none."""

    price_list: UUID
    product: UUID
    yuan: Decimal
    was: Decimal | None


@event("promotion.added", Text("新促销政策", "Promotion added"))
class PromotionAdded(Event):
    promotion: UUID
    kind: str
    product: UUID | None
    family: str
    grade: str
    region: str
    since: date
    until: date | None
    from_cartons: int
    buy: int
    get: int
    percent: Decimal


@event("promotion.ended", Text("促销政策到期", "Promotion ended"))
class PromotionEnded(Event):
    promotion: UUID
    until: date
