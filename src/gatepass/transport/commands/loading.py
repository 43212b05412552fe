"""Loading: the warehouse counts, the carrier counts and signs, the vehicle is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast
from uuid import UUID

from gatepass.dispatch.models import Notice
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.reading import joined
from gatepass.journal.rows import add, update
from gatepass.roles import Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.transport import loads, sql, steps
from gatepass.transport.commands.trips import gone_or_passed
from gatepass.transport.events import CarrierSigned, LoadCounted
from gatepass.transport.locking import lock_trip
from gatepass.transport.models import CarrierSignature, Consignment, Count, Trip
from gatepass.transport.pictures import picture
from gatepass.transport.sheets import keep_load
from gatepass.words import Labelled, Text

name_fields(
    seals=("铅封号", "seals"), consignment=("出库单", "outbound order"), means=("签字方式", "how it was signed"),
    image=("签字或照片", "signature or photo"), photo=("照片", "photo"),
)  # fmt: skip
once("one_count_a_person", refusal("这一车你已经点过", "You counted this load already", clause="D9"))
Picture = Annotated[str, Called(Text("签字或照片", "signature or photo"), file=True)]
SIGNATURE_BYTES, PHOTO_BYTES = 400_000, 6_000_000


class Means(Labelled):
    GLASS = "glass", "手机签字", "on glass"
    PAPER = "paper", "纸质签字", "on paper"


@command(may=Power.PICK, title=Text("清点装车", "Count a load"))
def count_load(case: Case, *, trip: Annotated[UUID, Of("trip")], cartons: int) -> Ref:
    """What a warehouse person counted on the vehicle. A wrong count is refused, and so recorded: he counts again."""
    held = lock_trip(case, trip)
    known = loads.manifest(held.carried)
    wanted = loads.loaded(known, held.consignments)
    total = sum(load.cartons for load in wanted.values())
    wrong = Reason(
        what=Text("应装 {wanted} 件，点到 {cartons} 件", "{wanted} cartons to load, {cartons} counted").fill(wanted=total, cartons=cartons),
        cure=Text("再点一遍；实物不符请先处理", "Count again; if the goods differ, settle that first"),
        clause="D9",
        field="cartons",
    )
    case.decide(
        LoadCounted(trip=trip, cartons=cartons, person=case.actor.person),
        reasons=[*gone_or_passed(held.trip), wrong if cartons != total else None],
    )
    if steps.bring_up_to_date(held, known, wanted):
        update(held.trip, loaded_at=None)
    add(Count(trip=held.trip, person=case.actor.person, cartons=cartons, at=case.at, entry=case.entry))
    return Ref("trip", held.trip.uid, held.trip.number)


@command(may=Power.PICK, title=Text("装车完", "Finish loading"))
def finish_loading(case: Case, *, trip: Annotated[UUID, Of("trip")], seals: str = "") -> Ref:
    """The vehicle is loaded with what its notices say now, within its limits; seals as they are on its doors."""
    held = lock_trip(case, trip)
    known = loads.manifest(held.carried)
    wanted = loads.loaded(known, held.consignments)
    more = loads.overdrawn(known)
    empty = refusal("车上没有货", "There is nothing on the vehicle")
    case.decide(
        steps.loaded(held, list(wanted.values())),
        reasons=[*gone_or_passed(held.trip), None if wanted else empty, *(_changed(one) for one in more)],
    )
    steps.bring_up_to_date(held, known, wanted)
    update(held.trip, loaded_at=case.at, seals=seals)
    for one in {row.notice_id: row.notice for row in held.consignments}.values():
        update(one, loaded_at=case.at)
    keep_load(case, held, wanted)
    return Ref("trip", held.trip.uid, held.trip.number)


def _changed(notice: Notice) -> Reason:
    what = Text("{number} 改版后，各车装的比通知单多", "{number} was changed: the trips carry more than it says")
    return Reason(
        what=what.fill(number=notice.number),
        cure=Text("把多的一车撤下重排", "Take it off one of the trips and put it on anew"),
        who=Position.CLIENT_ADMIN,
        command="take_notice_off_trip",
        given={"notice": str(notice.uid)},
    )


@command(may=Power.SIGN_AS_CARRIER, title=Text("承运人验收签字", "Sign as carrier"))
def sign_as_carrier(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    name: Annotated[str, Called(Text("签字人", "who signs"))],
    cartons: int,
    means: Means = Means.GLASS,
    image: Picture = "",
) -> Ref:
    """The driver counted against the outbound order and signs it and the waybill; the goods are his from now on."""
    return _sign(case, _Signed(consignment, name, cartons, means, image))


@command(may=Power.PICK, title=Text("登记承运人纸质签字", "Record the carrier's signature on paper"))
def record_signature_on_paper(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    name: Annotated[str, Called(Text("签字人", "who signed"))],
    cartons: int,
    image: Picture,
) -> Ref:
    """The carrier signed the papers by hand; the warehouse keeps a photo of them."""
    return _sign(case, _Signed(consignment, name, cartons, Means.PAPER, image))


@dataclass(frozen=True)
class _Signed:
    consignment: UUID
    name: str
    cartons: int
    means: Means
    image: str


def _sign(case: Case, given: _Signed) -> Ref:
    row = _to_sign(given.consignment)
    held = lock_trip(case, row.trip.uid)
    trip = held.trip
    known = loads.manifest(held.carried)
    wanted = loads.loaded(known, held.consignments)
    most = SIGNATURE_BYTES if given.means is Means.GLASS else PHOTO_BYTES
    data, wrong = picture(given.image, most)
    to_go = wanted[row.id].cartons if row.id in wanted else row.cartons
    on_paper = refusal("纸质签字要有照片", "A signature on paper needs a photo", clause="D9", field="image")
    case.decide(
        CarrierSigned(
            consignment=given.consignment,
            trip=trip.uid,
            notice=row.notice.uid,
            order=row.order,
            carrier=trip.carrier,
            cartons=given.cartons,
            means=given.means.value,
        ),
        reasons=[
            *gone_or_passed(trip),
            wrong,
            _other_count(row, to_go, given) if given.cartons != to_go else None,
            on_paper if given.means is Means.PAPER and not data and wrong is None else None,
            None if given.name else refusal("写上签字人姓名", "Name who signs", field="name"),
            None if row.id in wanted else refusal("这批货已从车上撤下", "It was taken off the vehicle"),
        ],
    )
    if steps.bring_up_to_date(held, known, wanted):
        update(trip, loaded_at=None)
    add(
        CarrierSignature(
            consignment=row, name=given.name[:60], person=case.actor.person, cartons=given.cartons, means=given.means.value,
            image=data or None, at=case.at, entry=case.entry,
        )
    )  # fmt: skip
    return Ref("consignment", row.uid, row.number)


def _to_sign(consignment: UUID) -> Consignment:
    """With its trip and notice at hand. Raises NotFound."""
    for row, trip, notice in joined((Consignment, Trip, Notice), sql.CONSIGNED, {"consignment": consignment}):
        row.trip, row.notice = trip, notice
        return cast(Consignment, row)
    raise NotFound("consignment")


def _other_count(row: Consignment, to_go: int, given: _Signed) -> Reason:
    return Reason(
        what=Text("{number} 应装 {wanted} 件，你点到 {cartons} 件", "{number}: {wanted} cartons to go, you counted {cartons}").fill(
            number=row.number, wanted=to_go, cartons=given.cartons
        ),
        cure=Text("和仓库一起再点一遍，点对了再签", "Count again with the warehouse; sign when it agrees"),
        clause="D9",
        field="cartons",
    )
