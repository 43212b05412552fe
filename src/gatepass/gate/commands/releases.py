"""The guard's commands: release once, on a pass or on an authority; stop what does not agree."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from gatepass.gate import sql
from gatepass.gate.codes import plate_seen, typed
from gatepass.gate.commands.passes import departure
from gatepass.gate.events import AuthorityUsed, VehicleReleased, VehicleStopped
from gatepass.gate.leaving import Let, departure_of, release
from gatepass.gate.models import Authority, GatePass, Mismatch
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.reading import joined
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Beyond, Reason, Refused, refusal
from gatepass.transport import loads
from gatepass.transport.commands.loading import PHOTO_BYTES, Picture
from gatepass.transport.locking import Held, lock_trip, one
from gatepass.transport.models import Trip
from gatepass.transport.pictures import picture
from gatepass.words import Text

USED = refusal(
    "这张出门条用过了",
    "This pass was used",
    clause="D10",
    cure=Text("一张出门条只放行一次", "A pass lets out once"),
    beyond=Beyond.MEANT,
)
GONE = refusal("这一车已经放行过", "This trip was released already", clause="D10")
UNKNOWN = refusal(
    "没有这张出门条", "There is no such gate pass", clause="D10", field="code",
    cure=Text("看清编码再输；截图、照片不能当出门条", "Read the code again; a picture of a pass is no pass"),
)  # fmt: skip
UNREAD_SEALS = Text("铅封还没有核对", "The seals were not checked")
OTHER_SEALS = Text("铅封号 {seen} 与装车时记下的不符", "Seal {seen} is not the one written down at loading")
once("gate_release_gate_pass_id_key", USED)
once("gate_release_trip_id_key", GONE)
name_fields(
    authority=("委托书", "authority"),
    copies_collected=("业务联已收下", "sales copies collected"),
    guard=("门卫", "guard"),
)
Code = Annotated[str, Called(Text("出门条编码", "code of the pass"))]


@command(may=Power.RELEASE, title=Text("门卫放行", "Release a vehicle"))
def release_vehicle(
    case: Case,
    *,
    code: Code = "",
    gate_pass: Annotated[UUID | None, Of("gate_pass")] = None,
    plate: str,
    cartons: int,
    seals: str = "",
) -> Ref:
    """Once, for that vehicle and load. The goods become the customers' debt now.

    plate: as it stands before the guard, whole or its last three letters or digits; cartons: what he read off the papers in hand.
    """
    row = _find(code, gate_pass)
    if row is None:
        raise Refused([UNKNOWN])
    held = lock_trip(case, row.trip.uid, orders=True) if row.trip else None
    row = one(GatePass, "gate_pass", row.uid, lock=True)
    seen = plate_seen(plate, row.plate)
    left = departure_of(held, loads.manifest(held.carried)) if held else None
    released = VehicleReleased(
        trip=held.trip.uid if held else None, gate_pass=row.uid, authority=None, plate=seen, cartons=cartons, person=case.actor.person,
        notices=held.notices if held else (), orders=held.orders if held else (),
    )  # fmt: skip
    case.decide(released, *(left.events if left else ()), reasons=[_seals(held, seals), *_changed(held, row)])
    release(case, Let(plate=seen, cartons=cartons, seals=seals, gate_pass=row.id), left)
    return Ref("gate_pass", row.uid, row.number)


@command(may=Power.RELEASE, title=Text("凭委托放行", "Release on authority"), about="trip")
def release_on_authority(
    case: Case,
    *,
    authority: Annotated[UUID, Of("authority")],
    trip: Annotated[UUID, Of("trip")],
    plate: str,
    cartons: int,
    copies_collected: bool,
    seals: str = "",
) -> Ref:
    """After hours the guard collects the copies and lets out what the authority names; all that holds for a pass holds here."""
    held = lock_trip(case, trip, orders=True)
    row = one(Authority, "authority", authority, lock=True)
    seen = plate_seen(plate, held.trip.vehicle.plate)
    known = loads.manifest(held.carried)
    left = departure_of(held, known)
    released = VehicleReleased(
        trip=trip, gate_pass=None, authority=authority, plate=seen, cartons=cartons, person=case.actor.person, notices=held.notices,
        orders=held.orders, copies_collected=copies_collected,
    )  # fmt: skip
    used = AuthorityUsed(
        authority=authority, trip=trip, vehicle=held.trip.vehicle.uid, carrier=held.carrier.uid, notices=held.notices, orders=held.orders,
        person=case.actor.person, responsible=row.guard,
    )  # fmt: skip
    handed = (
        refusal("这份委托的联已经交回，不能再用", "Its copies were handed over: it is spent", clause="D10") if row.handed_over_at else None
    )
    case.decide(released, used, *left.events, reasons=[_seals(held, seals), handed, *departure(held, known)])
    release(case, Let(plate=seen, cartons=cartons, seals=seals, authority=row.id, copies=copies_collected), left)
    return Ref("trip", held.trip.uid, held.trip.number)


@command(may=Power.RELEASE, title=Text("车货不符，拦下", "Stop a vehicle"))
def stop_vehicle(
    case: Case,
    *,
    code: Code = "",
    plate: str = "",
    what: Annotated[str, Called(Text("哪里不符", "what does not agree"), long=True)],
    photo: Picture = "",
) -> Ref:
    """Vehicle and load do not agree with the paper, or there is none."""
    row = _find(code, None)
    data, wrong = picture(photo, PHOTO_BYTES)
    case.decide(
        VehicleStopped(gate_pass=row.uid if row else None, plate=plate, why=what),
        reasons=[wrong, None if what else refusal("写明哪里不符", "Say what does not agree", field="what")],
    )
    Mismatch.objects.create(gate_pass=row, guard=case.actor.person, at=case.at, plate=plate[:20], what=what[:300], photo=data or None)
    return Ref("gate_pass", row.uid, row.number) if row else Ref("mismatch", case.entry, plate)


def _find(code: str, uid: UUID | None) -> GatePass | None:
    known = {"uid": uid, "code": None} if uid is not None else {"uid": None, "code": typed(code) or None}
    for row, trip in joined((GatePass, Trip), sql.FOUND, known):
        row.trip = trip
        return cast(GatePass, row)
    return None


def _seals(held: Held | None, seen: str) -> Reason | None:
    """Seals that were recorded at loading are looked at. Who reads a wrong number off the doors is not told the right one."""
    if held is None or not held.trip.seals or typed(seen) == typed(held.trip.seals):
        return None
    if not seen.strip():
        return Reason(what=UNREAD_SEALS, clause="D10", field="seals", cure=Text("看车门，把铅封号填上", "Read the seals on the doors and enter them"))
    cure = Text("再看一遍车门；还不符就拦下，叫仓库来看", "Read the doors again; if it stays different, stop the vehicle and call the warehouse")
    return Reason(what=OTHER_SEALS.fill(seen=seen.strip()[:40]), clause="D10", field="seals", cure=cure)


def _changed(held: Held | None, row: GatePass) -> list[Reason]:
    """A pass holds for the versions of the notices that it was issued for."""
    issued = {one["notice"]: one["version"] for one in row.load if "notice" in one}
    notices = [one.notice for one in held.consignments] if held else []
    return [
        Reason(
            what=Text("{number} 在开条之后改过版或作废", "{number} was changed or voided after the pass was issued").fill(
                number=notice.number
            ),
            clause="D10",
            cure=Text("请司机回发货台：作废这张，重新装车、另开", "Back to the desk: it voids this pass, has the goods loaded anew, issues another"),
            who=Position.CLIENT_ADMIN,
            command="void_gate_pass",
            given={"gate_pass": str(row.uid)},
        )
        for notice in notices
        if notice.voided_at or issued.get(str(notice.uid)) != notice.version
    ]
