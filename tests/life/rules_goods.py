"""Notices, approvals, picking, doubts and changes of goods in the model (D4, D6, D7, D8)."""

from __future__ import annotations

from collections.abc import Iterator

from life.world import CLIENT, DESK, FINANCE, LEADERS, WAREHOUSE, Absent, Change, Doubt, Goods, Notice, Order, World, count, office, plus, rule, value

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
    made = Notice(order, chosen(world.open(order), lines)[0], who)
    world.notices.append(made)
    return made


@rule("issue_notice", CLIENT, _issued)
def issue_notice(world: World, who: str, order: Order, lines: Goods | None) -> Iterator[str]:
    goods, wrong = chosen(world.open(order), lines)
    if wrong or order.over:
        yield ""
    if not order.confirmed:
        yield "D2"
    if world.unpaid(order, None, goods) > order.signed:
        yield "D4"


def rewritten(notice: Notice, who: str, lines: Goods) -> None:
    """Another version: both approvals fall, nothing is picked in full."""
    notice.writers.add(notice.writer)
    notice.version, notice.writer, notice.lines = notice.version + 1, who, lines
    notice.approvals, notice.returned, notice.effective, notice.finished = {}, False, False, False
    notice.waits = {"finance", "sales"}


def next_lines(world: World, notice: Notice, lines: Goods | None) -> tuple[Goods, bool]:
    return chosen(world.open(notice.order, notice), lines) if lines else (notice.lines, False)


def too_much_picked(notice: Notice, lines: Goods) -> bool:
    return any(notice.taken(product) > sum(lines.get(product, (0, 0))) for product in ("A", "B"))


def _changed(world: World, who: str, notice: Notice, lines: Goods | None) -> None:
    rewritten(notice, who, next_lines(world, notice, lines)[0])


@rule("change_notice", CLIENT, _changed)
def change_notice(world: World, who: str, notice: Notice, lines: Goods | None) -> Iterator[str]:
    goods, wrong = next_lines(world, notice, lines)
    if notice.fixed or wrong or too_much_picked(notice, goods):
        yield ""
    if world.unpaid(notice.order, notice, goods) > notice.order.signed:
        yield "D4"


def _voided(world: World, who: str, notice: Notice) -> None:
    notice.void = True
    notice.waits.clear()
    for doubt in notice.doubts:
        doubt.answered = True
    for change in world.changes:
        if change.notice is notice and not (change.applied or change.declined or change.withdrawn):
            change.withdrawn, change.declined = change.consented, not change.consented


@rule("void_notice", CLIENT, _voided)
def void_notice(world: World, who: str, notice: Notice) -> Iterator[str]:
    if notice.fixed or notice.taken():
        yield ""


def _approved(world: World, who: str, notice: Notice, side: str, version: int) -> None:
    notice.approvals[side] = who
    notice.waits.discard(side)
    if len(notice.approvals) == 2:
        notice.effective = notice.known = True


@rule("approve_notice", None, _approved)
def approve_notice(world: World, who: str, notice: Notice, side: str, version: int) -> Iterator[str]:
    in_sight(who, notice)
    if who not in SIDES[side]:
        yield "M1"
    if notice.fixed or notice.returned or side in notice.approvals:
        yield ""
    elif version != notice.version or who == notice.writer or who in notice.approvals.values() or (who in SIDES[side] and who in notice.writers):
        yield "D6"


def _returned(world: World, who: str, notice: Notice, side: str) -> None:
    notice.returned = True
    notice.waits.clear()


@rule("refuse_approval", None, _returned)
def refuse_approval(world: World, who: str, notice: Notice, side: str) -> Iterator[str]:
    in_sight(who, notice)
    if who not in SIDES[side]:
        yield "M1"
    if notice.fixed or notice.returned or notice.effective:
        yield ""


def unapproved(notice: Notice) -> bool:
    return len(notice.approvals) < 2


def _started(world: World, who: str, notice: Notice) -> None:
    notice.picking = True


@rule("start_picking", WAREHOUSE, _started)
def start_picking(world: World, who: str, notice: Notice) -> Iterator[str]:
    in_sight(who, notice)
    if notice.fixed or notice.picking:
        yield ""
    if unapproved(notice):
        yield "D6"


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
    last = max((batch for batch, cartons in batches.items() if cartons), default=0)
    if any(shelf[batch] - batches.get(batch, 0) > 0 for batch in range(last)):
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


def _consented(world: World, who: str, change: Change) -> None:
    change.consented, change.after_hours = True, not office(world.now)


@rule("consent_change", None, _consented)
def consent_change(world: World, who: str, change: Change) -> Iterator[str]:
    in_sight(who, change.notice)
    if who not in LEADERS:
        yield "M1"
    if change.withdrawn:
        yield "D8"
    elif change.consented or change.declined:
        yield ""
    if change.notice.fixed:
        yield ""
    if change.proposer == who:
        yield "D8"


def _declined(world: World, who: str, change: Change) -> None:
    change.declined = True


@rule("decline_change", LEADERS, _declined)
def decline_change(world: World, who: str, change: Change) -> Iterator[str]:
    in_sight(who, change.notice)
    if change.withdrawn:
        yield "D8"
    elif change.consented or change.declined:
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
    if change.kind != "short":
        added = value(lines) - value(notice.lines)
        order.remit = world.asked(order, added)
        order.committed += added
        for product, paid, gift in moves:
            plus(order.lines, product, paid, gift)
            if paid + gift > 0:
                world.reserve(order, product, paid + gift)
            else:
                world.keep_at_most(order, product)
        order.ready = order.ready or (order.handed and not order.over and world.complete(order))
    change.applied = True
    if change.after_hours:
        notice.lines, notice.finished = lines, False
    else:
        rewritten(notice, who, lines)


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
    if world.unpaid(order, notice, lines, added) > order.signed and (added > 0 or not change.after_hours):
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


def _countersigned(world: World, who: str, change: Change) -> None:
    change.countersigned = True


@rule("countersign_change", FINANCE, _countersigned)
def countersign_change(world: World, who: str, change: Change) -> Iterator[str]:
    in_sight(who, change.notice)
    if not change.consented or change.withdrawn:
        yield "D8"
    if not change.after_hours or change.countersigned or change.notice.order.cancelled:
        yield ""
