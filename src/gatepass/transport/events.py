"""What happens to vehicles, waybills and goods on the way."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("trip.arranged", Text("安排车辆", "Vehicle arranged"))
class TripArranged(Event):
    """Weight in kilograms and volume in cubic decimetres of everything on the trip, beside what the vehicle holds."""

    trip: UUID
    vehicle: UUID
    driver: UUID
    carrier: UUID
    notices: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    day: date
    kg: int
    load_kg: int
    dm3: int
    space_dm3: int


@event("trip.notice_taken_off", Text("从车次撤下", "Notice taken off the trip"))
class NoticeTakenOff(Event):
    trip: UUID
    notice: UUID
    order: UUID
    consignment: UUID
    carrier: UUID


@event("trip.voided", Text("车次取消", "Trip cancelled"))
class TripVoided(Event):
    trip: UUID
    carrier: UUID
    reason: str


@event("load.counted", Text("清点装车", "Load counted"))
class LoadCounted(Event):
    trip: UUID
    cartons: int
    person: UUID


@event("trip.loaded", Text("装车完", "Loaded"))
class TripLoaded(Event):
    trip: UUID
    carrier: UUID
    notices: tuple[UUID, ...]
    orders: tuple[UUID, ...]
    cartons: int
    kg: int
    load_kg: int
    dm3: int
    space_dm3: int


@event("carrier.signed", Text("承运人验收签字", "Carrier counted and signed"))
class CarrierSigned(Event):
    consignment: UUID
    trip: UUID
    notice: UUID
    order: UUID
    carrier: UUID
    cartons: int
    means: str


@event("waybill.filled", Text("填托运单", "Waybill filled in"))
class WaybillFilled(Event):
    waybill: UUID
    consignment: UUID
    order: UUID
    carrier: UUID
    freight_fen: int | None
    agreed_fen: int | None
    bearer: str


@event("waybill.correction_written", Text("写托运单更正单", "Correction of a waybill written"))
class CorrectionWritten(Event):
    """fields: what of the paper is to be other; the words stand in the document."""

    waybill: UUID
    consignment: UUID
    order: UUID
    carrier: UUID
    correction: UUID
    fields: tuple[str, ...]


@event("waybill.corrected", Text("托运单已更正", "Waybill corrected"))
class WaybillCorrected(Event):
    waybill: UUID
    consignment: UUID
    order: UUID
    carrier: UUID
    correction: UUID
    signer: UUID
    represented: UUID | None


@event("goods.left", Text("货物出门", "Goods left the gate"))
class GoodsLeft(Event):
    """A consignment passed the gate: its goods become the customer's debt."""

    consignment: UUID
    notice: UUID
    order: UUID
    customer: UUID
    trip: UUID
    waybill: UUID
    carrier: UUID
    cartons: int
    goods_fen: int


@event("goods.claimed", Text("承运人报送到", "The carrier says it is there"))
class GoodsClaimed(Event):
    """moment: when it was consigned or delivered, as the carrier says; it moves nothing until the desk has heard it elsewhere."""

    consignment: UUID
    order: UUID
    customer: UUID
    waybill: UUID
    carrier: UUID
    moment: datetime
    direct: bool


@event("goods.claim_refused", Text("送到时间未获证实", "What the carrier said was not confirmed"))
class ClaimRefused(Event):
    consignment: UUID
    order: UUID
    customer: UUID
    waybill: UUID
    carrier: UUID


@event("goods.consigned", Text("交货场或送达", "Consigned or delivered"))
class GoodsConsigned(Event):
    """moment: when it happened, as yard or customer told the desk; left_at: when the goods had left the gate.

    same_day: whether it counts: said on its day, by the carrier or at the desk, and confirmed within a working day.
    """

    consignment: UUID
    order: UUID
    customer: UUID
    waybill: UUID
    carrier: UUID
    moment: datetime
    left_at: datetime
    same_day: bool
    direct: bool


@event("waybill.handed_in", Text("托运单交财务", "Waybill handed in"))
class WaybillHandedIn(Event):
    waybill: UUID
    consignment: UUID
    order: UUID
    customer: UUID
    carrier: UUID


@event("freight.credited", Text("代垫运费转货款", "Advanced freight credited"))
class FreightCredited(Event):
    waybill: UUID
    order: UUID
    customer: UUID
    carrier: UUID
    fen: int
    bearer: str


@event("customer.told", Text("告知客户发货", "Customer told of the dispatch"))
class CustomerTold(Event):
    """short: something was short or adjusted, and he was told why."""

    consignment: UUID
    order: UUID
    customer: UUID
    how: str
    short: bool = False


@event("trip.position", Text("在途位置", "Position on the way"))
class PositionReported(Event):
    trip: UUID
    carrier: UUID
    claimed_at: datetime


@event("trip.arrived", Text("到货", "Arrived"))
class TripArrived(Event):
    trip: UUID
    carrier: UUID
    claimed_at: datetime


@event("price_correction.prepared", Text("申请价格更正", "Price correction prepared"))
class PriceCorrectionPrepared(Event):
    """fen: what it will add to what the customer owes."""

    price_correction: UUID
    consignment: UUID
    order: UUID
    customer: UUID
    fen: int


@event("price.corrected", Text("价格更正", "Price corrected"))
class PriceCorrected(Event):
    """booked: with this signature both are there, and fen is added to what the customer owes (0 before)."""

    price_correction: UUID
    consignment: UUID
    order: UUID
    customer: UUID
    fen: int
    booked: bool
    signer: UUID


@event("price_correction.returned", Text("价格更正退回", "Price correction sent back"))
class PriceCorrectionReturned(Event):
    price_correction: UUID
    consignment: UUID
    order: UUID
    customer: UUID
