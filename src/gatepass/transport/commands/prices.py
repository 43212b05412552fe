"""A price found wrong after the goods had left (D17): a correction item that names consignment, line, old and new price; no support."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.catalogue.models import Product
from gatepass.dispatch.models import NoticeLine
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, find, rows
from gatepass.money import share, times
from gatepass.orders.composing import percents
from gatepass.orders.locking import lock_order
from gatepass.receivables.models import Clearing
from gatepass.receivables.undoing import given_up
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.transport.events import PriceCorrectionPrepared
from gatepass.transport.loads import charged
from gatepass.transport.models import Consignment, ConsignmentLine, PriceCorrection
from gatepass.transport.price_route import PRICE_CORRECTION
from gatepass.words import Text

WAITS = refusal("这一行已有一张价格更正单在等签", "A price correction of it waits for its signatures already", clause="D17")
once("one_price_correction_at_a_time", WAITS)
DEAREST = Decimal(1_000_000)


@command(may=Power.PREPARE_VOUCHER, title=Text("申请价格更正", "Prepare a price correction"))
def correct_price(
    case: Case, *, consignment: Annotated[UUID, Of("consignment")], product: Annotated[UUID, Of("product")],
    price: Annotated[Decimal, Called(Text("对的单价（元/件）", "the right price, yuan a carton"))],
    reason: Annotated[str, Called(Text("为什么错了", "why it was wrong"), long=True)],
    shipped_at: Annotated[Decimal | None, Called(Text("出门时的单价（同品几种价时填）", "price when it left, where there are several"))] = None,
) -> Ref:  # fmt: skip
    """The difference between what was charged and what is right, for the cartons that left, less the discount by policy that they had; finance
    and sales both sign it."""
    part, goods = find(Consignment, uid=consignment), find(Product, uid=product)
    if part is None or goods is None:
        raise NotFound("consignment" if part is None else "product")
    order, sold = lock_order(part.order, case.actor), _sold(part, goods)
    known = shipped_at if shipped_at in sold else next(iter(sold)) if len(sold) == 1 and shipped_at is None else None
    made = PriceCorrection(
        uid=case.new_id(), consignment=part, product=goods.pk, cartons=sold.get(known, 0) if known is not None else 0, line_yuan=known or price,
        old_yuan=_now(part, goods, known) if known is not None else price, new_yuan=price, fen=0, reason=reason,
        prepared_by=case.actor.person, prepared_at=case.at,
    )  # fmt: skip
    fair = 0 < price <= DEAREST
    made.fen = _difference(made) if fair and part.left_at else 0
    about = {"price_correction": made.uid, "consignment": part.uid, "order": order.uid, "customer": order.customer.uid}
    case.decide(PriceCorrectionPrepared(**about, fen=made.fen), reasons=[*_wrong(made, fair=fair), _which(sold, known)])
    made.number = take_number("JG", case.at)
    add(made)
    said = {
        "customer_name": order.customer.name, "consignment": str(part.uid), "consignment_number": part.number, "product": str(goods.uid),
        "name": goods.name, "cartons": made.cartons, "old_yuan": f"{made.old_yuan.normalize():f}", "new_yuan": f"{price.normalize():f}",
        "fen": made.fen, "reason": reason,
    }  # fmt: skip
    bind(case, PRICE_CORRECTION, made.uid, number=made.number, data=numbered(1, said))
    return Ref("price_correction", made.uid, made.number)


def _wrong(made: PriceCorrection, *, fair: bool) -> list[Reason | None]:
    found = rows(PriceCorrection, consignment_id=made.consignment.pk, product=made.product, booked_at=None, returned_at=None)
    reason, same = made.reason, fair and made.cartons and made.consignment.left_at and not made.fen
    return [
        None if made.consignment.left_at else refusal("货还没有出门，改价请改订单", "The goods have not left: change the order", clause="D17"),
        *(_given_up(one) for one in given_up([made.consignment.uid]) if made.fen < 0),
        WAITS if any(one.line_yuan == made.line_yuan for one in found) else None,
        None if fair else refusal("单价要大于零，且合理", "The price must be above zero, and within reason", field="price"),
        refusal("与现在的单价一样", "It is the price that counts already", field="price") if same else None,
        None if reason else refusal("请写明为什么", "Say why", field="reason"),
        refusal("理由最多 300 字", "The reason has at most 300 characters", field="reason") if len(reason) > 300 else None,
    ]


def _given_up(paper: Clearing) -> Reason:
    """A lower price of goods that nobody paid for would be money for him."""
    return refusal(
        f"这批货的欠款已由 {paper.number} 核销", f"The debt of these goods was written off by {paper.number}", clause="D17",
        cure=Text("请财务先冲回", "Finance reverses it first"), command="reverse_write_off", given={"clearing": str(paper.uid)},
    )  # fmt: skip


def _sold(part: Consignment, goods: Product) -> dict[Decimal, int]:
    """Paid cartons of a product on a consignment, by the price at which they left."""
    found: dict[Decimal, int] = {}
    lines = [one for one in rows(ConsignmentLine, consignment_id=part.pk) if one.product == goods.pk and one.cartons]
    prices = {one.pk: one.yuan for one in rows(NoticeLine, id=[line.line for line in lines])} if lines else {}
    for line in lines:
        yuan = prices[line.line].normalize()
        found[yuan] = found.get(yuan, 0) + line.cartons
    return found


def _difference(made: PriceCorrection) -> int:
    """What the cartons come to at the right price less what they were charged at, each without its discount by policy; less what
    corrections before this one booked."""
    part, total = made.consignment, 0
    fens = charged(part)
    lines = {one.pk: one for one in rows(NoticeLine, id=list(fens))} if fens else {}
    off = percents(part.order)
    for row in rows(ConsignmentLine, consignment_id=part.pk):
        if row.product == made.product and row.cartons and lines[row.line].yuan.normalize() == made.line_yuan:
            more = times(made.new_yuan, row.cartons) - fens[row.line]
            total += more - share(more, off.get(lines[row.line].order_line or 0, Decimal(0)))
    known = rows(PriceCorrection, consignment_id=part.pk, product=made.product)
    return total - sum(one.fen for one in known if one.line_yuan == made.line_yuan and one.booked_at is not None)


def _now(part: Consignment, goods: Product, yuan: Decimal) -> Decimal:
    """What counts of it now: the last price that a correction set, else the one at which it left."""
    known = [one for one in rows(PriceCorrection, consignment_id=part.pk, product=goods.pk) if one.line_yuan == yuan]
    booked = [one.new_yuan for one in known if one.booked_at is not None]
    return booked[-1] if booked else yuan


def _which(sold: dict[Decimal, int], known: Decimal | None) -> Reason | None:
    if known is not None:
        return None
    if not sold:
        return refusal("这张出库单上没有这个产品", "This product is not on the consignment", field="product")
    what = Text("这个产品有几种单价：{prices}，请填是哪一种", "It left at several prices, {prices}: say which")
    return Reason(what=what.fill(prices=", ".join(f"{one:f}" for one in sold)), field="shipped_at")
