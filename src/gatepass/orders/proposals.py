"""What an order would come to while it is being typed, and what would be sent: reads only, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from gatepass.catalogue.models import Product
from gatepass.catalogue.policies import gifts
from gatepass.catalogue.queries import price_for, promotions_for
from gatepass.customers import queries as customers
from gatepass.customers.models import Customer
from gatepass.money import times
from gatepass.orders import queries
from gatepass.orders.composing import composed, composition_of, discounts
from gatepass.orders.curve import Curve, curve
from gatepass.orders.inputs import GiftLine
from gatepass.orders.locking import seen_by
from gatepass.orders.models import AccountCheck, Order, OrderLine
from gatepass.orders.policies import PartOf, remit
from gatepass.orders.sending import allocate, allocation_digest
from gatepass.orders.since import Booked, Checked, checked
from gatepass.orders.taking import add_up
from gatepass.receivables.paying_to import PayTo, pay_to
from gatepass.receivables.rests import standing
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.stock.queries import sees_stock
from gatepass.stock.reserving import available
from gatepass.words import Text

Wish = tuple[UUID | None, int | None]
"""A product and cartons, as far as they are typed."""


NOTHING: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """What a line would be: amounts are None where there is no price, or none to be shown. `short`: the hint is a warning."""

    spec: str = ""
    gift: int = 0
    gift_why: Text = NOTHING
    yuan: Decimal | None = None
    fen: int | None = None
    hint: Text | None = None
    short: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The lines in the order given, with their sums: cartons, giveaways, fen, grams, cubic centimetres."""

    lines: tuple[ProposedLine, ...]
    cartons: int
    gifts: int
    goods_fen: int | None
    weight_g: int
    volume_cm3: int
    curves: tuple[Curve, ...] = ()


def proposal(sight: Sight, customer: UUID | None, wishes: Sequence[Wish], day: date) -> Proposal:
    """Prices and giveaways of the day for what is typed so far. At most five statements, however many lines there are."""
    who = customers.scoped(sight).filter(uid=customer).first() if customer else None
    products = {p.uid: p for p in Product.objects.filter(uid__in={uid for uid, _ in wishes if uid})}
    prices = price_for(who.grade, who.region, day) if who and sight.may(Power.SEE_MONEY) else None
    policies = promotions_for(who.grade, who.region, day) if who else []
    free = available([p.id for p in products.values()], day) if products and sees_stock(sight) else None
    cartons = gifted = goods = weight = volume = 0
    lines: list[ProposedLine] = []
    seen: set[UUID] = set()
    curves: list[Curve] = []
    for uid, count in wishes:
        product = products.get(uid) if uid else None
        if product is None:
            lines.append(ProposedLine())
            continue
        number = max(count or 0, 0)
        gift, why = gifts(policies, product, number)
        yuan = prices.get(product.id) if prices is not None else None
        fen = times(yuan, number) if yuan is not None and number else None
        hint, short = _hint(product, number + gift, free, prices, again=product.uid in seen)
        lines.append(ProposedLine(product.spec, gift, why, yuan, fen, hint, short))
        shape = curve(policies, product, number) if product.uid not in seen else None
        curves += [shape] if shape else []
        seen.add(product.uid)
        cartons, gifted, goods = cartons + number, gifted + gift, goods + (fen or 0)
        weight, volume = weight + (number + gift) * product.weight_g, volume + (number + gift) * product.volume_cm3
    return Proposal(tuple(lines), cartons, gifted, goods if sight.may(Power.SEE_MONEY) else None, weight, volume, tuple(curves))


def _hint(
    product: Product, wanted: int, stock: Mapping[int, int] | None, prices: Mapping[int, Decimal] | None, *, again: bool
) -> tuple[Text | None, bool]:
    """What stands beside a line, and whether it makes the line doubtful. `stock`: free cartons, None for who may not see them."""
    if again:
        return Text("前面已有", "stands above"), True
    if not product.active:
        return Text("已停售", "no longer sold"), True
    if prices is not None and product.id not in prices:
        return Text("今天没有价格", "no price today"), True
    if stock is None or not wanted:
        return None, False
    free = max(stock.get(product.id, 0), 0)
    short = Text("库存 {free}，缺 {short}", "{free} in stock, {short} short").fill(free=free, short=wanted - free)
    return (short if wanted > free else Text("库存 {free}", "{free} in stock").fill(free=free)), False


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line of an order about to be sent: the giveaway that counts now, and what the policy alone would give."""

    position: int
    code: str
    name: str
    spec: str
    cartons: int
    gift: int
    gift_why: str
    by_policy: int
    policy_why: Text
    yuan: Decimal
    fen: int


@dataclass(frozen=True, slots=True)
class Sending:
    """What would go to the customer now: goods with giveaways, the composition whose parts sum to `remit_fen`, and the account to pay to.

    digest, shown: what `send_order` and `allocate_order` take, so that nothing else is sent or changed. since: what was booked since the check.
    """

    row: Order
    customer_name: str
    lines: tuple[SentLine, ...]
    parts: tuple[PartOf, ...]
    remit_fen: int
    pay_to: PayTo | None
    check: Checked | None
    digest: str
    shown: str
    allocation: str

    @property
    def checked(self) -> bool:
        return self.row.checked_at is not None

    def said(self) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "lines": [
                {"position": one.position, "product": one.code, "cartons": one.cartons, "gift": one.gift, "by_policy": one.by_policy, "fen": one.fen}
                for one in self.lines
            ],
            "parts": [part.said() for part in self.parts], "remit_fen": self.remit_fen,
            "pay_to": self.pay_to.frozen() if self.pay_to else None, "check": self.check.frozen() if self.check else None,
            "since": [{"zh": one.said.zh, "en": one.said.en} for one in self.since],
            "previewed": self.digest, "shown": self.shown, "seen": self.allocation,
        }  # fmt: skip

    @property
    def since(self) -> tuple[Booked, ...]:
        return self.check.since if self.check else ()


def sending(sight: Sight, uid: UUID, *, day: date, freight_fen: int = 0, by_hand: Sequence[GiftLine] | None = None) -> Sending:
    """Allocation and composition as they would be sent, giveaways changed by hand included. Raises NotFound outside the scope."""
    row = seen_by(sight).select_related("customer").filter(uid=uid).first()
    if row is None or not sight.may(Power.SEE_MONEY):
        raise NotFound("order")
    who: Customer = row.customer
    policies = promotions_for(who.grade, who.region, day)
    rows = list(OrderLine.objects.filter(order=row).select_related("product").order_by("position"))
    allocation = allocation_digest(rows)
    if row.allocated_at is None or by_hand is not None:
        allocate(policies, rows, by_hand or [])
    add_up(row, rows)
    account, to = standing(who.uid), pay_to()
    check = checked(list(AccountCheck.objects.filter(order=row)), account.free)
    made = composed(row, rows, composition_of(row, account, freight_fen, discounts(row, rows, policies, day)), to, check)
    lines = tuple(_sent(line, *gifts(policies, line.product, line.cartons)) for line in rows)
    return Sending(row, who.name, lines, made.parts, remit(made.parts), to, check, made.digest, made.shown, allocation)


def _sent(line: OrderLine, by_policy: int, why: Text) -> SentLine:
    sold = line.product
    return SentLine(
        line.position, sold.code, sold.name, sold.spec, line.cartons, line.gift, line.gift_why, by_policy, why, line.yuan, line.fen
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caller:
    """What the entry page shows of a customer: where to, who carries, who bears the freight, what is still open, and his last order."""

    uid: UUID
    name: str
    contact: str
    forwarder: str
    bearer: Text
    addresses: tuple[customers.AddressRow, ...]
    last: queries.OrderPage | None
    open_items: tuple[tuple[Text, int], ...]


def caller(sight: Sight, uid: UUID, but: UUID | None = None) -> Caller:
    """The customer who is on the phone, with his last order but the one that is being changed. Raises NotFound outside the scope."""
    file = customers.one(sight, uid)
    first = next((c for c in file.contacts if c.until is None), None)
    money = sight.may(Power.SEE_MONEY)
    items = standing(uid).free if money else ()
    return Caller(
        uid=uid,
        name=file.row.name,
        contact=f"{first.name} · {first.phone}" if first else "",
        forwarder=file.forwarder_name,
        bearer=file.bearer.text,
        addresses=tuple(a for a in file.addresses if a.until is None),
        last=queries.previous(sight, uid, but),
        open_items=tuple((rest.said, rest.fen) for rest in items),
    )
