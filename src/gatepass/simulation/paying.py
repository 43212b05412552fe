"""Money (D4): the customer is told to remit, pays in time, late, short, too much, or not before the goods; vouchers (A13)."""

from __future__ import annotations

from uuid import UUID

from gatepass.catalogue.models import Product
from gatepass.dispatch.models import NoticeLine, UnpaidSignature
from gatepass.orders.models import Order
from gatepass.receivables.models import Claim, Item, PostingKind
from gatepass.receivables.rests import cover_of
from gatepass.simulation.deals import Deal, Trade
from gatepass.simulation.world import Story
from gatepass.transport.models import ConsignmentLine

SHORT = ("客户扣了上次破损两件", "银行手续费从汇款中扣", "客户少打了搭赠差额，已补")
VOUCHERS = (
    ("support", "in_favour", 50_000, 400_000, "超市进场费支持", "签呈 2026-{n:03d}"),
    ("discount", "in_favour", 20_000, 120_000, "老客户年度返利", "返利协议 {n:03d}"),
    ("fee", "against", 2_000, 9_000, "改换包装手续费", "签呈 2026-{n:03d}"),
    ("other", "in_favour", 5_000, 60_000, "路损赔付", "路损单 {n:03d}"),
)  # fmt: skip


def goods_ready(trade: Trade, deal: Deal) -> None:
    """The goods are there: the unpaid customer is told so today, the paid ones are shipped."""
    if deal.notified and not deal.covered:
        trade.world.start(_remind(trade, deal), trade.office(deal.plan, 5, 50))
    trade.ship(deal)


def _remind(trade: Trade, deal: Deal) -> Story:
    if not deal.covered:
        trade.world.tries("notify_payment", deal.client.desk, order=deal.order, how="phone", claims_ready=True, note="货已备齐")
    yield from ()


def collecting(trade: Trade, deal: Deal) -> Story:
    """The customer is told to remit and names a day; what comes of it depends on him."""
    world, pays = trade.world, deal.plan.pays
    if deal.halts("to notify"):
        return
    promised = world.working_day(0 if deal.plan.brisk else world.random.choice((1, 1, 2, 2, 3)))
    world.do("notify_payment", deal.client.desk, order=deal.order, promised_on=promised, how="phone", claims_ready=deal.ready)
    deal.notified = True
    if deal.halts("notified") or pays == "never":
        return
    if pays == "after":
        yield trade.office(deal.plan, 30, 240)
        yield from _unpaid(trade, deal)
        return
    if pays == "late":
        promised = world.working_day(world.random.choice((3, 4, 5)))
    yield trade.office(deal.plan, 1, 2) if deal.plan.brisk else world.on(promised, 9, 17)
    yield from _receive(trade, deal)


def _receive(trade: Trade, deal: Deal) -> Story:
    world, pays = trade.world, deal.plan.pays
    owed = _open(deal)
    if owed <= 0:
        return
    off = world.random.randrange(3_000, max(3_001, min(60_000, owed // 4))) if pays in ("short", "over") else 0
    amount = owed - off if pays == "short" and owed > off else owed + off
    receipt = _record(trade, deal, amount, min(amount, owed))
    deal.covered = amount >= owed
    trade.ship(deal)
    if deal.halts("difference") or amount == owed:
        return
    yield world.on(world.working_day(1), 9, 17)
    world.do("explain_difference", "zhou", receipt=receipt, cause=world.random.choice(SHORT) if amount < owed else "客户预付下一单")
    if amount < owed:
        yield world.on(world.working_day(1), 9, 17)
        _record(trade, deal, off, off)
        deal.covered = True
        trade.ship(deal)


def _record(trade: Trade, deal: Deal, amount: int, matched: int) -> UUID:
    world = trade.world
    trade.receipts += 1
    cash = world.happens(0.05) and amount < 3_000_000
    return world.do(
        "record_receipt", "fang" if cash else world.random.choice(("zhou", "peng")), customer=deal.client.uid, amount=amount,
        paid_on=world.today(), account="cash" if cash else "bank", reference=f"{world.today():%m%d}{trade.receipts:05d}",
        payer=deal.client.short_name, matches=[{"order": deal.order, "amount": matched}], why="汇款附言写明订单号",
    ).uid  # fmt: skip


def _unpaid(trade: Trade, deal: Deal) -> Story:
    """Shipped first, paid later: the director signs for the sum; now and then he does not."""
    world = trade.world
    if world.tries("request_unpaid", deal.client.desk, order=deal.order, reason="老客户，展会急用，货到付款") is None:
        return
    asked = UnpaidSignature.objects.filter(order__uid=deal.order).latest("id").uid
    if deal.halts("unpaid"):
        return
    yield trade.office(deal.plan, 30, 200)
    if world.happens(0.8):
        world.signs("liang", "unpaid", asked, "director")
        deal.covered = True
        trade.ship(deal)
        yield world.on(world.working_day(world.random.choice((4, 6, 8))), 9, 17)
    else:
        world.sends_back("liang", "unpaid", asked, "director", "上月尚有欠款，款到再发")
        yield world.on(world.working_day(2), 9, 17)
    rest = _open(deal)
    if Order.objects.get(uid=deal.order).cancelled_at is None and rest > 0:
        _record(trade, deal, rest, rest)
        deal.covered = True
        trade.ship(deal)


def _open(deal: Deal) -> int:
    """What is still to come for the order, also when its goods have left."""
    cover = cover_of(deal.order)
    return cover.open_fen if cover else 0


def clearing(trade: Trade) -> Story:
    """What ends without a customer's money (D17): a credit refunded, a small debt given up, a price mended after shipping. Once a week."""
    world = trade.world
    while True:
        yield world.on(world.working_day(5), 10, 15)
        credit = _unheld(rest_fen__lt=0)
        if credit is not None:
            made = world.tries(
                "prepare_refund", "zhou", item=credit.uid, amount=-credit.rest_fen, payee="客户对公账户", reason="客户不再订货", papers="退款申请"
            )
            if made is not None:
                world.start(_refund(trade, made.uid), world.office(60, 300))
        debt = _unheld(rest_fen__gt=0, rest_fen__lt=100_000, kind=PostingKind.OPENING.value)
        if debt is not None:
            made = world.tries(
                "prepare_write_off", "zhou", item=debt.uid, amount=debt.rest_fen, reason="店已关门，三次催收未果", papers="催收记录"
            )
            if made is not None:
                world.start(_signed_by(trade, "write_off", made.uid, ("head", "chen")), world.office(60, 300))
        _mend_a_price(trade)


def _unheld(**rest: object) -> Item | None:
    """An item that no order and no document holds, the oldest."""
    held = Claim.objects.filter(freed_at=None).values("item")
    return Item.objects.filter(**rest).exclude(pk__in=held).order_by("id").first()


def _refund(trade: Trade, clearing: UUID) -> Story:
    yield from _signed_by(trade, "refund", clearing, ("head", "chen"))
    yield trade.world.office(60, 400)
    yield from _signed_by(trade, "refund", clearing, ("payer", "fang"))


def _signed_by(trade: Trade, route: str, subject: UUID, *steps: tuple[str, str]) -> Story:
    for step, who in steps:
        trade.world.signs(who, route, subject, step)
    yield from ()


def _mend_a_price(trade: Trade) -> None:
    """The contract said one yuan less for what left last."""
    world = trade.world
    line = ConsignmentLine.objects.filter(consignment__left_at__isnull=False, cartons__gt=0).order_by("-id").first()
    if line is None:
        return
    yuan = NoticeLine.objects.get(id=line.line).yuan
    made = world.tries(
        "correct_price", "sun", consignment=line.consignment.uid, product=Product.objects.get(id=line.product).uid, price=yuan - 1,
        shipped_at=yuan, reason="合同价低一元，接单时用错价目表",
    )  # fmt: skip
    if made is not None:
        signers = (("finance", "xu"), ("sales", "he"))
        world.start(_signed_by(trade, "price_correction", made.uid, *signers), world.office(60, 300))


def vouchers(trade: Trade) -> Story:
    """A few fees, discounts and supports a week, each with its two signatures."""
    world, number = trade.world, 0
    while True:
        if world.happens(0.4):
            number += 1
            client = world.random.choice(trade.clients)
            kind, favours, least, most, label, papers = world.random.choice(VOUCHERS)
            made = world.do(
                "prepare_voucher", "sun", customer=client.uid, kind=kind, favours=favours, amount=world.random.randrange(least, most, 100),
                label=label, papers=papers.format(n=number),
            )  # fmt: skip
            world.start(_signatures(trade, made.uid), world.office(60, 400))
        yield world.on(world.calendar.next_working_day(world.today()), 10, 16)


def _signatures(trade: Trade, voucher: UUID) -> Story:
    world = trade.world
    if world.happens(0.12):
        world.sends_back("xu", "voucher", voucher, "finance", "附件不全，请补签呈")
        return
    world.signs("xu", "voucher", voucher, "finance")
    yield world.office(60, 600)
    world.signs("he", "voucher", voucher, "sales")
