"""What is no order's goods, and who is away: samples (C11), passes for materials (C16), a person on leave whose deputy acts for him (R7)."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Final
from uuid import UUID

from gatepass.catalogue.models import Product
from gatepass.dispatch.models import Sample
from gatepass.gate.models import GatePass
from gatepass.people.models import Holding
from gatepass.simulation.deals import Trade
from gatepass.simulation.world import Story
from gatepass.stock.models import Batch
from gatepass.stock.reserving import available

PURPOSES: Final = ("新客户试口味", "参加糖酒会展样", "客户要换包装，先寄样确认")
OUTCOMES: Final = ("口味满意，下月试单", "嫌咸，研发改配方后再寄", "价格谈不拢，先放着")
MATERIALS: Final = (("旧托盘", "个", 24, "退托盘厂换新"), ("废纸箱", "捆", 40, "卖给回收站"))
SUPPLIERS: Final = (("郫都椒业", "含水超标"), ("川南玻璃", "瓶口有裂"))
LEAVES: Final = ((4, "zhou", "cao", 2, "去重庆对账"), (9, "peng", "fang", 2, "休年假"))
"""Working days from the first, who is away, who acts for him, for how many working days, why."""


def sampling(trade: Trade) -> Story:
    """Every few days a customer asks for samples."""
    world = trade.world
    while True:
        yield world.on(world.working_day(world.random.randrange(2, 4)), 9, 15)
        world.start(samples(trade))


def samples(trade: Trade, halts: str = "", follow_up: int = 3) -> Story:
    """One sample notice: written by the desk, approved, sent on a pass of its own, followed up. It may halt at a stage."""
    world, client = trade.world, trade.world.random.choice(trade.clients)
    product, batch = _plenty(trade)
    made = world.do(
        "issue_sample_notice", client.desk, customer=client.uid, lines=[{"product": product, "cartons": 1}], recipient=client.short_name,
        address=f"{client.city.full}样品收件处", phone="13800000000", purpose=world.random.choice(PURPOSES), cost="96.00",
        follow_up_on=world.working_day(follow_up),
    )  # fmt: skip
    if halts == "written":
        return
    yield world.office(10, 120)
    world.signs("he", "sample", made.uid, "sales")
    if halts == "approved":
        return
    yield world.office(20, 200)
    if world.tries("send_sample", "deng", sample=made.uid, batches=[{"batch": batch, "cartons": 1}]) is None:
        return
    yield from _out(trade, "issue_sample_pass", 1, sample=made.uid)
    if halts == "sent":
        return
    yield world.on(Sample.objects.get(uid=made.uid).follow_up_on, 9, 16)
    world.do("follow_up_sample", client.desk, sample=made.uid, outcome=world.random.choice(OUTCOMES))


def _plenty(trade: Trade) -> tuple[UUID, UUID]:
    """The product of which most is free, and the batch of it that has most."""
    free = available(list(Product.objects.filter(uid__in=trade.yard.goods).values_list("id", flat=True)), trade.world.today())
    product = max(sorted(free), key=lambda one: free[one])
    shelf = Batch.objects.filter(product_id=product, quality="passed", on_hand__gt=0, expires_on__gt=trade.world.today())
    batch = shelf.select_related("product").order_by("-on_hand", "id")[0]
    return batch.product.uid, batch.uid


def carting(trade: Trade) -> Story:
    """Now and then pallets, waste or raw material for the supplier leave on a pass of their own."""
    world = trade.world
    for turn in count():
        yield world.on(world.working_day(world.random.randrange(2, 5)), 9, 16)
        if turn % 2 == 0:
            supplier, why = world.random.choice(SUPPLIERS)
            _, batch = _plenty(trade)
            back = world.tries("return_to_supplier", "deng", batch=batch, cartons=2, supplier=supplier, reason=why)
            if back is not None:
                yield from _out(trade, "issue_return_pass", 2, supplier_return=back.uid)
        else:
            yield from _materials(trade, *world.random.choice(MATERIALS))


def _materials(trade: Trade, name: str, unit: str, pieces: int, why: str, *, leaves: bool = True) -> Story:
    """Counted by the warehouse, asked for by the desk, signed by the sales manager: with that the pass is issued."""
    world, plate = trade.world, f"川A·{trade.world.random.randrange(10_000, 99_999)}"
    kept = world.do("count_material", "deng", name=name, unit=unit, pieces=pieces + world.random.randrange(5, 60))
    lines = [{"material": kept.uid, "pieces": pieces}]
    asked = world.do("ask_for_materials", "lin", lines=lines, plate=plate, reason=why)
    yield world.office(10, 90)
    if world.signs("he", "materials", asked.uid, "second") is None:
        return
    yield world.soon(5, 40)
    if leaves:
        _leaves(trade, GatePass.objects.get(source=asked.uid), plate, pieces)


def _out(trade: Trade, command: str, pieces: int, **source: UUID) -> Story:
    world, plate = trade.world, f"川A·{trade.world.random.randrange(10_000, 99_999)}"
    made = world.tries(command, "lin", plate=plate, **source)
    if made is None:
        return
    yield world.soon(5, 40)
    _leaves(trade, GatePass.objects.get(uid=made.uid), plate, pieces)


def _leaves(trade: Trade, row: GatePass, plate: str, pieces: int) -> None:
    world = trade.world
    if row.voided_at is None:
        guard = "feng" if world.calendar.in_office_hours(world.at) else "niu"
        world.do("release_vehicle", guard, code=row.code, plate=plate, cartons=pieces)


def waiting_at_the_gate(trade: Trade) -> Story:
    """A pass for materials that is in force, its vehicle not at the gate yet."""
    yield from _materials(trade, *MATERIALS[1], leaves=False)


def going_away(trade: Trade) -> Story:
    """Who travels or is on leave names a deputy, who acts for him meanwhile."""
    world, first = trade.world, trade.world.today()
    for after, away, deputy, days, why in LEAVES:
        day = first
        for _ in range(after):
            day = world.calendar.next_working_day(day)
        yield world.clock(day, 8)
        leave(trade, away, deputy, days, why)


def leave(trade: Trade, away: str, deputy: str, days: int, why: str) -> None:
    """From now until the end of so many working days the deputy acts in this person's place."""
    world = trade.world
    post = Holding.objects.filter(person__uid=world.people[away]).order_by("id").select_related("post")[0].post
    until = world.calendar.midnight_after(world.working_day(days - 1))
    world.do(
        "name_deputy", away, post=post.uid, person=world.people[deputy], represented=world.people[away], since=world.at, until=until,
        reason=why,
    )  # fmt: skip
    world.away[away] = (until - timedelta(seconds=1), deputy)


def on_leave(trade: Trade, away: str, deputy: str, days: int, why: str) -> Story:
    leave(trade, away, deputy, days, why)
    yield from ()
