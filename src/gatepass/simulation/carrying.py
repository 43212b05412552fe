"""On the road (D5, D11): customers told, goods consigned, positions, waybills handed in or late, freight credited."""

from __future__ import annotations

from uuid import UUID

from gatepass.simulation.deals import Deal, Trade
from gatepass.simulation.founding import Wagon
from gatepass.simulation.world import Story
from gatepass.transport.models import Consignment, Trip, Waybill

PLACES = ("绕城高速收费站", "服务区，司机休息", "过路卡检查，正常", "进城排队", "快到了")


def on_the_road(trade: Trade, wagon: Wagon, load: list[tuple[Deal, UUID]], trip: UUID) -> None:
    """What follows a departure, for the vehicle and for each customer's goods on it."""
    world = trade.world
    days = max(deal.client.city.days for deal, _ in load)
    tracker = wagon.signs_in or load[0][0].client.desk
    world.start(_journey(trade, trip, tracker, days), world.soon(200, 900))
    for part in Consignment.objects.filter(trip__uid=trip, voided_at=None).select_related("notice").order_by("id"):
        deal = next(deal for deal, notice in load if notice == part.notice.uid)
        if not deal.halts("to tell"):
            world.start(_telling(trade, deal, part.uid), world.office(20, 500))
        world.start(_paper(trade, deal, part, tracker), world.soon(90, 400))


def _journey(trade: Trade, trip: UUID, tracker: str, days: int) -> Story:
    world = trade.world
    for _ in range(days - 1):
        if Trip.objects.get(uid=trip).came_back_at:
            return
        world.tries("report_position", tracker, trip=trip, place=world.random.choice(PLACES))
        yield world.soon(20 * 60, 26 * 60)
    world.tries("record_arrival", tracker, trip=trip)


def _telling(trade: Trade, deal: Deal, consignment: UUID) -> Story:
    by = deal.client.salesman if trade.world.happens(0.3) else deal.client.desk
    answer = trade.world.random.choice(("收到", "好的，到了给您电话", "请司机提前一小时打电话", "谢谢"))
    trade.world.tries("tell_customer", by, consignment=consignment, how="phone", answer=answer, why="余下的备齐后下一车发")
    yield from ()


def _paper(trade: Trade, deal: Deal, part: Consignment, tracker: str) -> Story:
    """Consigned the same day or when the driver calls; the waybill comes to finance in time, late, or very late."""
    world = trade.world
    direct = deal.client.region == "川渝" and world.happens(0.6)
    if tracker != deal.client.desk:
        world.tries("claim_consigned", tracker, consignment=part.uid, moment=world.at, direct=direct)
        yield world.office(20, 200)
    how = "货场过磅员电话证实" if not direct else "客户库管电话证实"
    world.tries("record_consigned", deal.client.desk, consignment=part.uid, direct=direct, how=how)
    if deal.halts("consigned"):
        return
    wait = {"in time": 1, "late": 3, "very late": 5}[deal.plan.waybill]
    yield world.on(world.working_day(wait), 9, 17)
    waybill = Waybill.objects.get(consignment=part)
    if world.tries("hand_in_waybill", world.random.choice(("zhou", "peng")), waybill=waybill.uid) is None or deal.halts("to credit"):
        return
    yield world.office(30, 700)
    if waybill.bearer != "subsidy":
        world.tries("credit_freight", "peng", waybill=waybill.uid)
