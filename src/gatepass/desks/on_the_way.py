"""What this viewer can do with the goods of an order that are under a notice: arrange a vehicle, fill in the waybill, issue the pass."""

from __future__ import annotations

from collections.abc import Iterator

from gatepass.desks.actions import Action
from gatepass.dispatch.goods import noticed, open_lines
from gatepass.look.addresses import where_to
from gatepass.orders.models import Order
from gatepass.roles import Power, Sight
from gatepass.transport.freight import missing
from gatepass.transport.loads import manifest, remaining
from gatepass.transport.of_order import OnTheWay
from gatepass.words import Text


def unnoticed(row: Order) -> bool:
    """Whether anything of the order is in no notice yet."""
    return any(line.cartons or line.gift for line in open_lines(row, noticed(row)))


def next_steps(sight: Sight, row: Order, way: OnTheWay) -> list[Action]:
    """The most pressing first: what stands closest to the gate."""
    if row.noticed == 0 or row.shipped_at is not None or row.cancelled_at is not None:
        return []
    return [*_papers(sight, way), *_vehicle(sight, way)]


def _papers(sight: Sight, way: OnTheWay) -> Iterator[Action]:
    for load in way.consignments:
        if load.voided_at or load.left_at:
            continue
        waybill, trip = load.waybill, load.trip
        if missing(waybill) and sight.may(Power.KEEP_WAYBILL):
            yield Action(Text("补填托运单", "Fill in the waybill"), f"/waybills/{waybill.uid}/")
        if trip.loaded_at and not trip.pass_issued_at and sight.may(Power.ISSUE_PASS):
            yield Action(Text("开出门条", "Issue a gate pass"), where_to("issue_gate_pass", {"trip": str(trip.uid)}))


def _vehicle(sight: Sight, way: OnTheWay) -> Iterator[Action]:
    if not sight.may(Power.ARRANGE_TRANSPORT):
        return
    aboard = {load.notice_id for load in way.consignments if load.voided_at is None}
    parts = [one for one in way.standing if one.effective_at and one.pk in {load.notice_id for load in way.consignments if load.partial}]
    rest = {load.notice.pk for load in remaining(manifest(parts)) if load.pieces} if parts else set()
    waiting = (one for one in way.standing if one.effective_at and (one.pk in rest or (not one.left_at and one.pk not in aboard)))
    notice = next(waiting, None)
    if notice is not None:
        yield Action(Text("安排车辆", "Arrange a vehicle"), f"/trips/?notice={notice.uid}#n-{notice.uid}")
