"""Picking by batch (D7): the warehouse takes what the notice says, first expired first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast
from uuid import UUID

from gatepass.approvals.state import next_step
from gatepass.catalogue.models import Product
from gatepass.dispatch.aside import others_goods
from gatepass.dispatch.commands.quality import stopped_by_others
from gatepass.dispatch.events import BatchCleared, LinePicked, LinePutBack, PickingFinished, PickingStarted
from gatepass.dispatch.goods import picked
from gatepass.dispatch.models import Notice, NoticeLine, Pick
from gatepass.dispatch.scope import line_of, lock_notice
from gatepass.dispatch.standing import gone, needed
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.reading import joined
from gatepass.journal.rows import add, update
from gatepass.roles import Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.stock import keeping, reserving, sql
from gatepass.stock.models import Batch, Quality
from gatepass.words import Text
from gatepass.workcalendar.queries import calendar_of

name_fields(line=("货品行", "line"), batches=("批次", "batches"))


@dataclass(frozen=True)
class FromBatch:
    """Cartons taken out of one batch."""

    batch: Annotated[UUID, Of("batch")]
    cartons: int


@command(may=Power.PICK, title=Text("开始配货", "Start picking"))
def start_picking(case: Case, *, notice: Annotated[UUID, Of("notice")]) -> Ref:
    """The warehouse takes an approved notice in hand (D6)."""
    found = lock_notice(case.actor, notice, with_order=True)
    started = refusal("已经开始配货", "Picking has begun already") if found.picking_at else None
    case.decide(PickingStarted(notice=found.uid, order=found.order.uid), reasons=[gone(found), started])
    update(found, picking_at=case.at)
    return Ref("notice", found.uid, found.number)


@command(may=Power.PICK, title=Text("按批配货", "Pick a line"), about="line")
def pick_line(
    case: Case,
    *,
    notice: Annotated[UUID, Of("notice")],
    line: Annotated[UUID, Of("line")],
    batches: list[FromBatch],
) -> Ref:
    """Take cartons for a line out of batches: stock moves, and the order's reservation shrinks by as much."""
    found = lock_notice(case.actor, notice)
    wanted = line_of(found, line, lock_product=True)
    taken = _summed(batches)
    day = calendar_of(case.actor).local(case.at).date()
    rows = _lock_batches(list(taken), found.order.uid)
    products = {row.product.uid for row in rows.values()}
    case.decide(
        LinePicked(
            notice=found.uid, order=found.order.uid, line=wanted.uid,
            product=next(iter(products - {wanted.product.uid}), wanted.product.uid),
            batches=tuple(taken), cartons=tuple(taken.values()), day=day,
        ),
        reasons=[gone(found), _not_in_hand(found), *_not_there(rows, taken, batches), _too_many(case, found, wanted, rows, taken, day)],
    )  # fmt: skip
    keeping.take(case, taken=[(rows[uid], cartons) for uid, cartons in taken.items()], document=found.uid)
    add(*(_pick(case, wanted, rows[uid], cartons) for uid, cartons in taken.items()))
    reserving.picked(case, order=found.order.uid, product_id=wanted.product_id, cartons=sum(taken.values()))
    return Ref("notice", found.uid, found.number)


@command(may=Power.PICK, title=Text("退回货位", "Put back"), about="notice")
def put_back(
    case: Case,
    *,
    notice: Annotated[UUID, Of("notice")],
    batch: Annotated[UUID, Of("batch")],
    cartons: int,
    reason: str,
    line: Annotated[UUID | None, Of("line")] = None,
) -> Ref:
    """Picked cartons go back into their batch and are set aside for the order again. line: the one that has the batch, if left out."""
    found = lock_notice(case.actor, notice)
    wanted = line_of(found, line or _line_with(found, batch), lock_product=True)
    row = _lock_batches([batch], found.order.uid)[batch]
    own = Pick.objects.filter(line__notice=found, line__position=wanted.position, batch=row)
    have = sum(own.values_list("cartons", flat=True))
    beyond = Text("这一行从批次 {code} 只配了 {have} 件", "Only {have} cartons of batch {code} are on this line").fill(
        code=row.code, have=have
    )
    case.decide(
        LinePutBack(notice=found.uid, order=found.order.uid, line=wanted.uid, batch=row.uid, cartons=cartons, reason=reason),
        *_off_it(found, row, cartons),
        reasons=[
            gone(found),
            None if 0 < cartons <= have else Reason(what=beyond, field="cartons"),
            needed(reason),
        ],
    )
    keeping.put_back(case, batch=row, cartons=cartons, document=found.uid, note=reason)
    add(_pick(case, wanted, row, -cartons))
    reserving.put_back(order=found.order.uid, product_id=wanted.product_id, cartons=cartons)
    update(found, picked_at=None)
    return Ref("notice", found.uid, found.number)


@command(may=Power.PICK, title=Text("配货完成", "Finish picking"))
def finish_picking(case: Case, *, notice: Annotated[UUID, Of("notice")]) -> Ref:
    """Everything is picked as noticed, no doubt is open (D7): ready to be loaded."""
    found = lock_notice(case.actor, notice)
    done = refusal("已经配完", "Picking is finished already") if found.picked_at else None
    case.decide(
        PickingFinished(notice=found.uid, order=found.order.uid, cartons=sum(picked(found).values())),
        reasons=[gone(found), _not_in_hand(found), done],
    )
    update(found, picked_at=case.at)
    return Ref("notice", found.uid, found.number)


def _line_with(notice: Notice, batch: UUID) -> UUID:
    """The line as it stands now for which cartons of the batch were picked. Raises NotFound."""
    places = Pick.objects.filter(line__notice=notice, batch__uid=batch).values("line__position")
    line = NoticeLine.objects.filter(notice=notice, until_version=None, position__in=places).order_by("position").first()
    if line is None:
        raise NotFound("line")
    return line.uid


def _off_it(notice: Notice, batch: Batch, cartons: int) -> list[BatchCleared]:
    """With the last cartons of a stopped batch nothing holds up the notice any more, unless another one does."""
    if batch.quality == Quality.PASSED.value:
        return []
    there = sum(Pick.objects.filter(line__notice=notice, batch=batch).values_list("cartons", flat=True))
    rest = there > cartons or bool(stopped_by_others(batch.uid, [notice.id]))
    return [] if rest else [BatchCleared(notice=notice.uid, order=notice.order.uid)]


def _pick(case: Case, line: NoticeLine, batch: Batch, cartons: int) -> Pick:
    return Pick(line=line, batch=batch, cartons=cartons, by=case.actor.person, at=case.at, entry=case.entry)


def _not_in_hand(notice: Notice) -> Reason | None:
    if notice.picking_at is None:
        return refusal(
            "还没有开始配货", "Picking has not begun", cure=Text("先按“开始配货”", "Start picking first"),
            who=Position.WAREHOUSE, command="start_picking", given={"notice": str(notice.uid)},
        )  # fmt: skip
    if notice.effective_at is None:
        what = Text("通知单改到第 {version} 版，还没有审批", "The notice has a version {version} that is not approved yet")
        cure = Text("先停下，等财务、销售审批", "Stop, and wait for finance and sales to approve it")
        return Reason(
            clause="D6", what=what.fill(version=notice.version), cure=cure, command="sign", given=next_step("notice", notice.uid),
        )  # fmt: skip
    return None


def _summed(batches: Sequence[FromBatch]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for one in batches:
        found[one.batch] = found.get(one.batch, 0) + one.cartons
    return found


def _lock_batches(uids: list[UUID], order: UUID) -> dict[UUID, Batch]:
    """Batches locked in order of their ids, with what of their product is set aside for an order. Raises NotFound when one is not there."""
    found = {}
    asked = {"batches": uids, "order": order}
    for row, product, aside in cast(list[tuple[Batch, Product, int]], joined((Batch, Product), sql.LOCK_BATCHES, asked)):
        row.product, vars(row)["aside"] = product, aside
        found[row.uid] = row
    if set(uids) != set(found):
        raise NotFound("batch")
    return found


def _too_many(case: Case, notice: Notice, line: NoticeLine, rows: dict[UUID, Batch], taken: dict[UUID, int], day: date) -> Reason | None:
    """Beyond what is set aside for the order only what is set aside for nobody is picked."""
    own = [row for row in rows.values() if row.product_id == line.product_id]
    aside = max((getattr(row, "aside", 0) for row in own), default=0)
    return others_goods(case.actor, line.product, notice.order, aside, sum(taken[row.uid] for row in own), day)


def _not_there(rows: dict[UUID, Batch], taken: dict[UUID, int], given: Sequence[FromBatch]) -> list[Reason | None]:
    problems: list[Reason | None] = [] if given else [refusal("至少选一个批次", "Choose a batch at least", field="batches")]
    if any(one.cartons <= 0 for one in given):
        problems.append(refusal("件数要大于零", "The number of cartons must be above zero", field="batches"))
    what = Text("批次 {code} 只有 {have} 件", "Batch {code} has only {have} cartons")
    for uid, cartons in taken.items():
        if cartons > rows[uid].on_hand:
            problems.append(Reason(what=what.fill(code=rows[uid].code, have=rows[uid].on_hand), field="batches"))
    return problems
