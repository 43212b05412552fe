"""Quality of a batch (D7): what fails after it was picked stops where it is; who holds it is told, what left is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from gatepass.dispatch import sql
from gatepass.dispatch.events import BatchCleared, BatchStopped
from gatepass.dispatch.models import Notice
from gatepass.journal.declaration import Of
from gatepass.journal.door import BUSY, Case, Ref, command
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import joined
from gatepass.journal.stopping import Stopped, stop
from gatepass.orders.models import Order
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import Refused, refusal
from gatepass.stock import keeping
from gatepass.stock.commands import lock_batch
from gatepass.stock.events import QualityDecided
from gatepass.stock.models import Batch, Quality
from gatepass.words import Text

NOT_PASSED = Text("所配批次不再合格", "a batch on it is no longer passed")
SAID = Text("{number} 所配批次 {code} 判为{quality}：{why}", "{number}: its batch {code} was found {quality}: {why}")


@dataclass(frozen=True)
class Holder:
    """A notice for which cartons of the batch were picked."""

    notice: Notice
    order: Order
    cartons: int

    @property
    def inside(self) -> bool:
        return self.notice.left_at is None and self.notice.voided_at is None


@command(may=Power.KEEP_STOCK, title=Text("判定质量", "Decide quality"))
def decide_quality(case: Case, *, batch: Annotated[UUID, Of("batch")], quality: Quality, reason: str) -> Ref:
    """A batch passes, is held or fails; only what passed is reserved, picked, loaded and released."""
    held = _lock_holders(batch)
    inside = [one for one in held if one.inside]
    voided, void = stop(case, Stopped(NOT_PASSED, notices=[] if quality is Quality.PASSED else [one.notice.uid for one in inside]))
    row = lock_batch(batch)
    if {one.notice.id for one in holders(batch)} != {one.notice.id for one in held}:
        raise Refused([BUSY])
    wrong = [
        refusal("质量已是这个结果", "The quality is that already") if row.quality == quality.value else None,
        None if reason else refusal("请写明依据", "Say on what grounds", field="reason"),
    ]
    case.decide(
        QualityDecided(batch=row.uid, product=row.product.uid, quality=quality.value, reason=reason),
        *(_cleared(row, inside) if quality is Quality.PASSED else _stopped(row, inside, quality)),
        *voided,
        reasons=wrong,
    )
    keeping.set_quality(row, quality)
    void()
    for one in held:
        said = SAID.fill(number=one.notice.number, code=row.code, quality=quality, why=reason)
        plan_note(case, order_id=one.order.id, kind="system", text=said)
    return Ref("batch", row.uid, f"{row.product.name} {row.code}")


def holders(batch: UUID) -> list[Holder]:
    """Who holds cartons of a batch, or sent them out."""
    return [Holder(notice, order, cartons) for notice, order, cartons in joined((Notice, Order), sql.HOLDERS, {"batch": batch})]


def _lock_holders(batch: UUID) -> list[Holder]:
    found = holders(batch)
    with prepared() as cursor:
        cursor.execute(sql.LOCK_HOLDERS, {"notices": [one.notice.id for one in found]})
    return holders(batch)


def _stopped(row: Batch, inside: list[Holder], quality: Quality) -> list[Event]:
    return [
        BatchStopped(notice=one.notice.uid, order=one.order.uid, batch=row.uid, cartons=one.cartons, quality=quality.value) for one in inside
    ]


def _cleared(row: Batch, inside: list[Holder]) -> list[Event]:
    """Notices that no other stopped batch holds up."""
    others = stopped_by_others(row.uid, [one.notice.id for one in inside])
    return [BatchCleared(notice=one.notice.uid, order=one.order.uid) for one in inside if one.notice.id not in others]


def stopped_by_others(batch: UUID, notices: list[int]) -> set[int]:
    """Those of the notices that hold cartons of another batch which has not passed."""
    with prepared() as cursor:
        cursor.execute(sql.STOPPED, {"batch": batch, "notices": notices})
        return {row[0] for row in cursor.fetchall()}
