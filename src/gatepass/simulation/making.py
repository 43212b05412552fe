"""Goods for an order (D3): demand handed over, produced, reported ready or short; the stock-up plan of each shipping day (C12)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from gatepass.catalogue.models import Product
from gatepass.enforcement.models import Obligation
from gatepass.orders.models import Order
from gatepass.production.models import Demand, ShippingDay
from gatepass.simulation.deals import Deal, Trade
from gatepass.simulation.paying import collecting, goods_ready
from gatepass.simulation.world import Story
from gatepass.stock.reserving import available

REMARKS = ("", "", "", "", "箱唛用新版", "日期尽量新鲜", "单独码托")
SHORT_OF = ("辣椒原料到货晚一天", "灌装线检修", "包材不够，明日到", "发酵批次没到期")


def handing_over(trade: Trade, deal: Deal) -> Story:
    """The confirmed order's demand goes to production; then the customer is asked to pay, and what is missing is made."""
    world = trade.world
    remark = world.random.choice(REMARKS)
    remarks = [{"product": deal.plan.lines[0][0], "remark": remark}] if remark else None
    expected = world.working_day(world.random.choice((2, 3, 3, 4, 5)))
    world.do("hand_over_demand", deal.client.desk, order=deal.order, expected_on=expected, remarks=remarks)
    deal.ready = Order.objects.get(uid=deal.order).ready_at is not None
    if deal.halts("handed over"):
        return
    if not deal.covered:
        world.start(collecting(trade, deal), trade.office(deal.plan, 15, 160))
    if deal.ready:
        goods_ready(trade, deal)
    elif not deal.halts("making"):
        for demand in Demand.objects.filter(order=deal.order).order_by("id"):
            if demand.from_stock < demand.cartons:
                later = world.on(world.working_day(world.random.choice((1, 1, 2))), 9, 16)
                world.start(producing(trade, deal, demand.uid), world.office(5, 10) if deal.plan.brisk else later)
    yield from ()


def producing(trade: Trade, deal: Deal, uid: UUID) -> Story:
    """Production makes what stock does not have; now and then it comes late or in two parts."""
    world = trade.world
    missing = _missing(uid)
    if deal.halts("shortage") or world.happens(0.18):
        expected = world.working_day(2)
        short = max(1, missing // 2)
        world.do("report_short", "wu", demand=uid, cartons=short, kind="short", reason=world.random.choice(SHORT_OF), expected_on=expected)
        if deal.halts("shortage"):
            return
        yield world.office(20, 220)
        world.do("take_up_shortage", deal.client.desk, demand=uid, outcome="已告知客户晚一两天，客户同意等齐再发")
        yield world.on(expected, 9, 15)
    if missing > 60 and world.happens(0.3):
        world.do("report_ready", "wu", demand=uid, cartons=missing // 2, produced_on=world.today())
        yield world.on(world.working_day(1), 9, 15)
        missing = _missing(uid)
    world.do("report_ready", "wu", demand=uid, cartons=missing, produced_on=world.today())
    if not deal.ready and Order.objects.get(uid=deal.order).ready_at is not None:
        deal.ready = True
        goods_ready(trade, deal)


def _missing(uid: UUID) -> int:
    row = Demand.objects.get(uid=uid)
    return row.cartons - row.from_stock - row.ready


def planning(trade: Trade) -> Story:
    """Every working day before close the stock-up plans that are owed by tomorrow go to production."""
    world = trade.world
    while True:
        tomorrow = world.clock(world.calendar.next_working_day(world.today()), 23, 0)
        owed = Obligation.objects.filter(clause="C12.1", closed_at=None, due_at__lte=tomorrow).values_list("subject", flat=True)
        for day in ShippingDay.objects.filter(uid__in=list(owed)).order_by("day").values_list("day", flat=True):
            if not world.happens(0.05):  # now and then one is forgotten until the next evening
                world.tries("hand_over_plan", "tang", day=day)
        yield _evening(trade, world.calendar.next_working_day(world.today()))


def _evening(trade: Trade, day: date) -> datetime:
    return trade.world.clock(day, 17, 10)


def restocking(trade: Trade) -> Story:
    """Production keeps up with what sells: what runs low comes in by the hundred, most of it in time."""
    world = trade.world
    ids = dict(_product_ids(trade))
    while True:
        free = available(ids, world.today())
        for key, uid in ids.items():
            good = trade.yard.goods[uid]
            if free.get(key, 0) < good.demand * 9 and world.happens(0.4):
                cartons = good.demand * world.random.randrange(10, 24)
                world.do("receive_stock", "deng", product=uid, cartons=cartons, produced_on=world.today() - timedelta(days=1))
        yield world.clock(world.calendar.next_working_day(world.today()), 8, 45)


def _product_ids(trade: Trade) -> list[tuple[int, UUID]]:
    return list(Product.objects.filter(uid__in=trade.yard.goods).order_by("id").values_list("id", "uid"))
