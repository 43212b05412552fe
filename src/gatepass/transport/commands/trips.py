"""Putting shipping notices on vehicles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.carriers.models import Carrier, Driver, Vehicle
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_numbers
from gatepass.journal.reading import joined
from gatepass.journal.rows import add, update
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Beyond, NotFound, Reason, refusal
from gatepass.transport import loads, sql, steps
from gatepass.transport.events import NoticeTakenOff, TripVoided
from gatepass.transport.loads import Load, Manifest, Piece
from gatepass.transport.locking import Held, lock_notices, lock_trip
from gatepass.transport.models import Trip
from gatepass.words import Text

name_fields(
    notices=("发货通知单", "shipping notices"), lines=("装哪些", "what of them"), gift=("搭赠", "giveaway"),
    line=("通知单行", "notice line"),
    use_other_forwarder_reason=("改用别家的原因", "why another forwarder"),
)  # fmt: skip
OTHER = Text("未用客户指定托运单位，改用{carrier}：{why}", "Not the forwarder that the customer designated, but {carrier}: {why}")
EMPTY = Text("车上的货已全部卸下", "everything was unloaded")
once("one_consignment", refusal("这张通知单已经在这车上了", "This notice is on the trip already", field="notices"))


@dataclass(frozen=True)
class LoadLine:
    """Part of a notice: cartons and giveaway cartons of one of its lines."""

    line: Annotated[UUID, Of("notice_line")]
    cartons: int
    gift: int = 0


@command(may=Power.ARRANGE_TRANSPORT, title=Text("安排车辆", "Arrange a vehicle"), about="notices")
def arrange_trip(
    case: Case,
    *,
    vehicle: Annotated[UUID, Of("vehicle")],
    driver: Annotated[UUID, Of("driver")],
    day: date,
    notices: list[Annotated[UUID, Of("notice")]],
    lines: list[LoadLine] | None = None,
    use_other_forwarder_reason: str = "",
    note: Annotated[str, Called(Text("备注", "note"), long=True)] = "",
) -> Ref:
    """One vehicle's one departure with what of the notices is on no trip yet, or with the `lines` given for some of them."""
    truck, at_the_wheel = _chosen(vehicle, driver)
    known = loads.manifest(lock_notices(notices))
    made, wrong = _wanted(known, lines or [])
    trip = Trip(
        vehicle=truck, driver=at_the_wheel, carrier=truck.carrier.uid, day=day, arranged_by=case.actor.person,
        arranged_at=case.at, note=note,
    )  # fmt: skip
    other = _other_forwarder(made, truck.carrier)
    case.decide(
        steps.arranged(trip, truck.carrier.uid, made),
        reasons=[
            *_vehicle(truck, at_the_wheel, day, case.at),
            *wrong,
            *_movable(known.notices),
            _must_explain(other, truck.carrier, use_other_forwarder_reason),
        ],
    )
    numbers = take_numbers(case.at, CC=1, CK=len(made), TY=len(made))
    trip.number = numbers["CC"][0]
    add(trip)
    steps.put_on(trip, truck.carrier, known, _parts(made, lines or []), numbers)
    _say_other(case, other, truck.carrier, use_other_forwarder_reason)
    return Ref("trip", trip.uid, trip.number)


@command(may=Power.ARRANGE_TRANSPORT, title=Text("加装一张通知单", "Add a notice to a trip"), about="notice")
def add_notice_to_trip(
    case: Case,
    *,
    trip: Annotated[UUID, Of("trip")],
    notice: Annotated[UUID, Of("notice")],
    lines: list[LoadLine] | None = None,
    use_other_forwarder_reason: str = "",
) -> Ref:
    """Put what is left of a notice (or the given lines) on a vehicle that is not loaded yet."""
    known = loads.manifest(lock_notices([notice]))
    held = lock_trip(case, trip)
    made, wrong = _wanted(known, lines or [])
    other = _other_forwarder(made, held.carrier)
    everything = [*loads.loaded(loads.manifest(held.carried), held.consignments).values(), *made]
    case.decide(
        steps.arranged(held.trip, held.carrier.uid, everything),
        reasons=[
            *open_trip(held),
            *wrong,
            *_movable(known.notices),
            _must_explain(other, held.carrier, use_other_forwarder_reason),
        ],
    )
    numbers = take_numbers(case.at, CK=len(made), TY=len(made))
    steps.put_on(held.trip, held.carrier, known, _parts(made, lines or []), numbers)
    _say_other(case, other, held.carrier, use_other_forwarder_reason)
    return Ref("trip", held.trip.uid, held.trip.number)


@command(may=None, title=Text("卸下一张通知单", "Unload a notice"), about="notice")
def take_notice_off_trip(case: Case, *, trip: Annotated[UUID, Of("trip")], notice: Annotated[UUID, Of("notice")]) -> Ref:
    """Unloaded where it was loaded, by the desk or by the warehouse, at any hour: the notice waits for another vehicle, its outbound
    order and waybill are void. With the last of its notices the trip is cancelled."""
    powerless = act_with(case, Power.ARRANGE_TRANSPORT, Power.PICK)
    held = lock_trip(case, trip)
    found = next((row for row in held.consignments if row.notice.uid == notice), None)
    if found is None:
        raise NotFound("notice")
    last = len(held.consignments) == 1
    case.decide(
        NoticeTakenOff(trip=trip, notice=notice, order=found.order, consignment=found.uid, carrier=held.carrier.uid),
        *([TripVoided(trip=trip, carrier=held.carrier.uid, reason=EMPTY.zh)] if last else []),
        reasons=[powerless, *gone_or_passed(held.trip)],
    )
    steps.void_consignments(case, [found])
    update(held.trip, loaded_at=None, **({"voided_at": case.at, "voided_why": EMPTY.zh} if last else {}))
    return Ref("trip", held.trip.uid, held.trip.number)


@command(may=Power.ARRANGE_TRANSPORT, title=Text("取消车次", "Cancel a trip"))
def void_trip(case: Case, *, trip: Annotated[UUID, Of("trip")], reason: str) -> Ref:
    """The vehicle does not go; its notices wait for another one."""
    held = lock_trip(case, trip)
    case.decide(
        TripVoided(trip=trip, carrier=held.carrier.uid, reason=reason),
        reasons=[*gone_or_passed(held.trip), needed(reason)],
    )
    steps.void_consignments(case, held.consignments)
    update(held.trip, voided_at=case.at, voided_why=reason)
    return Ref("trip", held.trip.uid, held.trip.number)


def needed(reason: str) -> Reason | None:
    return None if reason else refusal("写明原因", "Say why", field="reason")


def gone_or_passed(trip: Trip) -> list[Reason]:
    """Why a trip's load cannot be changed any more."""
    found = []
    if trip.voided_at:
        found.append(refusal("这个车次已取消", "This trip was cancelled"))
    if trip.left_at:
        found.append(
            refusal(
                "车已经出门",
                "The vehicle has left",
                cure=Text("随车回来的货另安排车次", "Goods that came back go on another trip"),
                beyond=Beyond.MEANT,
            )
        )
    elif trip.pass_issued_at:
        found.append(
            refusal(
                "出门条已开，装载不能再动",
                "A gate pass is in force: the load is frozen",
                clause="D10",
                cure=Text("先作废出门条", "Void the pass first"),
                who=Position.CLIENT_ADMIN,
                command="void_gate_pass",
                given={"trip": str(trip.uid)},
            )
        )
    return found


def open_trip(held: Held) -> list[Reason]:
    """Why nothing can be put on a trip."""
    full = refusal("车已装完点清，不能再加", "It is loaded and counted", cure=Text("另安排一车", "Arrange another vehicle"), command="arrange_trip")
    return [*gone_or_passed(held.trip), *([full] if held.trip.loaded_at else [])]


def _chosen(vehicle: UUID, driver: UUID) -> tuple[Vehicle, Driver]:
    """Vehicle, with its carrier, and driver. Raises NotFound."""
    rows = joined((Vehicle, Carrier, Driver), sql.VEHICLE_AND_DRIVER, {"vehicle": vehicle, "driver": driver})
    if not rows:
        raise NotFound("vehicle")
    truck, carrier, at_the_wheel = cast(tuple[Vehicle, Carrier, Driver], rows[0])
    truck.carrier = carrier
    return truck, at_the_wheel


def _wanted(known: Manifest, lines: Sequence[LoadLine]) -> tuple[list[Load], list[Reason]]:
    """What goes on the trip, and why it cannot: nothing left, more than is left, lines of other notices."""
    rows = known.notices
    left = {load.notice.id: load for load in loads.remaining(known)}
    present = {line.uid: line for line in known.lines.values() if line.until_version is None}
    reasons = [] if rows else [refusal("选要装的通知单", "Choose the notices to load", field="notices")]
    chosen: dict[int, list[Piece]] = {}
    for asked in lines:
        line = present.get(asked.line)
        rest = _left_of(line, left) if line else None
        if rest is None:
            reasons.append(
                refusal(
                    "有一行不在这些通知单上，或已装完",
                    "A line is not on these notices, or all of it is on trips",
                    field="lines",
                )
            )
        elif not (0 <= asked.cartons <= rest.cartons and 0 <= asked.gift <= rest.gift and asked.cartons + asked.gift):
            reasons.append(_too_many(rest))
        else:
            chosen.setdefault(rest.line.notice_id, []).append(Piece(rest.line, asked.cartons, asked.gift))
    made = [Load(row, tuple(chosen[row.id])) if row.id in chosen else left[row.id] for row in rows]
    reasons += [_nothing_left(load.notice) for load in made if not load.pieces]
    return made, reasons


def _left_of(line: NoticeLine, left: Mapping[int, Load]) -> Piece | None:
    load = left.get(line.notice_id)
    return next((piece for piece in load.pieces if piece.line.id == line.id), None) if load else None


def _too_many(rest: Piece) -> Reason:
    return Reason(
        what=Text("{product} 只剩 {cartons} 件、搭赠 {gift} 件没装", "{product}: {cartons} cartons and {gift} free are left").fill(
            product=rest.line.product.name, cartons=rest.cartons, gift=rest.gift
        ),
        field="lines",
    )


def _nothing_left(notice: Notice) -> Reason:
    what = Text("{number} 已全部排上车", "All of {number} is on trips already").fill(number=notice.number)
    return Reason(what=what, field="notices")


def _movable(rows: Sequence[Notice]) -> list[Reason]:
    void = Text("{number} 已作废", "{number} is void")
    gone = Text("{number} 已出门", "{number} has left")
    return [
        Reason(what=(void if row.voided_at else gone).fill(number=row.number), field="notices")
        for row in rows
        if row.voided_at or row.left_at
    ]


def _vehicle(truck: Vehicle, driver: Driver, day: date, at: datetime) -> list[Reason | None]:
    past = day < at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    idle = not (truck.active and driver.active and truck.carrier.active)
    return [
        refusal("司机不是这家承运单位的", "The driver is not this carrier's", field="driver")
        if driver.carrier_id != truck.carrier_id
        else None,
        refusal("车辆、司机或承运单位已停用", "Vehicle, driver or carrier is no longer used", field="vehicle") if idle else None,
        refusal("日期已经过去", "The day is past", field="day") if past else None,
    ]


def _other_forwarder(made: Sequence[Load], carrier: Carrier) -> list[Load]:
    """Loads whose customers designated somebody else (C21)."""
    return [load for load in made if load.notice.order.customer.forwarder not in (None, carrier.uid)]


def _must_explain(other: Sequence[Load], carrier: Carrier, why: str) -> Reason | None:
    if not other or why:
        return None
    customers = [load.notice.order.customer for load in other]
    names = dict(Carrier.objects.filter(uid__in=[one.forwarder for one in customers]).values_list("uid", "name"))
    wished = "、".join(dict.fromkeys(f"{one.short_name}（{names.get(one.forwarder or carrier.uid, '?')}）" for one in customers))
    return Reason(
        clause="C21",
        what=Text("客户指定了别的托运单位：{wished}", "Customers designated another forwarder: {wished}").fill(wished=wished),
        cure=Text("改用客户指定的单位，或写明为何改用{carrier}", "Use theirs, or say why it is {carrier}").fill(carrier=carrier.name),
        field="use_other_forwarder_reason",
    )


def _say_other(case: Case, other: Sequence[Load], carrier: Carrier, why: str) -> None:
    for load in other:
        plan_note(
            case,
            order_id=load.notice.order_id,
            kind="explanation",
            text=OTHER.fill(carrier=carrier.name, why=why),
        )


def _parts(made: Sequence[Load], lines: Sequence[LoadLine]) -> list[tuple[Load, bool]]:
    """Each load, and whether lines of its notice were chosen: those go in part. Whole ones first."""
    named = {asked.line for asked in lines}
    loads_with = [(load, any(piece.line.uid in named for piece in load.pieces)) for load in made]
    return sorted(loads_with, key=lambda one: one[1])
