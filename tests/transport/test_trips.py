"""Trips, loading and signatures: C18, C21, D6, D9, and after hours D10."""

from __future__ import annotations

from typing import Any

import pytest

from came_in import came_in
from gate.stage import NOW, Stage, arrange, gone, load, notice, order, part, passed, pick, stage, when
from gatepass.carriers.models import Carrier, Vehicle
from gatepass.customers.models import Customer
from gatepass.dispatch.models import NoticeLine
from gatepass.enforcement.models import Obligation
from gatepass.gate import commands as gate
from gatepass.gate.models import Authority, Release
from gatepass.orders.models import Note
from gatepass.receivables.models import Commitment
from gatepass.rules.reasons import Refused
from gatepass.transport import commands as transport
from gatepass.transport.models import Consignment, Position, Trip, Waybill

pytestmark = pytest.mark.usefixtures("fresh")
EVENING, NIGHT, MORNING = when(25, 18), when(25, 20), when(26, 8)
PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def clauses(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.clause for reason in refused.value.reasons]


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "；".join(reason.what.zh for reason in refused.value.reasons)


@pytest.mark.requirement("C18")
def test_a_load_beyond_weight_and_space_is_refused_with_both_figures(fresh: str):
    made = stage()
    with pytest.raises(Refused) as refused:
        arrange(made, notice(made, order(made, 2001)))
    assert clauses(refused) == ["C18", "C18"]
    assert "超重 10010 公斤" in said(refused)
    assert "多 0.02 立方米" in said(refused)


@pytest.mark.requirement("C18")
def test_a_load_up_to_the_limits_goes(fresh: str):
    made = stage()
    Vehicle.objects.update(load_kg=20_000)
    assert arrange(made, notice(made, order(made, 2000))).number.startswith("CC-2026-")


@pytest.mark.requirement("C18")
def test_a_second_notice_that_does_not_fit_stays_off_the_trip(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made, 900)))
    second = notice(made, order(made, 101))
    with pytest.raises(Refused) as refused:
        transport.add_notice_to_trip(by=made.who("client_admin"), at=NOW, trip=trip.uid, notice=second.uid)
    assert clauses(refused) == ["C18"]


@pytest.mark.requirement("D6")
def test_a_notice_without_both_approvals_gets_no_vehicle(fresh: str):
    made = stage()
    with pytest.raises(Refused) as refused:
        arrange(made, notice(made, order(made), approved="finance"))
    assert clauses(refused) == ["D6"]


@pytest.mark.requirement("C21")
def test_another_forwarder_than_the_customers_is_warned_of_and_needs_a_reason(fresh: str):
    made = stage()
    wished = Carrier.objects.create(code="C2", name="滇川快运")
    Customer.objects.update(forwarder=wished.uid)
    row = notice(made, order(made))
    with pytest.raises(Refused) as refused:
        arrange(made, row)
    assert clauses(refused) == ["C21"]
    assert "滇川快运" in said(refused)
    arrange(made, row, use_other_forwarder_reason="指定单位今日无车")
    assert "指定单位今日无车" in Note.objects.get().text


@pytest.mark.requirement("C21")
def test_the_customers_own_forwarder_needs_no_reason(fresh: str):
    made = stage()
    Customer.objects.update(forwarder=made.carrier.uid)
    arrange(made, notice(made, order(made)))


def test_a_notice_is_put_on_trips_only_once(fresh: str):
    made = stage()
    row = notice(made, order(made))
    arrange(made, row)
    with pytest.raises(Refused, match="All of"):
        arrange(made, row)


def test_more_than_is_left_of_a_line_is_refused(fresh: str):
    made = stage()
    row = notice(made, order(made, 10))
    line = str(NoticeLine.objects.get().uid)
    arrange(made, row, lines=[{"line": line, "cartons": 6}])
    with pytest.raises(Refused) as refused:
        arrange(made, row, lines=[{"line": line, "cartons": 5}])
    assert "只剩 4 件" in said(refused)
    assert Consignment.objects.get(trip=arrange(made, row)).cartons == 4


def test_a_notice_taken_off_waits_for_another_vehicle(fresh: str):
    made = stage()
    first, second = notice(made, order(made, 10)), notice(made, order(made, 20))
    trip = arrange(made, first, second)
    transport.take_notice_off_trip(by=made.who("client_admin"), at=NOW, trip=trip.uid, notice=first.uid)
    assert Waybill.objects.filter(voided_at=None).count() == 1
    transport.take_notice_off_trip(by=made.who("warehouse"), at=when(25, 22), trip=trip.uid, notice=second.uid)
    assert Trip.objects.get(uid=trip.uid).voided_why == "车上的货已全部卸下"
    assert arrange(made, first).number != trip.number


def test_a_cancelled_trip_frees_its_notices(fresh: str):
    made = stage()
    row = notice(made, order(made))
    trip = arrange(made, row)
    transport.void_trip(by=made.who("client_admin"), at=NOW, trip=trip.uid, reason="车坏了")
    arrange(made, row)
    assert Trip.objects.get(uid=trip.uid).voided_why == "车坏了"


@pytest.mark.requirement("D9")
def test_a_container_is_counted_by_two_different_people(fresh: str):
    made = stage(container=True)
    trip = arrange(made, notice(made, order(made)))
    with pytest.raises(Refused) as refused:
        load(made, trip, counters="warehouse")
    assert clauses(refused) == ["D9"]
    with pytest.raises(Refused, match="counted this load already"):
        transport.count_load(by=made.who("warehouse"), at=NOW, trip=trip.uid, cartons=100)
    transport.count_load(by=made.who("second"), at=NOW, trip=trip.uid, cartons=100)
    transport.finish_loading(by=made.who("warehouse"), at=NOW, trip=trip.uid)
    passed(made, trip)


@pytest.mark.requirement("D9")
def test_a_plain_vehicle_needs_no_second_count(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    passed(made, trip)


@pytest.mark.requirement("D9")
def test_a_wrong_count_is_refused_and_counted_again(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made)))
    with pytest.raises(Refused) as refused:
        transport.count_load(by=made.who("warehouse"), at=NOW, trip=trip.uid, cartons=98)
    assert "应装 100 件，点到 98 件" in said(refused)
    transport.count_load(by=made.who("warehouse"), at=NOW, trip=trip.uid, cartons=100)


@pytest.mark.requirement("D9")
def test_a_carrier_who_has_not_signed_gets_no_pass(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made)))
    load(made, trip, signed=False)
    with pytest.raises(Refused) as refused:
        passed(made, trip)
    assert clauses(refused) == ["D9"]
    assert refused.value.reasons[0].command == "sign_as_carrier"


@pytest.mark.requirement("D9")
@pytest.mark.parametrize("image", ["", PNG], ids=["without a photo", "with one"])
def test_a_signature_on_paper_needs_its_photo(fresh: str, image: str):
    made = stage()
    trip = arrange(made, notice(made, order(made)))
    load(made, trip, signed=False)
    given: dict[str, Any] = {
        "by": made.who("warehouse"),
        "at": NOW,
        "consignment": part(trip).uid,
        "name": "罗建平",
        "cartons": 100,
    }
    if not image:
        with pytest.raises(Refused, match="needs a photo"):
            transport.record_signature_on_paper(image=image, **given)
        return
    transport.record_signature_on_paper(image=image, **given)
    passed(made, trip)


@pytest.mark.requirement("D9", "D8")
def test_goods_added_after_loading_are_counted_and_signed_again(fresh: str):
    made = stage()
    row = notice(made, order(made, 100))
    trip = arrange(made, row)
    load(made, trip)
    NoticeLine.objects.update(cartons=110)
    Commitment.objects.update(remit_fen=220_000, fen=220_000)
    came_in(Commitment.objects.get().order, 20_000, NOW)
    with pytest.raises(Refused) as refused:
        passed(made, trip)
    assert "改过版" in said(refused)
    transport.count_load(by=made.who("warehouse"), at=NOW, trip=trip.uid, cartons=110)
    assert Waybill.objects.get().freight_fen == 55_000
    pick(made, NoticeLine.objects.get(), 10)
    transport.finish_loading(by=made.who("warehouse"), at=NOW, trip=trip.uid)
    with pytest.raises(Refused) as unsigned:
        passed(made, trip)
    assert "应装 110 件，承运人签了 100 件" in said(unsigned)
    transport.sign_as_carrier(by=made.who("driver"), at=NOW, consignment=part(trip).uid, name="罗建平", cartons=110)
    passed(made, trip)


@pytest.mark.requirement("D10")
class TestAuthority:
    """After hours the guard releases on a written authority."""

    def give(self, made: Stage, *rows: Any, since: Any = EVENING, until: Any = MORNING) -> Authority:
        given = {"guard": made.who("night"), "notices": [row.uid for row in rows], "since": since, "until": until}
        ref = gate.give_authority(by=made.who("client_admin"), at=when(25, 17), **given)
        assert ref is not None
        return Authority.objects.get(uid=ref.uid)

    def let_out(self, made: Stage, paper: Authority, trip: Trip, by: str = "night", at: Any = NIGHT, **more: Any) -> None:
        seen = {"plate": made.vehicle.plate, "cartons": 100, "copies_collected": True} | more
        gate.release_on_authority(by=made.who(by), at=at, authority=paper.uid, trip=trip.uid, **seen)

    def test_the_named_guard_releases_the_named_notices_in_its_period_and_hands_the_copies_over(self, fresh: str):
        made = stage()
        row = notice(made, order(made))
        trip = arrange(made, row)
        load(made, trip)
        paper = self.give(made, row)
        self.let_out(made, paper, trip)
        assert Release.objects.get().authority == paper
        clock = Obligation.objects.get(clause="D10.4")
        assert clock.due_at == when(26, 9, 30)
        gate.hand_over_copies(by=made.who("night"), at=when(26, 9), authority=paper.uid, to=made.who("client_admin"))
        clock.refresh_from_db()
        assert clock.closed_how == "kept"

    @pytest.mark.parametrize(
        "more",
        [{"by": "guard"}, {"at": when(26, 8)}, {"copies_collected": False}, {"cartons": 99}],
        ids=["another guard", "after its period", "without the copies", "a wrong count"],
    )
    def test_what_the_authority_does_not_say_stays(self, fresh: str, more: dict[str, Any]):
        made = stage()
        row = notice(made, order(made))
        trip = arrange(made, row)
        load(made, trip)
        with pytest.raises(Refused) as refused:
            self.let_out(made, self.give(made, row), trip, **more)
        assert set(clauses(refused)) == {"D10"}

    def test_a_notice_that_it_does_not_name_stays(self, fresh: str):
        made = stage()
        trip = arrange(made, notice(made, order(made)))
        load(made, trip)
        with pytest.raises(Refused):
            self.let_out(made, self.give(made, notice(made, order(made))), trip)

    def test_unpaid_goods_do_not_leave_on_an_authority_either(self, fresh: str):
        made = stage()
        row = notice(made, order(made, paid=False))
        trip = arrange(made, row)
        load(made, trip, signed=False)
        with pytest.raises(Refused) as refused:
            self.let_out(made, self.give(made, row), trip)
        assert {"D4", "D9"} <= set(clauses(refused))

    def test_it_is_for_after_office_hours_and_for_a_guard(self, fresh: str):
        made = stage()
        row = notice(made, order(made))
        with pytest.raises(Refused, match="after office hours"):
            self.give(made, row, since=when(25, 17, 30))
        with pytest.raises(Refused, match="given to a guard"):
            gate.give_authority(
                by=made.who("client_admin"),
                at=NOW,
                guard=made.who("driver"),
                notices=[row.uid],
                since=when(25, 18),
                until=when(26, 8),
            )

    def test_a_withdrawn_authority_opens_nothing(self, fresh: str):
        made = stage()
        row = notice(made, order(made))
        trip = arrange(made, row)
        load(made, trip)
        paper = self.give(made, row)
        gate.withdraw_authority(by=made.who("client_admin"), at=when(25, 19), authority=paper.uid)
        with pytest.raises(Refused):
            self.let_out(made, paper, trip)


@pytest.mark.requirement("C7")
def test_positions_are_dated_and_the_arrival_closes_the_journey(fresh: str):
    made = stage()
    trip = gone(made, notice(made, order(made)))
    transport.report_position(by=made.who("driver"), at=when(25, 14), trip=trip.uid, place="内江", claimed_at=when(25, 13))
    assert Position.objects.values_list("place", "claimed_at").get() == ("内江", when(25, 13))
    transport.record_arrival(by=made.who("client_admin"), at=when(25, 18), trip=trip.uid, claimed_at=when(25, 17))
    with pytest.raises(Refused, match="recorded already"):
        transport.record_arrival(by=made.who("driver"), at=when(25, 19), trip=trip.uid)
    assert Trip.objects.get().arrived_at == when(25, 17)
