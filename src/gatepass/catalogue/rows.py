"""The rows of the catalogue as commands lock them, and what several commands refuse in the same words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.catalogue.models import PriceList, Product, Promotion, PromotionKind
from gatepass.people.rows import empty, too_long
from gatepass.pinyin import spelling
from gatepass.rules.reasons import NotFound, Reason, refusal

MOST_G: Final = 1_000_000
MOST_CM3: Final = 10_000_000


def locked_product(uid: UUID) -> Product:
    row = Product.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if row is None:
        raise NotFound("product")
    return row


def locked_list(uid: UUID) -> PriceList:
    row = PriceList.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if row is None:
        raise NotFound("price_list")
    return row


def respell(product: Product) -> None:
    found = spelling(product.name, product.spec)
    product.pinyin, product.initials, product.grams = found.pinyin, found.initials, list(found.grams)


def wrong_product(row: Product) -> list[Reason | None]:
    """Everything that is wrong with a product, apart from what other products hold (C18: weight and volume of a carton)."""
    return [
        *empty(code=row.code, name=row.name, spec=row.spec),
        *too_long(
            code=(row.code, 20), name=(row.name, 80), spec=(row.spec, 40), family=(row.family, 40), location=(row.location, 20)
        ),
        None if 0 < row.pieces <= 100_000 else refusal("每件数量要大于 0", "Pieces a carton: more than 0", field="pieces"),
        None if 0 < row.weight_g <= MOST_G else refusal("每件重量要在 1 克到 1 吨之间", "Weight: 1 g to 1 t", field="weight_g"),
        None if 0 < row.volume_cm3 <= MOST_CM3
        else refusal("每件体积要在 1 立方厘米到 10 立方米之间", "Volume: 1 cm³ to 10 m³", field="volume_cm3"),
        None if 0 < row.shelf_life_days <= 36_500
        else refusal("保质期要大于 0 天", "Shelf life: more than 0 days", field="shelf_life_days"),
    ]  # fmt: skip


def wrong_price(yuan: Decimal, field: str = "yuan") -> Reason | None:
    if yuan.is_finite() and 0 < yuan < 1_000_000 and yuan == round(yuan, 6):
        return None
    return refusal("价格要大于 0、不到 100 万，最多六位小数", "A price: above 0, below a million, at most six decimals", field=field)


def wrong_promotion(row: Promotion) -> list[Reason | None]:
    """Giveaways give cartons, discounts percent; tiers rise from 0 cartons."""
    giveaway = row.kind == PromotionKind.GIVEAWAY.value
    fair = row.percent.is_finite() and 0 < row.percent < 100 and row.percent == round(row.percent, 3)
    given = not 0 < row.get <= max(row.buy, row.from_cartons)
    narrow = refusal("产品和品类只填一项", "Either a product or a family", field="family")
    return [
        *empty(name=row.name),
        *too_long(name=(row.name, 80), family=(row.family, 40), grade=(row.grade, 20), region=(row.region, 40)),
        backwards(row.since, row.until),
        narrow if row.product is not None and row.family else None,
        refusal("搭赠要填买几件", "A giveaway: for how many cartons", field="buy") if giveaway and not 0 < row.buy < 100_000 else None,
        refusal("搭赠要填赠几件，不多于要买的", "A giveaway: how many free, not more than are bought", field="get") if giveaway and given else None,
        refusal("折扣要大于 0、小于 100%", "A discount: above 0, below 100%", field="percent") if not giveaway and not fair else None,
        refusal("起始件数不能小于 0", "From how many cartons: not below 0", field="from_cartons")
        if not 0 <= row.from_cartons < 1_000_000 else None,
        refusal("一项政策只能是搭赠或折扣", "Either a giveaway or a discount", field="kind")
        if (giveaway and row.percent) or (not giveaway and (row.buy or row.get)) else None,
    ]  # fmt: skip


def backwards(since: date, until: date | None) -> Reason | None:
    late = refusal("截止日期在起始日期之前", "It ends before it begins", field="until")
    return late if until is not None and until < since else None
