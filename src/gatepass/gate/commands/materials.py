"""Materials that leave: from a list that the warehouse counts, on a second signature, which issues the pass (D10, C16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.approvals.separation import Part, Touch
from gatepass.catalogue.models import Product
from gatepass.gate.codes import typed
from gatepass.gate.events import MaterialCounted, MaterialsAsked
from gatepass.gate.models import Material, MaterialLine, MaterialsOut
from gatepass.gate.routes import MATERIALS
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, update
from gatepass.people.rows import empty, too_long
from gatepass.pinyin import normal
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(material=("物料", "material"), pieces=("数量", "pieces"), lines=("哪些物料", "which materials"), unit=("单位", "unit"))
once("one_material_of_a_name", refusal("清单上已有这种物料", "This material is on the list already", field="name"))


@dataclass(frozen=True)
class MaterialPieces:
    """Pieces of one material."""

    material: Annotated[UUID, Of("material")]
    pieces: int


@command(may=Power.KEEP_STOCK, title=Text("清点物料", "Count a material"))
def count_material(
    case: Case,
    *,
    name: Annotated[str, Called(Text("什么物料", "which material"))],
    unit: str,
    pieces: int,
) -> Ref:
    """Put a material on the list, or set what there is of it as counted."""
    known = Material.objects.select_for_update(no_key=True).filter(name__iexact=name.strip()).first()
    row = known or Material(uid=case.new_id(), name=name.strip(), unit=unit.strip(), counted_by=case.actor.person)
    case.decide(
        MaterialCounted(material=row.uid, pieces=pieces),
        reasons=[
            *_a_product(name), *empty(name=name, unit=unit), *too_long(name=(name, 60), unit=(unit, 10)),
            None if 0 <= pieces <= 1_000_000 else refusal("数量在 0 到 1000000 之间", "From 0 to 1,000,000", field="pieces"),
        ],
    )
    if known is None:
        row.on_hand = pieces
        add(row)
    else:
        update(row, on_hand=pieces, unit=unit.strip(), counted_by=case.actor.person)
    return Ref("material", row.uid, row.name)


@command(may=None, title=Text("申请物料出门", "Ask for materials to leave"))
def ask_for_materials(
    case: Case,
    *,
    lines: list[MaterialPieces],
    plate: str,
    reason: Annotated[str, Called(Text("为什么出门、给谁", "why and to whom"), long=True)],
) -> Ref:
    """What is to leave, out of what the warehouse counted; somebody else signs, and with that the pass is issued."""
    powerless = act_with(case, Power.ISSUE_PASS, Power.KEEP_STOCK)
    found = lock_materials([one.material for one in lines])
    uid = case.new_id()
    case.decide(
        MaterialsAsked(materials_out=uid, pieces=sum(one.pieces for one in lines)),
        reasons=[
            powerless,
            *empty(plate=plate, reason=reason),
            *too_long(plate=(plate, 20), reason=(reason, 300)),
            None if lines else refusal("至少写一种物料", "Name a material at least", field="lines"),
            *(_wrong(n, one, found[one.material]) for n, one in enumerate(lines)),
            *(_counted(found[one.material]) for one in lines if found[one.material].counted_by == case.actor.person),
            refusal("同一种物料写了两行", "A material is named twice", field="lines") if len(found) < len(lines) else None,
        ],
    )
    made = MaterialsOut(
        uid=uid, number=take_number("WL", case.at), plate=typed(plate), reason=reason, written_by=case.actor.person, written_at=case.at
    )
    add(made)
    add(*(MaterialLine(out=made, material=found[one.material], pieces=one.pieces) for one in lines))
    said = {
        "plate": made.plate, "reason": reason,
        "lines": [{"material": found[one.material].name, "unit": found[one.material].unit, "pieces": one.pieces} for one in lines],
    }  # fmt: skip
    counted = [Touch(by, None, Part.CHANGED) for by in sorted({found[one.material].counted_by for one in lines})]
    bind(case, MATERIALS, uid, number=made.number, data=numbered(1, said), touched=counted)
    return Ref("materials_out", uid, made.number)


def _a_product(name: str) -> list[Reason]:
    """Products leave by notice, sample or return, out of stock: nothing of their name is a material, however it is written."""
    text = normal(name)
    found = next((one for one in Product.objects.only("name", "code") if normal(one.name) in text or normal(one.code) == text), None)
    if not text or found is None:
        return []
    return [Reason(
        what=Text("“{name}”是产品，不是物料", "“{name}” is a product, no material").fill(name=found.name), field="name", clause="D10",
        cure=Text("产品凭发货通知、样品或退货出门；物料写它本身的名称", "Products leave by notice, sample or return; a material has its own name"),
    )]  # fmt: skip


def _counted(row: Material) -> Reason:
    return Reason(
        what=Text("{name} 是您清点的，请别人申请出门", "You counted {name}: somebody else asks for it to leave").fill(name=row.name), clause="M1"
    )


def lock_materials(uids: list[UUID]) -> dict[UUID, Material]:
    """By id, locked in one order. Raises NotFound."""
    rows = Material.objects.select_for_update(no_key=True).filter(uid__in=uids).order_by("id")
    found = {row.uid: row for row in rows}
    if set(found) != set(uids):
        raise NotFound("material")
    return found


def _wrong(n: int, one: MaterialPieces, row: Material) -> Reason | None:
    if 0 < one.pieces <= row.on_hand:
        return None
    what = Text("{name} 在清单上只有 {have}{unit}", "{name}: the list has only {have} {unit}")
    return Reason(
        what=what.fill(name=row.name, have=row.on_hand, unit=row.unit), field=f"lines.{n}.pieces",
        cure=Text("数量要大于零；清单不对，请仓库先清点", "More than zero; if the list is wrong, have the warehouse count first"),
    )  # fmt: skip
