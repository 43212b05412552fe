"""Picking and doubts in the model (D7)."""

from __future__ import annotations

from collections.abc import Iterator

from life.rules_notices import in_sight, unapproved
from life.things import CLIENT, WAREHOUSE, Doubt, Notice, count
from life.world import World, rule


def _started(world: World, who: str, notice: Notice) -> None:
    notice.picking = True


@rule("start_picking", WAREHOUSE, _started)
def start_picking(world: World, who: str, notice: Notice) -> Iterator[str]:
    in_sight(who, notice)
    if notice.fixed or notice.picking:
        yield ""
    if unapproved(notice):
        yield "D6"
    if world.unpaid(notice.order, notice, notice.lines) > world.signed(notice):
        yield "D4"


def not_in_hand(notice: Notice) -> Iterator[str]:
    if notice.fixed or not notice.picking:
        yield ""
    elif not notice.effective:
        yield "D6"


def _picked(world: World, who: str, notice: Notice, product: str, batches: dict[int, int]) -> None:
    for batch, cartons in batches.items():
        world.stock[product][batch] -= cartons
        notice.picked[product, batch] = notice.picked.get((product, batch), 0) + cartons
    world.pick(notice.order, product, sum(batches.values()))


@rule("pick_line", WAREHOUSE, _picked)
def pick_line(world: World, who: str, notice: Notice, product: str, batches: dict[int, int]) -> Iterator[str]:
    in_sight(who, notice)
    yield from not_in_hand(notice)
    shelf = world.stock[product]
    if not batches or any(cartons <= 0 or cartons > shelf[batch] for batch, cartons in batches.items()):
        yield ""
    if notice.taken(product) + sum(batches.values()) > sum(notice.lines[product]) or notice.doubtful:
        yield "D7"
    if sum(batches.values()) > world.reserved.get((notice.order, product), 0) + max(0, world.free(product)):
        yield ""
    made = world.made[product]
    last = max((made[batch] for batch, cartons in batches.items() if cartons), default=made[0])
    if any(made[batch] < last and shelf[batch] - batches.get(batch, 0) > 0 for batch in range(len(shelf))):
        yield "D7"


def _put_back(world: World, who: str, notice: Notice, product: str, batch: int, cartons: int) -> None:
    world.stock[product][batch] += cartons
    notice.picked[product, batch] -= cartons
    notice.finished = False
    world.reserve(notice.order, product, cartons)


@rule("put_back", WAREHOUSE, _put_back)
def put_back(world: World, who: str, notice: Notice, product: str, batch: int, cartons: int) -> Iterator[str]:
    in_sight(who, notice)
    if notice.fixed or not 0 < cartons <= notice.picked.get((product, batch), 0):
        yield ""


def incomplete(notice: Notice) -> bool:
    return notice.taken() != count(notice.lines)


def _finished(world: World, who: str, notice: Notice) -> None:
    notice.finished = True


@rule("finish_picking", WAREHOUSE, _finished)
def finish_picking(world: World, who: str, notice: Notice) -> Iterator[str]:
    in_sight(who, notice)
    yield from not_in_hand(notice)
    if notice.finished:
        yield ""
    if notice.doubtful or incomplete(notice):
        yield "D7"


def _doubted(world: World, who: str, notice: Notice) -> Doubt:
    made = Doubt(notice)
    notice.doubts.append(made)
    return made


@rule("raise_doubt", WAREHOUSE, _doubted)
def raise_doubt(world: World, who: str, notice: Notice) -> Iterator[str]:
    in_sight(who, notice)
    if notice.void or notice.left:
        yield ""


def _answered(world: World, who: str, doubt: Doubt) -> None:
    doubt.answered = True


@rule("answer_doubt", CLIENT, _answered)
def answer_doubt(world: World, who: str, doubt: Doubt) -> Iterator[str]:
    if doubt.answered:
        yield ""
