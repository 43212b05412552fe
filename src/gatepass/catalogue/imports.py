"""Products, prices and promotions from a list: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.catalogue.events import Priced, PriceListAdded
from gatepass.catalogue.models import Price, PriceList, Product, Promotion
from gatepass.catalogue.prices import THERE, Yuan, wrong_list
from gatepass.catalogue.products import CODE, product_added
from gatepass.catalogue.promotions import NOTHING, PolicyKind, promotion_added
from gatepass.catalogue.queries import by_code
from gatepass.catalogue.routes import bind_prices, bind_promotion
from gatepass.catalogue.rows import respell, wrong_price, wrong_product, wrong_promotion
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.words import Text

TWICE = refusal("这个编码在表里不止一次", "This code stands in the list more than once", field="code")
NO_PRODUCT = refusal("没有这个产品编码", "There is no product of this code", field="product_code")
ProductCode = Annotated[str, Called(Text("产品编码", "product code"))]


@dataclass(frozen=True)
class ProductLine:
    code: str
    name: str
    spec: str
    pieces: int
    weight_g: int
    volume_cm3: int
    shelf_life_days: int
    family: str = ""
    location: str = ""


@dataclass(frozen=True)
class ListedPrice:
    """A price; lines with the same list name and first day make one list."""

    list_name: Annotated[str, Called(Text("价目表名称", "price list"))]
    since: date
    product_code: ProductCode
    yuan: Yuan
    grade: str = ""
    region: str = ""
    until: date | None = None


@dataclass(frozen=True)
class PromotionLine:
    name: str
    kind: PolicyKind
    since: date
    until: date | None = None
    product_code: ProductCode = ""
    family: str = ""
    grade: str = ""
    region: str = ""
    from_cartons: int = 0
    buy: int = 0
    get: int = 0
    percent: Decimal = NOTHING


@command(may=Power.KEEP_PRODUCTS, title=Text("导入产品", "Import products"))
def import_products(case: Case, *, rows: list[ProductLine]) -> Ref:
    """New products. Nothing is written where one line is wrong."""
    found = wrong_products(dict(enumerate(rows)))
    made = [] if found else [_product(line, case.new_id()) for line in rows]
    case.decide(*map(product_added, made), reasons=in_lines(found))
    Product.objects.bulk_create(made)
    return Ref("import_", case.entry, str(len(rows)))


@command(may=Power.KEEP_PRODUCTS, title=Text("导入价格", "Import prices"))
def import_prices(case: Case, *, rows: list[ListedPrice]) -> Ref:
    """New price lists, each with its prices."""
    found = wrong_prices(dict(enumerate(rows)))
    products = by_code(line.product_code for line in rows)
    lists: dict[tuple[str, date], tuple[PriceList, list[tuple[int, Priced]]]] = {}
    for line in [] if found else rows:
        blank = PriceList(uid=case.new_id(), name=line.list_name, grade=line.grade, region=line.region, since=line.since, until=line.until)
        key, uid = products[line.product_code]
        lists.setdefault((line.list_name, line.since), (blank, []))[1].append((key, Priced(uid, line.yuan)))
    events = [
        PriceListAdded(
            price_list=made.uid, grade=made.grade, region=made.region, since=made.since, until=made.until,
            prices=tuple(priced for _, priced in prices),
        )
        for made, prices in lists.values()
    ]  # fmt: skip
    case.decide(*events, reasons=in_lines(found))
    PriceList.objects.bulk_create(made for made, _ in lists.values())
    Price.objects.bulk_create(Price(list=made, product_id=key, yuan=p.yuan) for made, prices in lists.values() for key, p in prices)
    for made, _ in lists.values():
        bind_prices(case, made)
    return Ref("import_", case.entry, str(len(rows)))


@command(may=Power.KEEP_PRODUCTS, title=Text("导入促销政策", "Import promotions"))
def import_promotions(case: Case, *, rows: list[PromotionLine]) -> Ref:
    found = wrong_promotions(dict(enumerate(rows)))
    products = {p.code: p for p in Product.objects.filter(code__in={line.product_code for line in rows})}
    made = [] if found else [_promotion(line, products, case.new_id()) for line in rows]
    case.decide(*map(promotion_added, made), reasons=in_lines(found))
    Promotion.objects.bulk_create(made)
    for row in made:
        bind_promotion(case, row)
    return Ref("import_", case.entry, str(len(rows)))


def wrong_products(lines: Mapping[int, ProductLine]) -> Found:
    known = set(Product.objects.filter(code__in=[line.code for line in lines.values()]).values_list("code", flat=True))
    found: Found = []
    for n, line in lines.items():
        found += of_line(n, [*wrong_product(_product(line)), CODE if line.code in known else None])
    found += repeated({n: line.code for n, line in lines.items()}, TWICE)
    return sorted(found, key=lambda one: one[0])


def wrong_prices(lines: Mapping[int, ListedPrice]) -> Found:
    """Unknown products, wrong prices, a product twice on a list, lists that are there or differ from line to line."""
    known = by_code(line.product_code for line in lines.values())
    names = {line.list_name for line in lines.values()}
    there = set(PriceList.objects.filter(name__in=names).values_list("name", "since"))
    first: dict[tuple[str, date], ListedPrice] = {}
    differs = refusal("同一张表的级别、片区、截止日期要一致", "Lines of one list have the same class, region and last day", field="grade")
    found: Found = []
    for n, line in lines.items():
        of = first.setdefault((line.list_name, line.since), line)
        row = PriceList(name=line.list_name, grade=line.grade, region=line.region, since=line.since, until=line.until)
        reasons = [
            *wrong_list(row),
            wrong_price(line.yuan),
            None if line.product_code in known else NO_PRODUCT,
            THERE if (line.list_name, line.since) in there else None,
            differs if (of.grade, of.region, of.until) != (line.grade, line.region, line.until) else None,
        ]
        found += of_line(n, reasons)
    twice = refusal("这个产品在同一张表里不止一次", "This product stands on the list more than once", field="product_code")
    found += repeated({n: (line.list_name, line.since, line.product_code) for n, line in lines.items()}, twice)
    return sorted(found, key=lambda one: one[0])


def wrong_promotions(lines: Mapping[int, PromotionLine]) -> Found:
    products = {p.code: p for p in Product.objects.filter(code__in={line.product_code for line in lines.values()})}
    found: Found = []
    for n, line in lines.items():
        unknown = bool(line.product_code) and line.product_code not in products
        found += of_line(n, [*wrong_promotion(_promotion(line, products)), NO_PRODUCT if unknown else None])
    return found


def _product(line: ProductLine, uid: UUID | None = None) -> Product:
    row = Product(
        code=line.code, name=line.name, spec=line.spec, pieces=line.pieces, weight_g=line.weight_g, volume_cm3=line.volume_cm3,
        shelf_life_days=line.shelf_life_days, family=line.family, location=line.location,
    )  # fmt: skip
    row.uid = uid or row.uid
    respell(row)
    return row


def _promotion(line: PromotionLine, products: Mapping[str, Product], uid: UUID | None = None) -> Promotion:
    row = Promotion(
        name=line.name, kind=line.kind.value, product=products.get(line.product_code), family=line.family,
        grade=line.grade, region=line.region, since=line.since, until=line.until, from_cartons=line.from_cartons, buy=line.buy,
        get=line.get, percent=line.percent,
    )  # fmt: skip
    row.uid = uid or row.uid
    return row
