"""Changes of goods in the model (D8)."""

from __future__ import annotations

from collections.abc import Iterator

from life.rules_desk import covered, rest_ended
from life.rules_notices import in_sight, rewritten, too_much_picked, voided
from life.things import CLIENT, FINANCE, LEADERS, WAREHOUSE, Absent, Change, Goods, Notice, office, plus, value
from life.world import World, rule


def _proposed(world: World, who: str, notice: Notice, kind: str, product: str, other: str | None, cartons: int) -> Change:
    made = Change(notice, kind, product, other, cartons, who, notice.lines.get(product, (0, 0)), after_hours=not office(world.now))
    world.changes.append(made)
    return made


@rule("propose_change", None, _proposed)
def propose_change(
    world: World, who: str, notice: Notice, kind: str, product: str, other: str | None, cartons: int
) -> Iterator[str]:
    in_sight(who, notice)
    if who not in WAREHOUSE | CLIENT:
        yield "M1"
    most = sum(notice.lines.get(product, (0, 0)))
    if notice.fixed or cartons <= 0 or (kind != "extra" and cartons > most) or (kind == "substitute" and other in (None, product)):
        yield ""


def consented(world: World, who: str, change: Change, step: str) -> None:
    change.consented, change.after_hours, change.consenter = True, not office(world.now), who


def unconsented(world: World, who: str, change: Change, step: str, version: int) -> Iterator[str]:
    """Why this person does not consent."""
    yield from undeclined(world, who, change, step, version)
    if change.notice.fixed:
        yield ""
    if change.proposer == who:
        yield "D8"


def declined(world: World, who: str, change: Change, step: str) -> None:
    change.declined = True


def undeclined(world: World, who: str, change: Change, step: str, version: int) -> Iterator[str]:
    in_sight(who, change.notice)
    if who not in LEADERS:
        yield "M1"
    if change.withdrawn or version != change.version:
        yield "D8"
    if change.consented or change.declined or change.notice.order.cancelled:
        yield ""


def _withdrawn(world: World, who: str, change: Change) -> None:
    change.withdrawn = True


@rule("withdraw_change", None, _withdrawn)
def withdraw_change(world: World, who: str, change: Change) -> Iterator[str]:
    in_sight(who, change.notice)
    if who not in CLIENT | WAREHOUSE | LEADERS:
        yield "M1"
    if change.applied or change.declined:
        yield ""
    if change.withdrawn:
        yield "D8"


def amended(change: Change) -> tuple[Goods, list[tuple[str, int, int]]]:
    """The notice's lines with the change made, and by how much each product moves."""
    moves = []
    paid, gift = change.cartons, 0
    if change.kind != "extra":
        paid = min(change.cartons, change.line[0])
        gift = min(change.cartons - paid, change.line[1])
        moves.append((change.product, -paid, -gift))
    if change.kind != "short":
        moves.append((change.other or change.product, paid, gift))
    lines = dict(change.notice.lines)
    for product, more, free in moves:
        plus(lines, product, more, free)
    return {product: pair for product, pair in lines.items() if sum(pair)}, moves


def stale(change: Change) -> bool:
    """Made, declined, or the line has become smaller under the proposal."""
    if change.applied or change.declined:
        return True
    have = change.notice.lines.get(change.product)
    return change.kind != "extra" and (have is None or have[0] < change.line[0] or have[1] < change.line[1])


def _applied(world: World, who: str, change: Change) -> None:
    notice, order = change.notice, change.notice.order
    lines, moves = amended(change)
    if not lines:
        _emptied(world, who, change)
        return
    if change.kind != "short":
        added = value(lines) - value(notice.lines)
        was = order.covered
        world.worth(order, added)
        if order.covered and not was:
            covered(order)
        for product, paid, gift in moves:
            plus(order.lines, product, paid, gift)
            if paid + gift > 0:
                world.reserve(order, product, paid + gift)
            else:
                world.keep_at_most(order, product)
        order.ready = order.ready or (order.handed and not order.over and world.complete(order))
    change.applied = True
    if change.after_hours:
        notice.write(lines)
        notice.finished = False
    else:
        rewritten(notice, who, lines)
        world.rewritten(notice)
    change.made_in = notice.version


def _emptied(world: World, who: str, change: Change) -> None:
    """A notice of nothing is void; the last cartons of an order of which others left are not delivered."""
    notice, order = change.notice, change.notice.order
    change.applied, change.made_in = True, notice.version
    voided(world, who, notice)
    gone = sum(sum(pair) for pair in order.gone.values())
    if gone and sum(sum(pair) for pair in order.lines.values()) - gone == change.cartons:
        rest_ended(world, order)


@rule("apply_change", None, _applied)
def apply_change(world: World, who: str, change: Change) -> Iterator[str]:
    notice, order = change.notice, change.notice.order
    in_sight(who, notice)
    if who not in CLIENT and not (change.after_hours and who in WAREHOUSE):
        yield "M1"
    if not change.consented:
        yield "D8"
    if change.withdrawn and not change.applied and not change.declined:
        yield "D8"
    if notice.fixed or change.withdrawn or stale(change):
        yield ""
        return
    lines, _ = amended(change)
    if change.kind != "short" and world.free(change.other or change.product) < change.cartons:
        yield ""
    if too_much_picked(notice, lines):
        yield ""
    added = 0 if change.kind == "short" else value(lines) - value(notice.lines)
    signed = world.signed(notice, ahead=0 if change.after_hours else 1)
    if world.unpaid(order, notice, lines, added) > signed and (added > 0 or not change.after_hours):
        yield "D4"


def _told(world: World, who: str, change: Change) -> None:
    change.told = True


@rule("tell_change", CLIENT | LEADERS | {"yang", "qin", "chen", "xu"}, _told)
def tell_change(world: World, who: str, change: Change) -> Iterator[str]:
    in_sight(who, change.notice)
    if not change.consented or change.withdrawn:
        yield "D8"
    if change.told or change.notice.order.cancelled:
        yield ""


def countersigned(world: World, who: str, change: Change, step: str) -> None:
    change.countersigned = True


def uncountersigned(world: World, who: str, change: Change, step: str, version: int) -> Iterator[str]:
    """Why this person does not countersign for finance."""
    yield from unrefused(world, who, change, step, version)
    if who in (change.proposer, change.consenter):
        yield "D8"


def refused(world: World, who: str, change: Change, step: str) -> None:
    change.refused = True


def unrefused(world: World, who: str, change: Change, step: str, version: int) -> Iterator[str]:
    """Only what was consented to after hours is there to be countersigned."""
    in_sight(who, change.notice)
    if not (change.consented and change.after_hours):
        raise Absent
    if who not in FINANCE:
        yield "M1"
    if change.withdrawn or version != change.version:
        yield "D8"
    if change.countersigned or change.refused or change.notice.order.cancelled:
        yield ""


def stands_refused(world: World, notice: Notice) -> bool:
    """It carries a change that finance does not countersign."""
    return any(one.notice is notice and one.refused and one.made_in == notice.version for one in world.changes)
