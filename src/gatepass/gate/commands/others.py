"""Passes for what is no order's goods: each names its source, nothing leaves on free text (D10, C16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from gatepass.dispatch.models import Sample, SampleLine
from gatepass.dispatch.queries.samples import unfit_batches
from gatepass.dispatch.scope import lock_sample
from gatepass.gate.codes import typed
from gatepass.gate.commands.passes import as_issued
from gatepass.gate.events import OtherPassIssued
from gatepass.gate.models import GatePass, Release
from gatepass.gate.sheets import keep_pass
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.rows import add
from gatepass.people.rows import empty
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.stock import returning
from gatepass.words import Text

AGAIN = refusal("已经有一张出门条", "There is a pass for it already", clause="D10")
once("one_pass_in_force_a_source", AGAIN)


@dataclass(frozen=True)
class Source:
    """What a pass lets out: its kind, document, pieces, words for the paper, and why it leaves."""

    kind: str
    uid: UUID
    cartons: int
    what: str
    reason: str


@command(may=Power.ISSUE_PASS, title=Text("开样品出门条", "Issue a pass for samples"))
def issue_sample_pass(case: Case, *, sample: Annotated[UUID, Of("sample")], plate: str) -> Ref:
    """For samples that sales approved and the warehouse took out of stock; what has failed since does not leave."""
    found = lock_sample(case.actor, sample)
    lines = SampleLine.objects.filter(sample=found).select_related("product").order_by("position")
    what = "、".join(f"{line.product.name} {line.cartons}" for line in lines)
    source = Source("sample", found.uid, sum(line.cartons for line in lines), f"{found.number} {what}", found.purpose)
    return issue(case, source, plate, [None if found.sent_at else _not_handed_out(found), *unfit_batches(found.uid)])


@command(may=Power.ISSUE_PASS, title=Text("开退供应商出门条", "Issue a pass for a return to a supplier"))
def issue_return_pass(case: Case, *, supplier_return: Annotated[UUID, Of("supplier_return")], plate: str) -> Ref:
    """For cartons that the warehouse took out of a batch for a supplier; somebody else than it issues the pass."""
    row = returning.lock_return(supplier_return)
    what = f"{row.number} {row.batch.product.name} {row.batch.code} → {row.supplier}"
    source = Source("return", row.uid, row.cartons, what, row.reason)
    own = refusal("谁开的退供应商单，谁不能开出门条", "Who wrote the return does not issue its pass", clause="D10")
    return issue(case, source, plate, [returning.cancelled(row), own if row.written_by in case.actor.people() else None])


@command(may=Power.KEEP_STOCK, title=Text("取消退供应商", "Cancel a return to a supplier"))
def cancel_supplier_return(case: Case, *, supplier_return: Annotated[UUID, Of("supplier_return")], reason: str) -> Ref:
    """The cartons go back into their batch; not while a pass for them is in force, nor once they left."""
    row = returning.lock_return(supplier_return)
    case.decide(
        returning.back_into_stock(case, row, reason),
        reasons=[returning.cancelled(row), _on_a_pass(row.uid), None if reason else refusal("写明原因", "Say why", field="reason")],
    )
    returning.put_into_stock(case, row)
    return Ref("supplier_return", row.uid, row.number)


def issue(case: Case, source: Source, plate: str, reasons: list[Reason | None]) -> Ref:
    """A pass for this source and vehicle, once."""
    uid = case.new_id()
    case.decide(
        OtherPassIssued(gate_pass=uid, kind=source.kind, source=source.uid, cartons=source.cartons),
        reasons=[*reasons, *empty(plate=plate), _on_a_pass(source.uid)],
    )
    row = GatePass(
        uid=uid, kind=source.kind, source=source.uid, plate=typed(plate)[:20], load=[{"what": source.what, "reason": source.reason}],
        **as_issued(case, uid, source.cartons),
    )  # fmt: skip
    add(row)
    keep_pass(case, row, None, {})
    return Ref("gate_pass", row.uid, row.number)


def _on_a_pass(source: UUID) -> Reason | None:
    """In force, or used: what left has left."""
    known = GatePass.objects.filter(source=source)
    used = Release.objects.filter(gate_pass__in=known).exists()
    return AGAIN if used or known.filter(voided_at=None).exists() else None


def _not_handed_out(sample: Sample) -> Reason:
    approved = sample.approved_at is not None
    return Reason(
        what=Text("样品 {number} 还没有{what}", "Samples {number} are not {what} yet").fill(
            number=sample.number, what=Text("从库里发出", "out of stock") if approved else Text("审批", "approved")
        ),
        clause="C11",
        cure=Text("请仓库按批次发出", "Have the warehouse hand them out by batch") if approved else Text("请销售审批", "Have sales approve them"),
        who=Position.WAREHOUSE if approved else Position.SALES_MANAGER,
        command="send_sample" if approved else "",
        given={"sample": str(sample.uid)} if approved else {},
    )
