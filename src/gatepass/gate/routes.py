"""What of the gate is signed: materials that leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.gate.issuing import Source, keep_other, other_issued
from gatepass.gate.models import Material, MaterialLine, MaterialsOut
from gatepass.journal.door import Case
from gatepass.journal.rows import update
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason
from gatepass.words import Text, same

PIECES: Final = Text("{n} {unit}", "{n} {unit}")


def _subject(case: Case, uid: UUID) -> Subject:
    """The paper with its materials, all locked."""
    row = MaterialsOut.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if row is None:
        raise NotFound("materials_out")
    lines = list(MaterialLine.objects.filter(out=row).order_by("material_id"))
    listed = Material.objects.select_for_update(no_key=True).filter(id__in=[line.material_id for line in lines]).order_by("id")
    stock = {one.id: one for one in listed}
    for line in lines:
        line.material = stock[line.material_id]
    return Subject(uid=uid, row=(row, lines), reasons=[_short(line) for line in lines])


def _short(line: MaterialLine) -> Reason | None:
    there = line.material.on_hand
    what = Text("{name} 在清单上只有 {have}{unit}", "{name}: the list has only {have} {unit}")
    return Reason(what=what.fill(name=line.material.name, have=there, unit=line.material.unit)) if line.pieces > there else None


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.carrier is None and any(sight.may(one) for one in (Power.ISSUE_PASS, Power.KEEP_STOCK, Power.SEE_COMPANY))


def _said(sight: Sight, data: Data) -> list[Line]:
    return [
        *(Line(one["material"], same(one["material"]), PIECES.fill(n=one["pieces"], unit=one["unit"])) for one in data["lines"]),
        Line("plate", Text("车牌", "plate"), same(str(data["plate"]))),
        Line("reason", Text("为什么出门、给谁", "why and to whom"), same(str(data["reason"]))),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    return same("、".join(f"{one['material']} {one['pieces']}{one['unit']}" for one in data["lines"]))


def _issued(case: Case, given: Given) -> Sequence[Event]:
    return [other_issued(_source(given))]


def _source(given: Given) -> Source:
    row, lines = given.subject.row
    what = "、".join(f"{line.material.name} {line.pieces}{line.material.unit}" for line in lines)
    return Source("material", row.uid, sum(line.pieces for line in lines), f"{row.number} {what}", row.reason)


def _pass(case: Case, given: Given) -> None:
    """The pass is issued, and what leaves is off the list."""
    row, lines = given.subject.row
    keep_other(case, _source(given), row.plate)
    for line in lines:
        update(line.material, on_hand=line.material.on_hand - line.pieces)
    update(row, passed_at=case.at)


def _back(case: Case, given: Given) -> None:
    update(given.subject.row[0], returned_at=case.at)


MATERIALS: Final = route(
    code="materials", kind="materials_out", title=Text("物料出门", "materials to leave"), article="D10",
    steps=(Step(code="second", power=Power.APPROVE_SALES, text=Text("另一人同意", "somebody else agrees"), position=Position.SALES_MANAGER),),
    subject=_subject, sees=_sees, said=_said, headline=_headline, page="/approvals/materials/{subject}/", signed=_issued, then=_pass,
    sent_back=_back,
)  # fmt: skip
