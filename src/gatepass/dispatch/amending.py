"""What a change of goods (D8) makes of a notice's lines, of the order and of what is asked of the customer: shared steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Max, Sum

from gatepass.catalogue.models import Product
from gatepass.catalogue.queries import price_for
from gatepass.dispatch.goods import Wanted, value_fen
from gatepass.dispatch.models import Change, ChangeKind, NoticeLine
from gatepass.dispatch.unpaid import signed_for, with_change
from gatepass.journal.door import Case
from gatepass.money import times
from gatepass.orders.events import OrderReady
from gatepass.orders.models import Order, OrderLine
from gatepass.orders.readiness import is_ready, wanted_of
from gatepass.receivables.changing import goods_changed
from gatepass.stock import reserving

SIGNS: Final = {ChangeKind.SHORT: "−", ChangeKind.EXTRA: "+", ChangeKind.SUBSTITUTE: "⇄"}


def price(order: Order, product: Product, at: datetime) -> Decimal | None:
    """Yuan a carton: the order's own price, else the customer's list of that day; None where there is none."""
    line = OrderLine.objects.filter(order=order, product=product).order_by("position").first()
    if line is not None:
        return line.yuan
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return price_for(order.customer.grade, order.region, day).get(product.id)


def split(line: NoticeLine, cartons: int) -> tuple[int, int]:
    """How many cartons of a line are paid ones and how many given away, taking the paid ones first."""
    paid = min(cartons, line.cartons)
    return paid, min(cartons - paid, line.gift)


def worth(kind: ChangeKind, line: NoticeLine | None, yuan: Decimal | None, cartons: int) -> int:
    """What a change adds to the goods, in fen; below zero where they are worth less."""
    if kind is ChangeKind.EXTRA:
        return times(yuan or Decimal(0), cartons)
    if line is None:
        return 0
    paid, _ = split(line, cartons)
    less = times(line.yuan, line.cartons) - times(line.yuan, line.cartons - paid)
    return -less if kind is ChangeKind.SHORT else times(yuan or Decimal(0), paid) - less


def amended(change: Change, lines: list[Wanted], yuan: Decimal | None) -> list[Wanted]:
    """The lines of the notice with the change made. Lines emptied by it are gone."""
    found = list(lines)
    paid, gift = change.cartons, 0
    line = change.line
    if line is not None and change.kind != ChangeKind.EXTRA.value:
        paid, gift = split(line, change.cartons)
        number = next(n for n, one in enumerate(found) if (one.product_id, one.order_line) == (line.product_id, line.order_line))
        less = found[number]
        found[number] = replace(less, cartons=less.cartons - paid, gift=less.gift - gift, change=change.uid)
    if change.kind != ChangeKind.SHORT.value:
        found = _more(change, found, paid, gift, yuan)
    return [one for one in found if one.cartons or one.gift]


def _more(change: Change, lines: list[Wanted], paid: int, gift: int, yuan: Decimal | None) -> list[Wanted]:
    product = change.product or (change.line.product if change.line else None)
    if product is None:
        return lines
    for number, one in enumerate(lines):
        if one.product_id == product.id and (change.line is None or change.product or one.order_line == change.line.order_line):
            lines[number] = replace(one, cartons=one.cartons + paid, gift=one.gift + gift, change=change.uid)
            return lines
    return [*lines, Wanted(None, product, paid, gift, yuan or Decimal(0), change.uid)]


def extra_unpaid(change: Change) -> int:
    """What a change that adds goods would leave unpaid and unsigned for, of its notice. In fen."""
    return max(0, with_change(change) - signed_for(change.notice))


def added_fen(kind: ChangeKind, before: list[Wanted], after: list[Wanted]) -> int:
    """What a change adds to the order's goods; nothing for a shortage: what is missing stays open."""
    return 0 if kind is ChangeKind.SHORT else value_fen(after) - value_fen(before)


def made_ready(order: Order, kind: ChangeKind, before: list[Wanted], after: list[Wanted]) -> OrderReady | None:
    """The order's readiness, where a change makes it ready: nothing that is still wanted is missing. Under the locks of order and product.

    Only goods that were handed to production wait to be ready; a shortage takes nothing off the order.
    """
    if kind is ChangeKind.SHORT or order.handed_over_at is None or order.ready_at or order.shipped_at or order.cancelled_at:
        return None
    wanted, has = wanted_of(order), reserving.held(order.uid)
    for product, cartons in _moved(before, after).items():
        own = has.get(product, reserving.Held())
        wanted[product] = wanted.get(product, 0) + cartons
        has[product] = own.with_more(cartons) if cartons > 0 else own.at_most(wanted[product])
    return is_ready(order, sum(wanted.values()), added_fen=added_fen(kind, before, after)) if reserving.complete(wanted, has) else None


def _moved(before: list[Wanted], after: list[Wanted]) -> dict[int, int]:
    """By how many cartons each product grows or shrinks."""
    found: dict[int, int] = {}
    for sign, lines in ((-1, before), (1, after)):
        for one in lines:
            found[one.product_id] = found.get(one.product_id, 0) + sign * (one.cartons + one.gift)
    return found


def carry_to_order(case: Case, order: Order, change: Change, before: list[Wanted], after: list[Wanted]) -> list[Wanted]:
    """Write the change into the order's lines, its sum due and what is set aside for it; gives the lines with their order lines.

    A shortage changes none of these: what is missing stays open and follows with another notice.
    """
    if change.kind == ChangeKind.SHORT.value:
        return after
    had = {(one.product_id, one.order_line): one for one in before}
    linked = []
    for one in after:
        was = had.pop((one.product_id, one.order_line), None)
        linked.append(_carry(case, order, change, was, one))
    for gone in had.values():
        _shrink(order, gone, gone.cartons, gone.gift, change.reason)
        _free(order, gone.product_id)
    _ask(case, order, added_fen(ChangeKind(change.kind), before, after))
    return linked


def _carry(case: Case, order: Order, change: Change, was: Wanted | None, now: Wanted) -> Wanted:
    paid = now.cartons - (was.cartons if was else 0)
    gift = now.gift - (was.gift if was else 0)
    if paid < 0 or gift < 0:
        _shrink(order, now, -paid, -gift, change.reason)
        _free(order, now.product_id)
    elif paid or gift:
        reserving.reserve(case, order=order.uid, cartons={now.product_id: paid + gift})
        return _grow(order, now, paid, gift, change.reason)
    return now


def _grow(order: Order, line: Wanted, paid: int, gift: int, reason: str) -> Wanted:
    found = OrderLine.objects.filter(order=order, id=line.order_line).first() if line.order_line else None
    if found is None:
        found = OrderLine.objects.filter(order=order, product_id=line.product_id).order_by("position").first()
    if found is not None:
        found.cartons, found.gift = found.cartons + paid, found.gift + gift
        found.fen = times(found.yuan, found.cartons)
        found.save(update_fields=["cartons", "gift", "fen"])
    else:
        last = OrderLine.objects.filter(order=order).aggregate(last=Max("position"))["last"] or 0
        found = OrderLine.objects.create(
            order=order, position=last + 1, product_id=line.product_id, cartons=paid, gift=gift, yuan=line.yuan,
            fen=times(line.yuan, paid), remark=reason,
        )  # fmt: skip
    _weigh(order, found.product, paid, gift)
    return replace(line, order_line=found.id)


def _shrink(order: Order, line: Wanted, paid: int, gift: int, reason: str) -> None:
    found = OrderLine.objects.select_related("product").get(order=order, id=line.order_line or 0)
    found.cartons, found.gift = found.cartons - paid, found.gift - gift
    found.fen, found.remark = times(found.yuan, found.cartons), reason
    found.save(update_fields=["cartons", "gift", "fen", "remark"])
    _weigh(order, found.product, -paid, -gift)


def _free(order: Order, product_id: int) -> None:
    """What is set aside beyond what the order still wants and has not picked is free again."""
    wanted = OrderLine.objects.filter(order=order, product_id=product_id).aggregate(all=Sum(F("cartons") + F("gift")))["all"] or 0
    reserving.keep_at_most(order=order.uid, product_id=product_id, wanted=wanted)


def _weigh(order: Order, product: Product, paid: int, gift: int) -> None:
    both = paid + gift
    Order.objects.filter(id=order.id).update(
        cartons=F("cartons") + paid, gifts=F("gifts") + gift,
        weight_g=F("weight_g") + both * product.weight_g, volume_cm3=F("volume_cm3") + both * product.volume_cm3,
    )  # fmt: skip


def _ask(case: Case, order: Order, fen: int) -> None:
    """The order's goods are worth more or less from now on, and so is what is asked of the customer; extras are paid by what he has in
    credit first."""
    Order.objects.filter(id=order.id).update(goods_fen=F("goods_fen") + fen)
    goods_changed(case, order.uid, fen)


def said(change: Change) -> str:
    """The change in signs: FH-2026-0932 −10 四川泡菜."""
    names = [one.name for one in (change.line.product if change.line else None, change.product) if one]
    return f"{change.notice.number} {SIGNS[ChangeKind(change.kind)]}{change.cartons} {' → '.join(names)}"
