"""Pure decisions of the catalogue: giveaways and discounts under the promotions of a day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gatepass.catalogue.models import Product, Promotion
from gatepass.words import Text


def _of(promotions: Sequence[Promotion], kind: str, product: Product, cartons: int) -> list[Promotion]:
    """Promotions of a kind that reach this line, the most specific and highest tier first."""
    found = [
        p
        for p in promotions
        if p.kind == kind
        and (p.product_id in (None, product.id))
        and p.family in ("", product.family)
        and cartons >= p.from_cartons
    ]
    return sorted(found, key=lambda p: (p.product_id is not None, bool(p.family), p.from_cartons, p.id), reverse=True)


def gifts(promotions: Sequence[Promotion], product: Product, cartons: int) -> tuple[int, Text]:
    """Giveaway cartons of the same product for a line, and by which policy."""
    for policy in _of(promotions, "giveaway", product, cartons):
        given = cartons // policy.buy * policy.get
        why = Text("{name}：每 {buy} 搭 {get}", "{name}: {get} for every {buy}").fill(name=policy.name, buy=policy.buy, get=policy.get)
        return given, why if given else Text("", "")
    return 0, Text("", "")


def discount(promotions: Sequence[Promotion], product: Product, cartons: int) -> tuple[Decimal, Text]:
    """The percentage off a line, and by which policy."""
    for policy in _of(promotions, "discount", product, cartons):
        return policy.percent, Text("{name}：减 {percent}%", "{name}: {percent}% off").fill(name=policy.name, percent=policy.percent.normalize())
    return Decimal(0), Text("", "")
