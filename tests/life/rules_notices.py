"""Notices and their approvals in the model (D4, D6)."""

from __future__ import annotations

from collections.abc import Iterator

from life.things import CLIENT, DESK, FINANCE, LEADERS, WAREHOUSE, Absent, Goods, Notice, Order
from life.world import World, rule

SIDES = {"finance": FINANCE, "sales": LEADERS}


def in_sight(who: str, notice: Notice) -> None:
    """The desk sees its notices, the warehouse those that were effective once, nobody else any."""
    if who not in DESK and not (who in WAREHOUSE and notice.known):
        raise Absent


def chosen(free: Goods, asked: dict[str, tuple[int, int]] | None) -> tuple[Goods, bool]:
    """What a notice takes of what is open, and whether more was asked for than is open."""
    if not asked or not any(sum(pair) for pair in asked.values()):
        everything = {product: pair for product, pair in free.items() if sum(pair)}
        return everything, not everything
    lines, beyond = {}, False
    for product, (paid, gift) in asked.items():
        most = free.get(product, (0, 0))
        beyond |= paid > most[0] or gift > most[1]
        part = (min(paid, most[0]), min(gift, most[1]))
        if sum(part):
            lines[product] = part
    return lines, beyond


def _issued(world: World, who: str, order: Order, lines: Goods | None) -> Notice:
    made = Notice(order, chosen(world.open(order), lines)[0], who, since=world.now)
    made.writers |= order.hands
    unpaid = world.unpaid(order, None, made.lines)
    world.notices.append(made)
    if unpaid:
        world.take_up(made, unpaid)
    return made


@rule("issue_notice", CLIENT, _issued)
def issue_notice(world: World, who: str, order: Order, lines: Goods | None) -> Iterator[str]:
    goods, wrong = chosen(world.open(order), lines)
    if wrong or order.over:
        yield ""
    if not order.confirmed:
        yield "D2"
    if world.unpaid(order, None, goods) > world.signed_next(order):
        yield "D4"


def rewritten(notice: Notice, who: str, lines: Goods) -> None:
    """Another version: both approvals fall, nothing is picked in full."""
    notice.writers |= {notice.writer, *notice.order.hands}
    notice.version, notice.writer = notice.version + 1, who
    notice.write(lines)
    notice.approvals, notice.returned, notice.effective, notice.finished = {}, False, False, False
    notice.waits = {"finance", "sales"}


def next_lines(world: World, notice: Notice, lines: Goods | None) -> tuple[Goods, bool]:
    return chosen(world.open(notice.order, notice), lines) if lines else (notice.lines, False)


def too_much_picked(notice: Notice, lines: Goods) -> bool:
    return any(notice.taken(product) > sum(lines.get(product, (0, 0))) for product in ("A", "B"))


def _changed(world: World, who: str, notice: Notice, lines: Goods | None) -> None:
    rewritten(notice, who, next_lines(world, notice, lines)[0])
    world.rewritten(notice)


@rule("change_notice", CLIENT, _changed)
def change_notice(world: World, who: str, notice: Notice, lines: Goods | None) -> Iterator[str]:
    goods, wrong = next_lines(world, notice, lines)
    if notice.fixed or wrong or too_much_picked(notice, goods):
        yield ""
    if world.unpaid(notice.order, notice, goods) > world.signed(notice, ahead=1):
        yield "D4"


def voided(world: World, who: str, notice: Notice) -> None:
    notice.void = True
    notice.waits.clear()
    world.void_wishes([wish for wish in world.wishes if wish.notice is notice])
    for doubt in notice.doubts:
        doubt.answered = True
    for change in world.changes:
        if change.notice is notice and not (change.applied or change.declined or change.withdrawn):
            change.withdrawn, change.declined = change.consented, not change.consented


@rule("void_notice", CLIENT, voided)
def void_notice(world: World, who: str, notice: Notice) -> Iterator[str]:
    if notice.fixed or notice.taken():
        yield ""


def signed(world: World, who: str, notice: Notice, side: str) -> None:
    notice.approvals[side] = who
    notice.waits.discard(side)
    if len(notice.approvals) == 2:
        notice.effective = notice.known = True


def unsigned(world: World, who: str, notice: Notice, side: str, version: int) -> Iterator[str]:
    """Why this person does not approve this version for this side."""
    in_sight(who, notice)
    if who not in SIDES[side]:
        yield "M1"
    if notice.fixed or notice.returned or side in notice.approvals:
        yield ""
    if world.unpaid(notice.order, notice, notice.lines) > world.signed(notice):
        yield "D4"
    if notice.fixed or notice.returned or side in notice.approvals:
        return
    if version != notice.version or who == notice.writer or who in notice.approvals.values() or who in notice.writers:
        yield "D6"


def sent_back(world: World, who: str, notice: Notice, side: str) -> None:
    notice.returned = True
    notice.waits.clear()


def not_sent_back(world: World, who: str, notice: Notice, side: str, version: int) -> Iterator[str]:
    in_sight(who, notice)
    if who not in SIDES[side]:
        yield "M1"
    if notice.fixed or notice.returned or notice.effective:
        yield ""
    elif version != notice.version:
        yield "D6"


def unapproved(notice: Notice) -> bool:
    return len(notice.approvals) < 2
