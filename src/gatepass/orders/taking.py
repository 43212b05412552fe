"""Commands of the call: taking an order, changing it before it is sent, checking the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.catalogue.models import Product
from gatepass.catalogue.queries import price_for
from gatepass.customers.models import Address, Customer
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, find, rows, update
from gatepass.money import figure, times
from gatepass.orders.events import AccountChecked, AccountCheckRequested, OrderChanged, OrderTaken
from gatepass.orders.figures import frozen_rest
from gatepass.orders.inputs import Channel, OrderId, WantedLine
from gatepass.orders.locking import lock_customer, lock_order
from gatepass.orders.models import AccountCheck, Order, OrderLine
from gatepass.orders.plan_book import listed
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.standing import with_customer
from gatepass.receivables.rests import standing, summed
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

ADDED_UP: Final = ("cartons", "gifts", "goods_fen", "weight_g", "volume_cm3")
NO_ADDRESS: Final = refusal("客户没有收货地址", "The customer has no delivery address", clause="A11", field="address")


def today(case: Case) -> date:
    return case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@command(may=Power.TAKE_ORDER, title=Text("接单", "Take an order"))
def take_order(
    case: Case,
    *,
    customer: Annotated[UUID, Of("customer")],
    lines: list[WantedLine],
    address: Annotated[UUID | None, Of("address")] = None,
    wanted_on: date | None = None,
    channel: Channel = Channel.PHONE,
    note: str = "",
) -> Ref:
    """Take an order at the prices of the day and ask finance for the account check at once (D1)."""
    who = lock_customer(customer, case.actor)
    where = _address(who, address)
    wanted, reasons = _priced(case, who, lines)
    if where is None:
        reasons.append(NO_ADDRESS)
    uid, check = case.new_id(), case.new_id()
    case.decide(*taken(uid, check, who, where, wanted), reasons=reasons)
    if where is None:
        raise RuntimeError("an order without an address was let through")
    order = Order(
        uid=uid, number=take_number("DH", case.at), customer=who, address=where, region=who.region, bearer=who.bearer,
        channel=channel.value, note=note, taken_at=case.at, taken_by=case.actor.person, wanted_on=wanted_on,
    )  # fmt: skip
    _write_lines(order, wanted)
    add(AccountCheck(uid=check, order=order, requested_at=case.at))
    if note:
        note_down(case, order_id=order.id, text=note)
    return Ref("order", uid, order.number)


Priced = list[tuple[WantedLine, Product, Decimal, int]]


def taken(uid: UUID, check: UUID, who: Customer, where: Address | None, wanted: Priced) -> tuple[OrderTaken, AccountCheckRequested]:
    """What taking an order means: the order at its prices, and the account check that finance is asked for at once (D1)."""
    return (
        OrderTaken(
            order=uid, customer=who.uid, address=where.uid if where else uid, goods_fen=sum(fen for *_, fen in wanted),
            bearer=who.bearer, lines=tuple((product.uid, line.cartons, yuan) for line, product, yuan, _ in wanted),
        ),
        AccountCheckRequested(check=check, order=uid, customer=who.uid),
    )  # fmt: skip


def _priced(case: Case, who: Customer, lines: Sequence[WantedLine]) -> tuple[Priced, list[Reason]]:
    """Each line with its product, unit price and amount; what is wrong, line by line."""
    products = {p.uid: p for p in rows(Product, uid=[line.product for line in lines])}
    prices = price_for(who.grade, who.region, today(case))
    reasons: list[Reason] = [] if lines else [refusal("还没有货品", "There are no goods yet", field="lines")]
    priced: Priced = []
    seen: set[UUID] = set()
    for row, line in enumerate(lines):
        product = products.get(line.product)
        problem = line_problem(line, product, prices, seen)
        if problem is not None or product is None:
            what = Text("第 {row} 行：{what}", "line {row}: {what}").fill(row=row + 1, what=problem or Text("没有这个产品", "no such product"))
            reasons.append(Reason(what=what, field=f"lines.{row}"))
            continue
        seen.add(line.product)
        priced.append((line, product, prices[product.id], times(prices[product.id], line.cartons)))
    return priced, reasons


def line_problem(line: WantedLine, product: Product | None, prices: dict[int, Decimal], seen: set[UUID]) -> Text | None:
    if product is None or not product.active:
        return Text("没有这个产品，或已停售", "no such product, or no longer sold")
    named = {"name": product.name}
    if line.product in seen:
        return Text("{name} 已在前面，请合并", "{name} stands above already: put them together").fill(**named)
    if not 0 < line.cartons <= 100_000:
        return Text("{name} 的件数应为 1 到 100000", "cartons of {name} must be 1 to 100000").fill(**named)
    if product.id not in prices:
        return Text("{name} 今天没有这位客户的价格", "{name} has no price for this customer today").fill(**named)
    return None


def _address(who: Customer, wanted: UUID | None) -> Address | None:
    own = rows(Address, customer_id=who.id, until=None)
    if wanted is None:
        return next((one for one in own if one.preferred), own[0] if own else None)
    found = next((one for one in own if one.uid == wanted), None)
    if found is None:
        raise NotFound("address")
    return found


def _write_lines(order: Order, wanted: Priced) -> None:
    lines = lines_of(order, wanted)
    add_up(order, lines)
    if order.pk is None:
        add(order)
    else:
        update(order, allocated_at=order.allocated_at, **{name: getattr(order, name) for name in ADDED_UP})
    add(*lines)


def lines_of(order: Order, wanted: Priced) -> list[OrderLine]:
    """Rows not kept yet."""
    return [
        OrderLine(order=order, position=n, product=product, cartons=line.cartons, yuan=yuan, fen=fen, remark=line.remark)
        for n, (line, product, yuan, fen) in enumerate(wanted, start=1)
    ]


def add_up(order: Order, lines: Sequence[OrderLine]) -> None:
    """Cartons, giveaways, goods, weight and volume of an order from its lines, products at hand. Does not save."""
    order.cartons = sum(line.cartons for line in lines)
    order.gifts = sum(line.gift for line in lines)
    order.goods_fen = sum(line.fen for line in lines)
    order.weight_g = sum((line.cartons + line.gift) * line.product.weight_g for line in lines)
    order.volume_cm3 = sum((line.cartons + line.gift) * line.product.volume_cm3 for line in lines)


@command(may=Power.TAKE_ORDER, title=Text("改单", "Change an order"))
def change_order(case: Case, *, order: OrderId, lines: list[WantedLine], reason: str = "") -> Ref:
    """Other goods for an order that is not with the customer: prices of today, allocation anew."""
    row = lock_order(order, case.actor)
    reasons: list[Reason | None] = [*under_way(row)]
    if row.sent_at is not None:
        reasons.append(with_customer(row))
    wanted, wrong = _priced(case, row.customer, lines)
    case.decide(
        OrderChanged(
            order=row.uid, customer=row.customer.uid, goods_fen=sum(fen for *_, fen in wanted),
            lines=tuple((product.uid, line.cartons, yuan) for line, product, yuan, _ in wanted),
        ),
        reasons=[*reasons, *wrong],
    )  # fmt: skip
    OrderLine.objects.filter(order=row).delete()
    row.allocated_at = None
    _write_lines(row, wanted)
    note_down(case, order_id=row.id, text=reason or Text("改单", "Order changed"), kind="change")
    return Ref("order", row.uid, row.number)


@command(may=Power.CHECK_ACCOUNT, title=Text("答复账款核对", "Answer an account check"))
def answer_account_check(case: Case, *, order: OrderId, note: str = "") -> Ref:
    """Finance verifies the customer's balance and what it is made of; both are kept as answered."""
    row = lock_order(order, case.actor)
    check = find(AccountCheck, order_id=row.id, answered_at=None)
    verified = standing(row.customer.uid).free
    balance = summed(verified)
    case.decide(
        AccountChecked(
            check=check.uid if check else row.uid, order=row.uid, customer=row.customer.uid, balance_fen=balance
        ),
        reasons=[
            *under_way(row),
            None if check else refusal("这张订单的账款已核对过", "The account of this order has been checked already", clause="D1"),
        ],
    )
    if check is not None:
        parts = [rest.frozen() for rest in verified]
        answered = {"answered_at": case.at, "answered_by": case.actor.person, "balance_fen": balance, "parts": parts}
        update(check, **answered, note=note)
        note_down(case, order_id=row.id, text=_verified(parts, balance), kind="account")
    update(row, checked_at=case.at)
    if note:
        note_down(case, order_id=row.id, text=note, kind="account")
    return Ref("order", row.uid, row.number)


def _verified(parts: Sequence[Mapping[str, Any]], balance: int) -> Text:
    """What finance verified, item by item, for the plan book."""
    items = [frozen_rest(one) for one in parts]
    return listed(Text("财务核账 {sum}", "Finance verified {sum}").fill(sum=figure(balance)), [(one.what, one.fen or 0) for one in items])


@command(may=Power.TAKE_ORDER, title=Text("请财务重新核账", "Ask for another account check"))
def request_account_check(case: Case, *, order: OrderId) -> Ref:
    """The last check is too old, or something that it saw was taken back: finance is asked again, in the same term (D1)."""
    row = lock_order(order, case.actor)
    uid = case.new_id()
    case.decide(
        AccountCheckRequested(check=uid, order=row.uid, customer=row.customer.uid),
        reasons=[
            *under_way(row),
            refusal("订单已发给客户，不用再核账", "The order is with the customer: no check is needed", clause="D1") if row.sent_at else None,
            refusal("财务还在核账", "Finance is checking the account already", clause="D1")
            if find(AccountCheck, order_id=row.id, answered_at=None)
            else None,
        ],
    )
    add(AccountCheck(uid=uid, order=row, requested_at=case.at))
    return Ref("order", row.uid, row.number)


def under_way(row: Order) -> list[Reason]:
    """Why nothing more happens to an order, or nothing."""
    if row.cancelled_at is not None:
        return [refusal("订单已取消", "The order was cancelled")]
    return [refusal("订单已发完", "The order has been shipped")] if row.shipped_at is not None else []
