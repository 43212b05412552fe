"""D10: nothing passes the gate without a pass; a pass is for one vehicle, one load, one departure, its day."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from came_in import came_in
from gatepass.dispatch.models import Notice
from gatepass.enforcement.models import Obligation
from gatepass.gate import commands as gate
from gatepass.gate.models import GatePass, Mismatch, Release
from gatepass.journal.models import Refusal
from gatepass.orders.models import Order, OrderLine
from gatepass.receivables.models import Balance, Commitment, Posting
from gatepass.rules.reasons import Refused
from gatepass.transport import commands as transport
from gatepass.transport.models import Consignment, Trip, Waybill

from .stage import NOW, Stage, approve, arrange, gone, load, notice, order, paper, part, passed, release, rewrite, when

pytestmark = [pytest.mark.requirement("D10"), pytest.mark.usefixtures("fresh")]


def clauses(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.clause for reason in refused.value.reasons]


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "；".join(reason.what.zh for reason in refused.value.reasons)


def test_goods_on_a_valid_pass_leave_and_become_the_customers_debt(made: Stage):
    sold = order(made, 100, gift=4)
    trip = gone(made, notice(made, sold))
    assert trip.left_at == NOW
    assert Posting.objects.get(kind="goods").fen == 200_000
    assert Balance.objects.get(account="customer", party=made.customer.uid).fen == 0  # it was paid
    sold.refresh_from_db()
    assert sold.shipped_at == NOW
    assert OrderLine.objects.values_list("shipped", "shipped_gift").get(order=sold) == (100, 4)
    assert Commitment.objects.get(order=sold.uid).ended_at == NOW
    assert Notice.objects.get().left_at == NOW
    assert set(Obligation.objects.values_list("clause", flat=True)) >= {"D5.1", "D11.1"}


def test_a_pass_is_used_once(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    release(made, row)
    with pytest.raises(Refused) as refused:
        release(made, row, at=NOW + timedelta(hours=1))
    assert "用过了" in said(refused)
    assert set(clauses(refused)) == {"D10"}
    assert Release.objects.count() == 1
    assert Refusal.objects.get().clauses == ["D10"]


@pytest.mark.parametrize(
    ("seen", "words"),
    [({"plate": "川A·6D905"}, "车牌不符"), ({"cartons": 99}, "件数不符")],
    ids=["another truck", "a wrong count"],
)
def test_what_does_not_agree_with_the_pass_stays(made: Stage, seen: dict[str, object], words: str):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    with pytest.raises(Refused) as refused:
        release(made, row, **seen)
    assert words in said(refused)
    assert not Release.objects.exists()
    release(made, row, plate="川A 8f213")


def test_another_truck_with_a_used_pass_hears_both_reasons_at_once(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    release(made, row)
    with pytest.raises(Refused) as refused:
        release(made, row, plate="川A·6D905")
    assert "用过了" in said(refused)
    assert "车牌不符" in said(refused)


def test_a_pass_ends_with_its_day_and_a_new_one_takes_its_place(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    assert row.valid_until == when(26, 0)
    with pytest.raises(Refused) as refused:
        release(made, row, at=when(26, 0))
    assert "过期" in said(refused)
    new = passed(made, trip, at=when(26, 8))
    row.refresh_from_db()
    assert row.voided_why == "过期"
    release(made, new, at=when(26, 9))


def test_a_second_pass_for_the_same_departure_is_refused(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    passed(made, trip)
    with pytest.raises(Refused) as refused:
        passed(made, trip)
    assert "已经有一张" in said(refused)


def test_a_voided_pass_opens_nothing_and_frees_the_load(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    with pytest.raises(Refused) as frozen:
        transport.void_trip(by=made.who("client_admin"), at=NOW, trip=trip.uid, reason="换车")
    assert "出门条已开" in said(frozen)
    gate.void_gate_pass(by=made.who("client_admin"), at=NOW, gate_pass=row.uid, reason="换车")
    with pytest.raises(Refused) as refused:
        release(made, row)
    assert "已作废" in said(refused)
    transport.void_trip(by=made.who("client_admin"), at=NOW, trip=trip.uid, reason="换车")


def test_an_unknown_code_is_refused(made: Stage):
    with pytest.raises(Refused) as refused:
        gate.release_vehicle(by=made.who("guard"), at=NOW, code="XXXXX-YYYYY", plate="川A·8F213", cartons=1)
    assert "没有这张出门条" in said(refused)


def test_only_a_guard_releases(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    with pytest.raises(Refused) as refused:
        gate.release_vehicle(by=made.who("driver"), at=NOW, code=row.code, plate=row.plate, cartons=row.cartons)
    assert clauses(refused) == ["M1"]


@pytest.mark.requirement("D6", "D9")
def test_approval_waybill_and_signature_missing_are_all_said_at_once(made: Stage):
    sold = order(made)
    row = notice(made, sold)
    trip = arrange(made, row)
    load(made, trip, signed=False)
    Waybill.objects.update(unit="", address="重庆九龙坡")
    rewrite(made, Notice.objects.get())
    with pytest.raises(Refused) as refused:
        passed(made, trip)
    assert clauses(refused) == ["D6", "D6", "D9", "D10"]
    assert "计价单位" in said(refused)
    assert "详细地址" in said(refused)
    assert {"D4", "D7", "D10"} <= {clause for clause, _ in refused.value.holds}


def test_the_sales_copy_is_collected_first(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    with pytest.raises(Refused) as refused:
        gate.issue_gate_pass(by=made.who("client_admin"), at=NOW, trip=trip.uid, sales_copy=False)
    assert said(refused) == "业务联还没有收"


@pytest.mark.requirement("D4")
def test_unpaid_goods_get_no_pass(made: Stage):
    trip = arrange(made, notice(made, order(made, paid=False)))
    load(made, trip)
    with pytest.raises(Refused) as refused:
        passed(made, trip)
    assert clauses(refused) == ["D4"]


def test_a_notice_that_changes_after_the_pass_keeps_the_vehicle_inside(made: Stage):
    row = notice(made, order(made))
    trip = arrange(made, row)
    load(made, trip)
    issued = passed(made, trip)
    approve(made, rewrite(made, row), "finance")
    with pytest.raises(Refused) as refused:
        release(made, issued)
    assert "改过版" in said(refused)


def test_seals_written_down_at_loading_are_checked(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip, seals="SC 88123")
    row = passed(made, trip)
    with pytest.raises(Refused) as refused:
        release(made, row)
    assert "铅封" in said(refused)
    release(made, row, seals="sc88123")


def test_twenty_guards_at_once_release_one_vehicle_once(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    answers: list[str] = []
    together = threading.Barrier(20)

    def guard() -> None:
        together.wait()
        try:
            release(made, row)
            answers.append("released")
        except Refused as refused:
            answers.append(refused.reasons[0].clause or "busy")
        finally:
            connection.close()

    threads = [threading.Thread(target=guard) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers.count("released") == 1
    assert Release.objects.count() == 1
    assert Posting.objects.filter(kind="goods").count() == 1


def test_a_notice_split_over_two_trips_adds_up_to_the_fen(made: Stage):
    sold = order(made, 3, yuan="0.335", paid=False)
    OrderLine.objects.update(fen=101)
    Commitment.objects.update(fen=101, remit_fen=101)
    came_in(sold.uid, 101, NOW)
    row = notice(made, sold)
    line = str(row_line(row))
    first = arrange(made, row, lines=[{"line": line, "cartons": 1}])
    second = arrange(made, row)
    assert Consignment.objects.get(trip=second).cartons == 2
    for trip in (first, second):
        load(made, trip)
        release(made, passed(made, trip))
    assert sum(Posting.objects.filter(kind="goods").values_list("fen", flat=True)) == 101
    assert not Posting.objects.exclude(kind__in=["goods", "receipt"]).exists()
    sold.refresh_from_db()
    assert sold.shipped_at == NOW


def row_line(row: Notice) -> object:
    from gatepass.dispatch.models import NoticeLine

    return NoticeLine.objects.get(notice=row).uid


def test_two_notices_of_one_order_on_one_trip_complete_it_once(made: Stage):
    sold = order(made, 10)
    trip = gone(made, notice(made, sold, 4), notice(made, sold, 6))
    assert trip.left_at
    assert Order.objects.get().shipped_at == NOW
    assert Balance.objects.get(account="customer").fen == 0
    assert Commitment.objects.get().gone_fen == 20_000


def test_a_vehicle_that_comes_back_undoes_the_debt_and_goes_out_on_a_new_trip(made: Stage):
    sold = order(made)
    row = notice(made, sold)
    trip = gone(made, row)
    gate.record_came_back(by=made.who("client_admin"), at=when(25, 11), trip=trip.uid, reason="爆胎")
    assert Balance.objects.get(account="customer", party=made.customer.uid).fen == -200_000
    due = Commitment.objects.get()
    assert (due.gone_fen, due.ended_at) == (0, None)
    sold.refresh_from_db()
    assert sold.shipped_at is None
    assert not Obligation.objects.filter(closed_at=None, clause__in=["D5.1", "D11.1"]).exists()
    with pytest.raises(Refused):
        release(made, GatePass.objects.get(), at=when(25, 12))
    again = gone(made, row, at=when(25, 13))
    assert again.left_at == when(25, 13)
    assert Balance.objects.get(account="customer", party=made.customer.uid).fen == 0


def test_what_was_delivered_does_not_come_back_through_this_door(made: Stage):
    trip = gone(made, notice(made, order(made)))
    transport.record_consigned(by=made.who("client_admin"), at=when(25, 15), consignment=part(trip).uid, moment=when(25, 14), how="货场来电")
    with pytest.raises(Refused) as refused:
        gate.record_came_back(by=made.who("client_admin"), at=when(25, 16), trip=trip.uid, reason="退回")
    assert "退货" in refused.value.reasons[0].cure.zh


def test_the_guard_stops_what_does_not_agree_with_a_photo(made: Stage):
    picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    gate.stop_vehicle(by=made.who("guard"), at=NOW, plate="川A·6D905", what="没有出门条", photo=picture)
    assert bytes(Mismatch.objects.get().photo or b"").startswith(b"\x89PNG")
    with pytest.raises(Refused) as refused:
        gate.stop_vehicle(by=made.who("guard"), at=NOW, what="没有出门条", photo="data:image/svg+xml;base64,PHN2Zz4=")
    assert "PNG" in said(refused)


def test_the_guard_records_a_vehicle_that_comes_back_at_night(made: Stage):
    trip = gone(made, notice(made, order(made, 100)))
    gate.record_came_back(by=made.who("night"), at=when(25, 22), trip=trip.uid, reason="路断了")
    assert Trip.objects.get(uid=trip.uid).came_back_at == when(25, 22)
    with pytest.raises(Refused, match="does not have the power"):
        gate.record_came_back(by=made.who("warehouse"), at=when(25, 22), trip=trip.uid, reason="路断了")


def test_the_rate_of_the_carrier_stands_on_the_drafted_waybill(made: Stage):
    trip = arrange(made, notice(made, order(made, 100)))
    drafted = paper(trip)
    assert (drafted.quantity, drafted.unit, drafted.yuan, drafted.freight_fen) == (
        Decimal(100),
        "carton",
        Decimal(5),
        50_000,
    )
    assert Trip.objects.get().carrier == made.carrier.uid
