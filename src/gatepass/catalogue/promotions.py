"""Promotion policies of a period: giveaways of the same product and discounts, in tiers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.catalogue.events import PromotionAdded, PromotionEnded
from gatepass.catalogue.models import Product, Promotion, PromotionKind
from gatepass.catalogue.routes import bind_promotion
from gatepass.catalogue.rows import backwards, wrong_promotion
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, refusal
from gatepass.words import Text

name_fields(
    promotion=("促销政策", "promotion"), from_cartons=("满几件起", "from how many cartons"), buy=("买几件", "buy"), get=("赠几件", "get"),
    percent=("折扣（%）", "discount (%)"),
)  # fmt: skip
NOTHING = Decimal(0)
PolicyKind = Annotated[PromotionKind, Called(Text("搭赠或折扣", "giveaway or discount"))]


@command(may=Power.KEEP_PRODUCTS, title=Text("新促销政策", "Add a promotion"))
def add_promotion(
    case: Case,
    *,
    name: str,
    kind: PolicyKind,
    since: date,
    until: date | None = None,
    product: Annotated[UUID | None, Of("product")] = None,
    family: str = "",
    grade: str = "",
    region: str = "",
    from_cartons: int = 0,
    buy: int = 0,
    get: int = 0,
    percent: Decimal = NOTHING,
) -> Ref:
    """For every `buy` cartons `get` of the same product free, or `percent` off, from `from_cartons` on. One row a tier."""
    sold = _product(product)
    made = Promotion(
        uid=case.new_id(), name=name, kind=kind.value, product=sold, family=family, grade=grade, region=region, since=since,
        until=until, from_cartons=from_cartons, buy=buy, get=get, percent=percent,
    )  # fmt: skip
    case.decide(promotion_added(made), reasons=wrong_promotion(made))
    made.save()
    bind_promotion(case, made)
    return Ref("promotion", made.uid, name)


@command(may=Power.KEEP_PRODUCTS, title=Text("促销政策到期", "End a promotion"))
def end_promotion(case: Case, *, promotion: Annotated[UUID, Of("promotion")], until: date) -> Ref:
    """The last day of this policy. What was allocated under it stays."""
    row = Promotion.objects.select_for_update(no_key=True).filter(uid=promotion).first()
    if row is None:
        raise NotFound("promotion")
    ended = refusal("这项政策到那时已经到期", "This policy ends by then already", field="until")
    case.decide(
        PromotionEnded(promotion=promotion, until=until),
        reasons=[ended if row.until is not None and row.until <= until else None, backwards(row.since, until)],
    )
    row.until = until
    row.save(update_fields=["until"])
    return Ref("promotion", promotion, row.name)


def promotion_added(made: Promotion) -> PromotionAdded:
    return PromotionAdded(
        promotion=made.uid, kind=made.kind, product=made.product.uid if made.product else None, family=made.family,
        grade=made.grade, region=made.region, since=made.since, until=made.until, from_cartons=made.from_cartons, buy=made.buy,
        get=made.get, percent=made.percent,
    )  # fmt: skip


def _product(uid: UUID | None) -> Product | None:
    row = Product.objects.filter(uid=uid).first() if uid else None
    if uid is not None and row is None:
        raise NotFound("product")
    return row
