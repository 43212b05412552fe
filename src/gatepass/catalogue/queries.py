"""What is read of products, prices and promotions. Prices only by who sees money; products by everybody inside."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from gatepass.catalogue import sql
from gatepass.catalogue.models import Price, PriceList, Product, Promotion, PromotionKind
from gatepass.catalogue.policies import Policy
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import all_of
from gatepass.pinyin import grams, is_latin, normal
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound

PAGE = 100


@dataclass(frozen=True, slots=True)
class ProductRow:
    uid: UUID
    code: str
    name: str
    spec: str
    family: str
    pieces: int
    weight_g: int
    volume_cm3: int
    shelf_life_days: int
    location: str
    active: bool

    @property
    def kg(self) -> str:
        return f"{self.weight_g / 1000:.2f}"

    @property
    def litres(self) -> str:
        return f"{self.volume_cm3 / 1000:.1f}"


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price of a product on one list; `list_uid` names the list."""

    product: UUID
    product_code: str
    product_name: str
    spec: str
    list_uid: UUID
    list_name: str
    grade: str
    region: str
    since: date
    until: date | None
    yuan: Decimal


@dataclass(frozen=True, slots=True)
class ListRow:
    uid: UUID
    name: str
    grade: str
    region: str
    since: date
    until: date | None
    products: int


@dataclass(frozen=True, slots=True)
class PromotionRow:
    uid: UUID
    name: str
    kind: PromotionKind
    product: UUID | None
    product_name: str
    family: str
    grade: str
    region: str
    since: date
    until: date | None
    from_cartons: int
    buy: int
    get: int
    percent: Decimal


def products(sight: Sight, q: str = "", *, family: str = "", retired: bool = False, after: str = "", most: int = PAGE) -> list[ProductRow]:
    """Products in order of their codes, from the one after this code on."""
    rows = _seen(sight) if retired else _seen(sight).filter(active=True)
    rows = rows.filter(family=family) if family else rows
    rows = rows.filter(_matching(q)) if q.strip() else rows
    return [_product(row) for row in rows.filter(code__gt=after).order_by("code")[:most]]


def families(sight: Sight) -> list[str]:
    return list(_seen(sight).exclude(family="").order_by("family").values_list("family", flat=True).distinct())


def one(sight: Sight, uid: UUID) -> ProductRow:
    row = _seen(sight).filter(uid=uid).first()
    if row is None:
        raise NotFound("product")
    return _product(row)


def pick(sight: Sight, q: str) -> list[ProductRow]:
    """The dozen that a picker offers: by name, pinyin, initials or code; retired ones never."""
    return products(sight, q, most=12)


def price_for(grade: str, region: str, day: date, products: Collection[int] | None = None) -> dict[int, Decimal]:
    """Yuan a carton by the product's internal key, for a customer of this grade and region on a day; of all products, or of these.

    For each product the most specific list that has it: grade and region, grade, region, general; among equals the one that
    began last.
    """
    with prepared() as cursor:
        cursor.execute(sql.PRICES, {"grade": grade, "region": region, "day": day, "products": None if products is None else list(products)})
        rows = cursor.fetchall()
    best: dict[int, tuple[tuple[int, date, int], Decimal]] = {}
    for product, yuan, for_grade, for_region, since, listed in rows:
        rank = (narrow(for_grade, for_region), since, listed)
        if product not in best or rank > best[product][0]:
            best[product] = (rank, yuan)
    return {product: yuan for product, (_, yuan) in best.items()}


def promotions_for(grade: str, region: str, day: date) -> list[Policy]:
    """The promotion policies in force that day for a customer of this grade and region, for policies.gifts and discount."""
    return [
        Policy(
            uid=row.uid, name=row.name, giveaway=row.kind == PromotionKind.GIVEAWAY.value, product=row.product_id,
            family=row.family, from_cartons=row.from_cartons, buy=row.buy, get=row.get, percent=row.percent,
            narrow=narrow(row.grade, row.region),
        )
        for row in all_of(Promotion, sql.PROMOTIONS, {"grade": grade, "region": region, "day": day})
    ]  # fmt: skip


def narrow(grade: str, region: str) -> int:
    """How closely a list or policy names a customer: 3 grade and region, 2 grade, 1 region, 0 everybody."""
    return 2 * bool(grade) + bool(region)


def price_lists(sight: Sight, day: date | None = None) -> list[ListRow]:
    """Price lists, newest first; those of a day only where one is given. Raises NotFound for who may not see prices."""
    _priced(sight)
    rows = PriceList.objects.filter(_in_reach(sight), _period(day) if day else Q())
    counts: dict[int, int] = {}
    for key in Price.objects.filter(list__in=rows).values_list("list_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return [
        ListRow(row.uid, row.name, row.grade, row.region, row.since, row.until, counts.get(row.pk, 0))
        for row in rows.order_by("-since", "name", "grade", "region")
    ]


def price_list(sight: Sight, uid: UUID) -> tuple[ListRow, list[PriceRow]]:
    _priced(sight)
    row = PriceList.objects.filter(_in_reach(sight), uid=uid).first()
    if row is None:
        raise NotFound("price_list")
    prices = [_price(p) for p in _prices().filter(list=row).order_by("product__code")]
    return ListRow(row.uid, row.name, row.grade, row.region, row.since, row.until, len(prices)), prices


def prices_of(sight: Sight, product: UUID, day: date) -> list[PriceRow]:
    """On which lists of a day or later a product stands, the most specific first; empty for who may not see prices."""
    if not sees_prices(sight):
        return []
    rows = _prices().filter(_in_reach(sight, "list__"), product__uid=product).filter(Q(list__until=None) | Q(list__until__gte=day))
    found = [_price(row) for row in rows]
    return sorted(found, key=lambda p: (-narrow(p.grade, p.region), -p.since.toordinal(), p.list_name))


def promotions(sight: Sight, day: date | None = None, product: UUID | None = None) -> list[PromotionRow]:
    """Promotions, newest first: of a day, of a product, or all."""
    _priced(sight)
    rows = Promotion.objects.filter(_in_reach(sight)).select_related("product")
    rows = rows.filter(_period(day)) if day else rows
    if product is not None:
        family = Product.objects.filter(uid=product).values_list("family", flat=True).first() or ""
        whole = Q(product=None) & (Q(family="") | Q(family=family))
        rows = rows.filter(Q(product__uid=product) | whole)
    return [_promotion(row) for row in rows.order_by("-since", "name", "from_cartons")]


def sees_prices(sight: Sight) -> bool:
    return sight.may(Power.SEE_MONEY) or sight.may(Power.KEEP_PRODUCTS)


def _in_reach(sight: Sight, before: str = "") -> Q:
    """What is for every region, or for one of the viewer's."""
    return Q() if sight.regions is None else Q(**{f"{before}region__in": ["", *sight.regions]})


def _priced(sight: Sight) -> None:
    if not sees_prices(sight):
        raise NotFound("prices")


def _seen(sight: Sight) -> QuerySet[Product]:
    inside = sight.carrier is None and any(sight.may(p) for p in (Power.SEE_STOCK, Power.SEE_MONEY, Power.KEEP_PRODUCTS, Power.PICK))
    return Product.objects.all() if inside else Product.objects.none()


def _matching(q: str) -> Q:
    needle = normal(q)
    found = Q(code__istartswith=q.strip()) | Q(pinyin__startswith=needle) | Q(initials__startswith=needle)
    if is_latin(q):
        return found | Q(initials__contains=needle) | Q(pinyin__contains=needle)
    return found | (Q(grams__contains=grams(q)) if len(needle) > 1 else Q(name__contains=needle))


def _period(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def _prices() -> QuerySet[Price]:
    return Price.objects.select_related("list", "product")


def _price(row: Price) -> PriceRow:
    of, sold = row.list, row.product
    return PriceRow(
        sold.uid, sold.code, sold.name, sold.spec, of.uid, of.name, of.grade, of.region, of.since, of.until, row.yuan
    )


def _product(row: Product) -> ProductRow:
    return ProductRow(
        row.uid, row.code, row.name, row.spec, row.family, row.pieces, row.weight_g, row.volume_cm3, row.shelf_life_days,
        row.location, row.active,
    )  # fmt: skip


def _promotion(row: Promotion) -> PromotionRow:
    kind = PromotionKind(row.kind)
    sold = row.product
    return PromotionRow(
        row.uid, row.name, kind, sold.uid if sold else None, sold.name if sold else "", row.family, row.grade, row.region,
        row.since, row.until, row.from_cartons, row.buy, row.get, row.percent,
    )  # fmt: skip


def by_code(codes: Iterable[str]) -> dict[str, tuple[int, UUID]]:
    """Internal key and uid of products by their codes, for imports."""
    rows = Product.objects.filter(code__in=set(codes)).values_list("code", "id", "uid")
    return {code: (key, uid) for code, key, uid in rows}
