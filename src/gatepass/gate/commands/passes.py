"""Issuing gate passes for loads; voiding passes of every kind."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db.models import F

from gatepass.dispatch.models import Notice
from gatepass.gate.events import CopiesCollected, GatePassIssued, GatePassVoided
from gatepass.gate.issuing import as_issued
from gatepass.gate.models import GatePass, Material, MaterialLine, Release
from gatepass.gate.sheets import EXPIRED, keep_pass
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import add, find, update
from gatepass.roles import Position, Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import Beyond, Reason, refusal
from gatepass.transport import loads
from gatepass.transport.loads import Manifest
from gatepass.transport.locking import Held, lock_trip, one
from gatepass.transport.models import Trip
from gatepass.words import Text

name_fields(
    sales_copy=("业务联已收", "sales copy collected"), finance_copy=("财务联已收", "finance copy collected"),
    customer_copy=("已提醒带客户联", "reminded of the customer's copy"), plate=("车牌", "plate"),
)  # fmt: skip
IN_FORCE = refusal("这车已经有一张有效的出门条", "This trip has a gate pass in force already", clause="D10")
once("one_pass_in_force_a_trip", IN_FORCE)


@command(may=Power.ISSUE_PASS, title=Text("开出门条", "Issue a gate pass"))
def issue_gate_pass(
    case: Case,
    *,
    trip: Annotated[UUID, Of("trip")],
    sales_copy: bool,
    finance_copy: bool = False,
    customer_copy: bool = False,
) -> Ref:
    """One pass for one departure of a loaded trip. Every clause of money, approval, picking, signature and waybill speaks here."""
    held = lock_trip(case, trip, orders=True)
    known = loads.manifest(held.carried)
    uid, old = (
        case.new_id(),
        find(GatePass, lock=True, trip_id=held.trip.id, voided_at=None),
    )
    outdated = old is not None and old.valid_until <= case.at and held.trip.left_at is None
    issued = GatePassIssued(
        gate_pass=uid, trip=trip, vehicle=held.trip.vehicle.uid, carrier=held.carrier.uid, notices=held.notices, orders=held.orders,
        cartons=held.cartons, sales_copy=sales_copy,
        finance_copy=finance_copy, customer_copy=customer_copy,
    )  # fmt: skip
    events: list[Event] = [issued]
    if old is not None and outdated:
        events.append(GatePassVoided(gate_pass=old.uid, trip=trip, reason="expired"))
    case.decide(*events, reasons=[*departure(held, known), IN_FORCE if old is not None and not outdated else None])
    if old is not None:
        void(case, old, EXPIRED.zh)
    row = GatePass(
        uid=uid, trip=held.trip, plate=held.trip.vehicle.plate, load=load_on_paper(held),
        sales_copy=sales_copy, finance_copy=finance_copy, customer_copy=customer_copy, **as_issued(case, uid, held.cartons),
    )  # fmt: skip
    add(row)
    update(held.trip, pass_issued_at=case.at)
    keep_pass(case, row, held, loads.loaded(known, held.consignments))
    return Ref("gate_pass", row.uid, row.number)


@command(may=Power.ISSUE_PASS, title=Text("作废出门条", "Void a gate pass"))
def void_gate_pass(case: Case, *, gate_pass: Annotated[UUID, Of("gate_pass")], reason: str) -> Ref:
    """Before it is used. The vehicle's load may then be changed again."""
    seen = one(GatePass, "gate_pass", gate_pass, related=("trip",))
    if seen.trip is not None:
        lock_trip(case, seen.trip.uid)
    row = one(GatePass, "gate_pass", gate_pass, lock=True)
    used = Release.objects.filter(gate_pass=row).exists()
    case.decide(
        GatePassVoided(gate_pass=gate_pass, trip=seen.trip.uid if seen.trip else None, reason=reason),
        reasons=[
            refusal(
                "出门条已经用过",
                "The pass was used",
                cure=Text("车回来了请登记返回", "If the vehicle came back, record that"),
                beyond=Beyond.MEANT,
            )
            if used
            else None,
            refusal("出门条已经作废", "The pass is void already") if row.voided_at else None,
            None if reason else refusal("写明原因", "Say why", field="reason"),
        ],
    )
    void(case, row, reason)
    if row.kind == "material" and row.source is not None:
        _back_on_the_list(row.source)
    return Ref("gate_pass", row.uid, row.number)


@command(may=Power.ISSUE_PASS, title=Text("补收财务联、客户联", "Collect the copies still owed"))
def collect_copies(case: Case, *, gate_pass: Annotated[UUID, Of("gate_pass")]) -> Ref:
    """The copy for finance is here and the driver was told of the customer's, after the pass went out without one of them."""
    row = one(GatePass, "gate_pass", gate_pass, lock=True, related=("trip",))
    done = refusal("两联都收齐了", "Both copies are in") if row.finance_copy and row.customer_copy else None
    none = refusal("这张出门条没有这两联", "This pass has no such copies") if row.trip is None else None
    case.decide(CopiesCollected(gate_pass=gate_pass, trip=row.trip.uid if row.trip else gate_pass), reasons=[none or done])
    update(row, finance_copy=True, customer_copy=True)
    return Ref("gate_pass", row.uid, row.number)


def departure(held: Held, known: Manifest) -> list[Reason | None]:
    """Why a trip cannot leave, apart from the clauses."""
    trip, notices = held.trip, held.carried
    wanted, stored = loads.loaded(known, held.consignments), loads.stored(known, held.consignments)
    changed = [row.notice.number for row in held.consignments if wanted[row.id].shape != stored[row.id]]
    changed += [notice.number for notice in loads.overdrawn(known) if notice.number not in changed]
    return [
        refusal("这个车次已取消", "This trip was cancelled") if trip.voided_at else None,
        refusal("车已经出门；回来过的货要重新安排车次", "It has left; goods that came back go on a new trip") if trip.left_at else None,
        None if trip.loaded_at else _not_loaded(trip),
        None if held.consignments else refusal("车上没有货", "There is nothing on the vehicle"),
        *(_again(trip, number) for number in changed),
        *(_void_notice(trip, notice) for notice in notices if notice.voided_at),
    ]


def _not_loaded(trip: Trip) -> Reason:
    return Reason(
        what=Text("{number} 还没有装完车", "{number} is not loaded yet").fill(number=trip.number),
        clause="D10",
        cure=Text("仓库装完点清后再开", "The warehouse finishes loading first"),
        who=Position.WAREHOUSE,
        command="finish_loading",
        given={"trip": str(trip.uid)},
    )


def _again(trip: Trip, number: str) -> Reason:
    return Reason(
        what=Text(
            "{number} 装车后改过版，车上还是旧数",
            "{number} was changed after loading; the vehicle still has the old load",
        ).fill(number=number),
        clause="D10",
        cure=Text("按新版补装、重新清点签字", "Load by the new version, count and sign again"),
        who=Position.WAREHOUSE,
        command="finish_loading",
        given={"trip": str(trip.uid)},
    )


def _void_notice(trip: Trip, notice: Notice) -> Reason:
    return Reason(
        what=Text("{number} 已作废", "{number} is void").fill(number=notice.number),
        clause="D10",
        cure=Text("把它从车上撤下", "Take it off the vehicle"),
        who=Position.CLIENT_ADMIN,
        command="take_notice_off_trip",
        given={"trip": str(trip.uid), "notice": str(notice.uid)},
    )


def load_on_paper(held: Held) -> list[dict[str, Any]]:
    """What the pass is for: it holds for these versions of these notices only."""
    return [
        {
            "notice": str(row.notice.uid), "number": row.notice.number, "version": row.notice.version, "consignment": row.number,
            "cartons": row.cartons,
        }
        for row in held.consignments
    ]  # fmt: skip


def _back_on_the_list(source: UUID) -> None:
    """Materials that do not leave after all are there again."""
    for line in MaterialLine.objects.filter(out__uid=source).select_related("material").order_by("material_id"):
        Material.objects.filter(id=line.material_id).update(on_hand=F("on_hand") + line.pieces)


def void(case: Case, row: GatePass, reason: str) -> None:
    update(row, voided_at=case.at, voided_by=case.actor.person, voided_why=reason)
    if row.trip_id:
        Trip.objects.filter(id=row.trip_id).update(pass_issued_at=None)
