"""The gate pass as a paper (A5, four copies, QR code), frozen when it is issued."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.gate.codes import spaced
from gatepass.gate.models import GatePass, Release
from gatepass.journal.door import Case
from gatepass.papers import sheets
from gatepass.papers.keeping import keep
from gatepass.papers.shapes import Cited, Copy, Live, Signature, Vehicle, Voided
from gatepass.people.firm import firm
from gatepass.people.models import Person
from gatepass.roles import Power, Sight
from gatepass.transport.loads import Load
from gatepass.transport.locking import Held
from gatepass.transport.models import Consignment, Count
from gatepass.transport.queries import signatures
from gatepass.transport.sheets import drawn, vehicle_of
from gatepass.words import Text, recalled, same

COPIES = (
    Copy(key="stub", name=Text("第一联 存根", "1 Stub")),
    Copy(key="finance", name=Text("第二联 财务", "2 Finance")),
    Copy(key="guard", name=Text("第三联 门卫", "3 Guard")),
    Copy(key="sales", name=Text("第四联 业务", "4 Sales")),
)
D10 = Cited(clause="D10", text=Text("一条一车一货，用后即销；截图、涂改无效", "one vehicle, one load, once; no copies, no alterations"))
EXPIRED: Final = Text("过期", "expired")


def void_told(why: str) -> Text | None:
    """Why a pass is void: the program's own word in both languages, what somebody typed as it is; None where it is not."""
    return recalled(why, (EXPIRED,)) if why else None


def keep_pass(case: Case, row: GatePass, held: Held | None, loads: dict[int, Load]) -> None:
    """Freeze a pass as it was issued."""
    own = firm()
    weight = sum(one.weight_g for one in held.consignments) if held else 0
    sheet = sheets.GatePass(
        company=own.name,
        number=row.number,
        made_at=case.at,
        vehicle=vehicle_of(held.trip, held.carrier.name) if held else Vehicle(plate=row.plate),
        cartons=row.cartons,
        goods=_goods(loads) if held else same(str(row.load[0]["what"])[:300]),
        valid_until=row.valid_until,
        aboard=tuple(
            sheets.Aboard(
                notice=one.notice.number, version=one.notice.version, consignee=one.notice.order.customer.name, cartons=one.cartons,
                outbound=one.number, waybill=one.waybill.number,
            )
            for one in (held.consignments if held else ())
        ),
        code=spaced(row.code),
        link=row.code,
        kilograms=Decimal(weight) / 1000 if held else None,
        waybill_state=Text("必填项齐全", "complete") if held else None,
        sales_copy=Text("已收，{who}", "received, {who}").fill(who=case.actor.name) if row.sales_copy else None,
        call=own.phone,
        copies=COPIES,
        clauses=(D10,),
    )  # fmt: skip
    keep(sheet, subject_kind="gate_pass", subject_uid=row.uid, entry=case.entry)


def _goods(loads: dict[int, Load]) -> Text:
    """Families with their cartons, the largest first; at the end how many more."""
    sums: Counter[str] = Counter()
    for load in loads.values():
        for piece in load.pieces:
            sums[piece.line.product.family or piece.line.product.name] += piece.cartons + piece.gift
    one = Text("{name} {cartons} 件", "{name} {cartons}")
    listed = [one.fill(name=name, cartons=cartons) for name, cartons in sums.most_common(8)]
    if len(sums) > 8:
        listed.append(Text("等 {n} 种", "{n} kinds in all").fill(n=len(sums)))
    return Text("，".join(each.zh for each in listed), ", ".join(each.en for each in listed))


def may_read(sight: Sight, subject: UUID) -> bool:
    return any(sight.may(power) for power in (Power.ISSUE_PASS, Power.SEE_COMPANY)) or (
        sight.may(Power.RELEASE) and Release.objects.filter(gate_pass__uid=subject, guard=sight.person).exists()
    )


def live(subject: UUID, version: int) -> Live:
    """Who issued, counted, signed and released, as it is now."""
    row = GatePass.objects.select_related("trip").get(uid=subject)
    released = Release.objects.filter(gate_pass=row).first()
    counts = list(Count.objects.filter(trip=row.trip).order_by("-id")[:1]) if row.trip else []
    people = [row.issued_by, *(one.person for one in counts), *([released.guard] if released else [])]
    names = dict(Person.objects.filter(uid__in=people).values_list("uid", "name"))
    signed = [Signature(role=Text("开条（发货台）", "Issued (desk)"), name=names.get(row.issued_by, ""), at=row.issued_at)]
    if row.trip:
        carriers = list(signatures(Consignment.objects.filter(trip=row.trip, voided_at=None)).values())[:1]
        signed += [Signature(role=Text("承运人", "Carrier"), name=one.name, at=one.at, png=drawn(one)) for one in carriers]
        signed += [Signature(role=Text("仓库", "Warehouse"), name=names.get(one.person, ""), at=one.at) for one in counts]
    guard = Text("门卫放行", "Guard")
    signed.append(Signature(role=guard, name=names.get(released.guard, ""), at=released.at) if released else Signature(role=guard))
    voided = Voided(at=row.voided_at, reason=void_told(row.voided_why) or same("—")) if row.voided_at else None
    return Live(signatures=tuple(signed), voided=voided)

