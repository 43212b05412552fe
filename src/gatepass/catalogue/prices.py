"""Price lists by customer grade and region, with dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.catalogue.events import Priced, PriceListAdded, PriceListEnded, PriceSet
from gatepass.catalogue.models import Price, PriceList, Product
from gatepass.catalogue.routes import bind_prices
from gatepass.catalogue.rows import backwards, locked_list, locked_product, wrong_price
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.rows import empty, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

name_fields(price_list=("价目表", "price list"), prices=("价格", "prices"))
THERE = refusal("这一天起已有同名价目表", "There is already a list of this name from this day on", field="name")
once("one_price_list_of_a_name_and_day", THERE)
Yuan = Annotated[Decimal, Called(Text("每件单价（元）", "yuan a carton"))]


@dataclass(frozen=True)
class PriceLine:
    """One price of a new list."""

    product: Annotated[UUID, Of("product")]
    yuan: Yuan


@command(may=Power.KEEP_PRODUCTS, title=Text("新价目表", "Add a price list"))
def add_price_list(
    case: Case,
    *,
    name: str,
    since: date,
    prices: list[PriceLine],
    grade: str = "",
    region: str = "",
    until: date | None = None,
) -> Ref:
    """Prices a carton for a customer grade and region (blank: all), from a day through a day. The most specific list counts,
    and among equals the one that began last; so a new list takes over without the old one being touched."""
    made = PriceList(uid=case.new_id(), name=name, grade=grade, region=region, since=since, until=until)
    known = dict(Product.objects.filter(uid__in=[line.product for line in prices]).values_list("uid", "id"))
    lines = tuple(Priced(line.product, line.yuan) for line in prices)
    case.decide(
        PriceListAdded(price_list=made.uid, grade=grade, region=region, since=since, until=until, prices=lines),
        reasons=[
            *wrong_list(made),
            refusal("价目表至少要有一个价格", "A price list has at least one price", field="prices") if not prices else None,
            THERE if PriceList.objects.filter(name=name, since=since).exists() else None,
            *wrong_lines([line.product in known for line in prices], lines),
        ],
    )
    made.save()
    Price.objects.bulk_create(Price(list=made, product_id=known[line.product], yuan=line.yuan) for line in lines)
    bind_prices(case, made)
    return Ref("price_list", made.uid, name)


@command(may=Power.KEEP_PRODUCTS, title=Text("定价", "Set a price"), about="product")
def set_price(
    case: Case, *, price_list: Annotated[UUID, Of("price_list")], product: Annotated[UUID, Of("product")], yuan: Yuan
) -> Ref:
    """One price of a list, for orders that are allocated from now on: documents that were sent keep theirs (D2)."""
    listed, sold = locked_list(price_list), locked_product(product)
    row = Price.objects.filter(list=listed, product=sold).first()
    same = refusal("价格没有变", "The price is the same as before", field="yuan")
    case.decide(
        PriceSet(price_list=price_list, product=product, yuan=yuan, was=row.yuan if row else None),
        reasons=[wrong_price(yuan), same if row and row.yuan == yuan else None],
    )
    if row is None:
        Price.objects.create(list=listed, product=sold, yuan=yuan)
    else:
        row.yuan = yuan
        row.save(update_fields=["yuan"])
    bind_prices(case, listed)
    return Ref("price_list", price_list, listed.name)


@command(may=Power.KEEP_PRODUCTS, title=Text("价目表到期", "End a price list"))
def end_price_list(case: Case, *, price_list: Annotated[UUID, Of("price_list")], until: date) -> Ref:
    """The last day of this list."""
    row = locked_list(price_list)
    ended = refusal("这张表到那时已经到期", "This list ends by then already", field="until")
    case.decide(
        PriceListEnded(price_list=price_list, until=until),
        reasons=[ended if row.until is not None and row.until <= until else None, backwards(row.since, until)],
    )
    row.until = until
    row.save(update_fields=["until"])
    return Ref("price_list", price_list, row.name)


def wrong_list(row: PriceList) -> list[Reason | None]:
    return [
        *empty(name=row.name),
        *too_long(name=(row.name, 80), grade=(row.grade, 20), region=(row.region, 40)),
        backwards(row.since, row.until),
    ]


def wrong_lines(known: Sequence[bool], lines: Sequence[Priced]) -> list[Reason | None]:
    """Unknown products, products twice and wrong prices, each with its line (counted from 1)."""
    times = Counter(line.product for line in lines)
    found: list[Reason | None] = []
    for number, line in enumerate(lines):
        problem = wrong_price(line.yuan)
        words = [
            Text("没有这个产品", "there is no such product") if not known[number] else None,
            Text("产品重复", "the product stands here twice") if times[line.product] > 1 else None,
            problem.what if problem else None,
        ]
        said = Text("第 {row} 行：{what}", "line {row}: {what}")
        found += [Reason(what=said.fill(row=number + 1, what=what), field=f"prices.{number}") for what in words if what]
    return found
