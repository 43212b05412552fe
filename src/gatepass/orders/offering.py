"""What the picker of products offers while an order is typed: what the customer took last, his price today, what is free in stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.catalogue import queries as catalogue
from gatepass.catalogue.models import Product
from gatepass.customers import queries as customers
from gatepass.orders.locking import seen_by
from gatepass.orders.models import OrderLine
from gatepass.roles import Power, Sight
from gatepass.stock.queries import sees_stock
from gatepass.stock.reserving import available
from gatepass.words import Text

BETWEEN: Final = Text(" · ", " · ")


@dataclass(frozen=True, slots=True)
class Offer:
    """A product of the picker. `last`: cartons of the customer's latest order with it, 0 for never, None without a customer.

    `yuan` a carton today: None where there is none, or `priced` is False: no customer, or prices are not for who asks.
    `free`: cartons that nobody set aside, None for who may not see stock.
    """

    uid: UUID
    name: str
    spec: str
    last: int | None
    priced: bool
    yuan: Decimal | None
    free: int | None

    @property
    def hint(self) -> Text:
        said: list[Text] = []
        if self.last is not None:
            last = Text("上次 {n} 件", "last {n} ctn").fill(n=self.last)
            said.append(last if self.last else Text("没订过", "never ordered"))
        if self.priced:
            price = Text("{yuan}", "{yuan}").fill(yuan=f"{self.yuan:,.2f}") if self.yuan is not None else Text("今天没有价格", "no price today")
            said.append(price)
        if self.free is not None:
            said.append(Text("现存 {n}", "{n} free").fill(n=self.free) if self.free > 0 else Text("无货", "none free"))
        return Text(BETWEEN.zh.join(one.zh for one in said), BETWEEN.en.join(one.en for one in said))


def offers(sight: Sight, customer: UUID | None, needle: str, day: date) -> list[Offer]:
    """A dozen products for what is typed; what the customer has ordered before stands first. At most six statements."""
    found = catalogue.pick(sight, needle)
    keys = dict(Product.objects.filter(uid__in=[row.uid for row in found]).values_list("uid", "id"))
    who = customers.scoped(sight).filter(uid=customer).first() if customer else None
    priced = who is not None and sight.may(Power.SEE_MONEY)
    prices = catalogue.price_for(who.grade, who.region, day, keys.values()) if who and priced else {}
    free = available(keys.values(), day) if keys and sees_stock(sight) else None
    last = _last(sight, who.uid, list(keys.values())) if who else None
    made = [
        Offer(
            row.uid, row.name, row.spec, None if last is None else last.get(keys[row.uid], 0), priced,
            prices.get(keys[row.uid]), None if free is None else free.get(keys[row.uid], 0),
        )
        for row in found
    ]  # fmt: skip
    return sorted(made, key=lambda one: not one.last)


def _last(sight: Sight, customer: UUID, products: list[int]) -> dict[int, int]:
    """Cartons that a customer ordered last, by product."""
    own = seen_by(sight).filter(customer__uid=customer, cancelled_at=None)
    rows = OrderLine.objects.filter(order__in=own, product__in=products, cartons__gt=0)
    latest = rows.order_by("product_id", "-order__taken_at", "-order_id").distinct("product_id")
    return dict(latest.values_list("product_id", "cartons"))
