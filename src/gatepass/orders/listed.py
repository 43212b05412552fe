"""Orders as lines of a list: which lines are one order, what customer, goods and address their cells name. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Generic, TypeVar
from uuid import UUID

from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.catalogue.queries import price_for
from gatepass.customers.models import Address, Customer
from gatepass.journal.declaration import Called
from gatepass.journal.lines import Found, of_line
from gatepass.money import times
from gatepass.orders.inputs import Channel, WantedLine
from gatepass.orders.taking import NO_ADDRESS, Priced, line_problem
from gatepass.roles import Sight
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

T = TypeVar("T", Customer, Product)
NO_MARK: Final = refusal("订单标记没有填", "The order mark is missing", field="reference")
NO_CUSTOMER: Final = refusal("没有这个客户", "There is no such customer", field="customer")
TWO_CUSTOMERS: Final = refusal("有几个客户叫这个名字，请填编码", "Several customers are called this: write the code", field="customer")
NO_PRODUCT: Final = Text("没有这个产品，或已停售", "no such product, or no longer sold")
TWO_PRODUCTS: Final = Text("有几个产品叫这个名字，请填编码", "several products are called this: write the code")
NO_PLACE: Final = refusal("客户没有这个称呼的发货地址", "The customer has no delivery address of this name", field="address")
DIFFERS: Final = Text("同一张订单的“{column}”要一致", "Lines of one order have the same {column}")
SAME: Final = {
    "customer": Text("客户", "customer"), "wanted_on": Text("希望发货日", "wanted on"), "address": Text("发货地址", "delivery address"),
    "channel": Text("来源", "channel"), "note": Text("订单备注", "note on the order"),
}  # fmt: skip


@dataclass(frozen=True)
class OrderedLine:
    """One line of the list. Lines with the same mark are one order, in the order in which they stand."""

    reference: Annotated[str, Called(Text("订单标记（同一张订单相同）", "order mark (the same for one order)"))]
    customer: Annotated[str, Called(Text("客户（编码或名称）", "customer (code or name)"))]
    product: Annotated[str, Called(Text("产品（编码或品名）", "product (code or name)"))]
    cartons: int
    wanted_on: date | None = None
    address: Annotated[str, Called(Text("发货地址（称呼，空为常用）", "delivery address (its name; blank: the preferred)"))] = ""
    channel: Channel | None = None
    remark: Annotated[str, Called(Text("货品备注", "remark on the goods"))] = ""
    note: Annotated[str, Called(Text("订单备注", "note on the order"))] = ""


@dataclass
class Draft:
    """One order of the list as far as it could be read. `first`: its first line. It is whole when nothing is wrong with it."""

    first: int
    reference: str
    who: Customer | None
    where: Address | None
    wanted_on: date | None
    channel: Channel
    note: str
    goods: Priced = field(default_factory=list)


class Named(Generic[T]):
    """Rows by code, else by name where only one is called so."""

    def __init__(self, rows: Iterable[T], names: Iterable[str]) -> None:
        self._codes: dict[str, T] = {}
        self._names: defaultdict[str, set[T]] = defaultdict(set)
        for row in rows:
            self._codes[row.code] = row
            for name in names:
                self._names[getattr(row, name)].add(row)

    def find(self, said: str) -> tuple[T | None, bool]:
        """The row, and whether several are called so."""
        if said in self._codes:
            return self._codes[said], False
        called = self._names.get(said, set())
        return (next(iter(called)), False) if len(called) == 1 else (None, len(called) > 1)


class Reader:
    """Reads the lines of a list for who asks, with everything that their cells name in hand: a handful of statements."""

    def __init__(self, sight: Sight, rows: Mapping[int, OrderedLine], day: date, *, lock: bool) -> None:
        self._rows, self._day = rows, day
        self._customers: Named[Customer] = Named(_customers(sight, rows.values(), lock=lock), ("name", "short_name"))
        said = {line.product for line in rows.values()}
        sold = Product.objects.filter(Q(code__in=said) | Q(name__in=said), active=True)
        self._products: Named[Product] = Named(sold, ("name",))
        self._prices: dict[tuple[str, str], dict[int, Decimal]] = {}
        self._places: defaultdict[int, list[Address]] = defaultdict(list)

    def drafts(self) -> tuple[list[Draft], Found]:
        """The orders of the list in its order, and everything that is wrong with them, line by line."""
        groups: dict[str, list[int]] = {}
        found: Found = []
        for n, line in self._rows.items():
            found += of_line(n, [None if line.reference else NO_MARK])
            groups.setdefault(line.reference or f"\0{n}", []).append(n)  # without a mark it is with no other line
        heads = {numbers[0]: self._customers.find(self._said(numbers)) for numbers in groups.values()}
        self._read_places({who.pk for who, _ in heads.values() if who is not None})
        drafts = []
        for reference, numbers in groups.items():
            draft = self._draft(reference, numbers, *heads[numbers[0]])
            drafts.append(draft[0])
            found += draft[1]
        return drafts, sorted(found, key=lambda one: one[0])

    def _said(self, numbers: list[int]) -> str:
        """The customer of an order: what the first of its lines says that says anything."""
        return next((self._rows[n].customer for n in numbers if self._rows[n].customer), "")

    def _read_places(self, customers: set[int]) -> None:
        for place in Address.objects.filter(customer_id__in=customers, until=None).order_by("-preferred", "id"):
            self._places[place.customer_id].append(place)

    def _draft(self, reference: str, numbers: list[int], who: Customer | None, several: bool) -> tuple[Draft, Found]:
        lines = [self._rows[n] for n in numbers]
        label = next((line.address for line in lines if line.address), "")
        places = self._places.get(who.pk, []) if who else []
        where = next((place for place in places if label in ("", place.label)), None)
        draft = Draft(
            first=numbers[0], reference=reference, who=who, where=where,
            wanted_on=next((line.wanted_on for line in lines if line.wanted_on), None),
            channel=next((line.channel for line in lines if line.channel), Channel.PHONE),
            note=next((line.note for line in lines if line.note), ""),
        )  # fmt: skip
        found = of_line(numbers[0], [None if who else TWO_CUSTOMERS if several else NO_CUSTOMER])
        if who is not None and where is None:
            at = next((n for n in numbers if self._rows[n].address), numbers[0])
            found += of_line(at, [NO_PLACE if places else NO_ADDRESS])
        for n, line in zip(numbers, lines, strict=True):
            found += of_line(n, _differing(draft, label, self._said(numbers), line))
        return draft, found + self._goods(draft, numbers)

    def _goods(self, draft: Draft, numbers: list[int]) -> Found:
        """Price the lines of an order into its draft; gives what is wrong with them."""
        found: Found = []
        seen: set[UUID] = set()
        prices = self._prices_for(draft.who) if draft.who else None
        for n in numbers:
            line = self._rows[n]
            product, several = self._products.find(line.product)
            wish = WantedLine(product=product.uid if product else UUID(int=0), cartons=line.cartons, remark=line.remark)
            said = TWO_PRODUCTS if several else NO_PRODUCT
            problem = said if product is None else line_problem(wish, product, _any_price(prices, product), seen)
            if problem is not None or product is None:
                name = "cartons" if product is not None and not 0 < line.cartons <= 100_000 else "product"
                found.append((n, Reason(what=problem or NO_PRODUCT, field=name)))
                continue
            seen.add(product.uid)
            if prices is not None:
                draft.goods.append((wish, product, prices[product.pk], times(prices[product.pk], line.cartons)))
        return found

    def _prices_for(self, who: Customer) -> dict[int, Decimal]:
        key = (who.grade, who.region)
        if key not in self._prices:
            self._prices[key] = price_for(*key, self._day)
        return self._prices[key]


def _customers(sight: Sight, lines: Iterable[OrderedLine], *, lock: bool) -> Iterable[Customer]:
    """Those whom the list names and who asks may see, in the order in which they are locked."""
    said = {line.customer for line in lines}
    rows = Customer.objects.filter(Q(code__in=said) | Q(name__in=said) | Q(short_name__in=said), active=True).order_by("id")
    if sight.regions is not None:
        rows = rows.filter(region__in=sight.regions)
    return rows.select_for_update(no_key=True) if lock else rows


def _any_price(prices: dict[int, Decimal] | None, product: Product) -> dict[int, Decimal]:
    """Where the customer is not known, a missing price is not held against the line."""
    return {product.pk: Decimal(0)} if prices is None else prices


def _differing(draft: Draft, label: str, customer: str, line: OrderedLine) -> Iterator[Reason]:
    """What a line says of its order otherwise than the lines before it; blank says the same."""
    order = {"customer": customer, "wanted_on": draft.wanted_on, "address": label, "channel": draft.channel, "note": draft.note}
    for name, wanted in order.items():
        said = getattr(line, name)
        if said and said != wanted:
            yield Reason(what=DIFFERS.fill(column=SAME[name]), field=name)
