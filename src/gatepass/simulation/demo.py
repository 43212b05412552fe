"""The demo company: some weeks into its life, on a working day at a quarter past ten, with something to do on every desk."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from gatepass.catalogue.models import Product
from gatepass.people.models import Company
from gatepass.receivables.models import Claim, Item
from gatepass.simulation import asides, calling, paying, sql
from gatepass.simulation.clientele import DEALERS, Client
from gatepass.simulation.deals import Plan, Trade
from gatepass.simulation.leading import undecided
from gatepass.simulation.play import Play, begin
from gatepass.simulation.world import Story
from gatepass.stock.reserving import available
from gatepass.workcalendar.queries import current

DAYS: Final = 15  # working days before the morning on which the demo opens
ORDERS_PER_DAY: Final = 6
MOST_ORDERS: Final = 240
PLENTY: Final = 10  # of so many products, those of which most is free, the scenes are ordered: none of them waits for stock by chance
SEED: Final = 20260301
STEPS: Final = 5_000  # commands, about: what the progress bar counts


@dataclass(frozen=True, slots=True)
class Scene:
    """An order that stops where a desk has to go on: `back` working days before the last morning, at a time."""

    halts: str
    back: int
    hour: int
    minute: int = 0
    answer: str = "confirms"
    pays: str = "in time"
    warehouse: str = "smooth"
    leaves: str = "by day"
    lines: int = 1
    short: bool = False
    signs_in: bool = False


SCENES: Final = (
    Scene("consigned", 3, 9), Scene("consigned", 2, 9, 10), Scene("consigned", 2, 10), Scene("consigned", 1, 9, 5),
    Scene("to credit", 3, 10), Scene("to credit", 3, 11), Scene("to tell", 1, 9, 30), Scene("to tell", 1, 10),
    Scene("copies", 1, 15, leaves="by night"), Scene("back", 1, 14, 30, leaves="comes back"),
    Scene("making", 1, 9, 40, short=True), Scene("making", 1, 11, short=True), Scene("shortage", 1, 14, short=True),
    Scene("sent", 1, 13, 35), Scene("sent", 1, 15), Scene("sent", 1, 15, 5), Scene("difference", 1, 14, pays="short"),
    Scene("difference", 1, 14, 20, pays="over"), Scene("notified", 1, 15, 10, pays="never"), Scene("notified", 1, 16, pays="never"),
    Scene("paid", 1, 15, 30), Scene("paid", 0, 8, 31), Scene("night change", 1, 16, 15, warehouse="night", lines=2),
    Scene("passed", 0, 8, 30), Scene("passed", 0, 8, 31), Scene("loaded", 0, 8, 30), Scene("loaded", 0, 8, 33), Scene("unsigned", 0, 8, 32),
    Scene("counted", 0, 8, 34, signs_in=True), Scene("arranged", 0, 8, 35, signs_in=True), Scene("half picked", 0, 8, 36, lines=4),
    Scene("half picked", 0, 8, 41, lines=3), Scene("doubt", 0, 8, 38, warehouse="doubt", lines=2),
    Scene("change", 0, 8, 40, warehouse="short", lines=2), Scene("approved", 0, 8, 42, lines=2), Scene("approved", 0, 8, 50, lines=3),
    Scene("half approved", 0, 8, 52), Scene("half approved", 0, 8, 55), Scene("noticed", 0, 9), Scene("noticed", 0, 9, 3, lines=2),
    Scene("unpaid", 0, 8, 45, pays="after"), Scene("unpaid", 0, 9, 5, pays="after", lines=2), Scene("to notify", 0, 9, 5),
    Scene("to notify", 0, 9, 12), Scene("confirmed", 0, 9, 20), Scene("confirmed", 0, 9, 26, lines=3), Scene("sent", 0, 8, 50),
    Scene("sent", 0, 9, 30), Scene("checked", 0, 9, 45), Scene("checked", 0, 9, 52, lines=3), Scene("taken", 0, 9, 58),
    Scene("taken", 0, 10, 6), Scene("taken", 0, 10, 11, lines=2),
)  # fmt: skip


def fill(progress: Callable[[int, int], None]) -> None:
    """Found the demo company in an empty database and play it up to its morning. `progress(done, total)` is called as it goes."""
    with connection.cursor() as cursor:
        cursor.execute(sql.HASTE)  # nothing is lost that could not be played again
    last = working_today()
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)  # thousands of short-lived rows: looking for cycles less often saves a tenth of the time
    try:
        stage(last, said=_counted(progress)).until(last, 10, 15)
    finally:
        gc.set_threshold(*thresholds)
    Company.objects.update(demo=True)
    progress(STEPS, STEPS)


def working_today() -> date:
    """The working day on which the demo opens: today, or the last one before."""
    return current().at_or_before(datetime.now(ZoneInfo(settings.TIME_ZONE)).date())


def stage(
    last: date, *, seed: int = SEED, days: int = DAYS, dealers: int = DEALERS, said: Callable[[int], None] | None = None
) -> Play:
    """The demo's company with its scenes prepared; it is to be played until the last morning."""
    calendar = current()
    first = last
    for _ in range(days):
        first = calendar.at_or_before(first - timedelta(days=1))
    play = begin(first, seed=seed, orders_per_day=ORDERS_PER_DAY, dealers=dealers, demo=True, said=said)
    play.most_orders = MOST_ORDERS - len(SCENES)
    cast = [client for client in play.trade.clients if client.opening == 0]
    for number, scene in enumerate(SCENES):
        day = last
        for _ in range(scene.back):
            day = calendar.at_or_before(day - timedelta(days=1))
        client = _of(play.trade, cast, scene, number)
        play.world.start(_scene(play.trade, client, scene), play.world.clock(day, scene.hour, scene.minute))
    _asides(play, last)
    play.world.start(_papers(play.trade), play.world.clock(last, 8, 50))
    return play


def _asides(play: Play, last: date) -> None:
    """Samples at each stage, a pass for materials that waits at the gate, somebody on leave since yesterday."""
    trade, world = play.trade, play.world
    calendar, before = world.calendar, world.calendar.at_or_before(last - timedelta(days=1))
    earlier = calendar.at_or_before(before - timedelta(days=2))
    world.start(asides.samples(trade, "sent", follow_up=1), world.clock(before, 9))
    world.start(asides.samples(trade, "sent", follow_up=2), world.clock(earlier, 9))
    world.start(asides.samples(trade, "approved"), world.clock(last, 8, 33))
    world.start(asides.samples(trade, "written"), world.clock(last, 9, 15))
    world.start(asides.waiting_at_the_gate(trade), world.clock(last, 9, 10))
    world.start(asides.on_leave(trade, "peng", "fang", 3, "休年假"), world.clock(before, 8, 20))


def _of(trade: Trade, cast: list[Client], scene: Scene, number: int) -> Client:
    """Every scene has a customer of its own; where a driver is to sign, one whose carrier has a driver who signs in."""
    if not scene.signs_in:
        return cast.pop(number % len(cast))
    return cast.pop(next(n for n, client in enumerate(cast) if trade.yard.wagons[client.carrier][0].signs_in))


def _scene(trade: Trade, client: Client, scene: Scene) -> Story:
    """The goods are chosen when the phone rings: enough of them on the shelf, or too few where production is to be asked."""
    free = _shelf(trade)
    goods = sorted(free, key=lambda product: (-free[product], str(product)))
    if scene.short:
        rare = goods[-1 - trade.world.random.randrange(3)]
        lines: tuple[tuple[UUID, int], ...] = ((rare, max(60, free[rare] + 80)),)
    else:
        some = trade.world.random.sample(goods[:PLENTY], scene.lines)
        lines = tuple((product, trade.world.random.randrange(4, 9) * 5) for product in some)
    plan = Plan(
        lines=lines, halts=scene.halts, brisk=True, answer=scene.answer, pays=scene.pays, warehouse=scene.warehouse, leaves=scene.leaves
    )
    yield from calling.order(trade, client, plan)


def _shelf(trade: Trade) -> dict[UUID, int]:
    """Free cartons of each product."""
    keys = dict(Product.objects.filter(uid__in=trade.yard.goods).order_by("id").values_list("id", "uid"))
    return {keys[key]: cartons for key, cartons in available(keys, trade.world.today()).items()}


def _papers(trade: Trade) -> Story:
    """Vouchers at each stage of their signatures; an opening balance to approve; a waiver for the head to decide."""
    world = trade.world
    for signed in (False, True, False):
        client = world.random.choice(trade.clients)
        kind, favours, least, most, label, papers = world.random.choice(paying.VOUCHERS)
        made = world.do(
            "prepare_voucher", "sun", customer=client.uid, kind=kind, favours=favours, amount=world.random.randrange(least, most, 100),
            label=label, papers=papers.format(n=world.random.randrange(400, 500)),
        )  # fmt: skip
        yield world.soon(5, 15)
        if signed:
            world.signs("xu", "voucher", made.uid, "finance")
    late = next((client for client in trade.clients if client.opening == 0), None)
    if late is not None:  # an old balance that was forgotten: it waits for another of finance, and the cut-over for it
        world.tries("prepare_opening", "zhou", customer=late.uid, amount=86_400, day=world.today() - timedelta(days=90), note="去年漏记的尾款")
    held = Claim.objects.filter(freed_at=None).values("item")
    credit = Item.objects.filter(rest_fen__lt=0).exclude(pk__in=held).order_by("-id").first()
    if credit is not None:  # a refund for the head to approve
        about = {"payee": "客户对公账户", "reason": "客户要求退还多汇的款", "papers": "退款申请"}
        world.tries("prepare_refund", "zhou", item=credit.uid, amount=-credit.rest_fen, **about)
    fine = undecided().first()
    if fine is not None:
        world.tries("propose_waiver", "he", fine=fine.uid, reason="司机途中车祸，交警证明随附")


def _counted(progress: Callable[[int, int], None]) -> Callable[[int], None]:
    def said(commands: int) -> None:
        if commands % 40 == 0:
            progress(min(commands, STEPS - 1), STEPS)

    return said
