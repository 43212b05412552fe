"""Papers of a load name what was really taken: batches and seals on the outbound order, what is picked already on the next pick list."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from company import Staff, paid, sent
from gatepass.catalogue.models import Promotion
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.enforcement.models import Obligation
from gatepass.gate.models import GatePass
from gatepass.papers.models import Paper
from gatepass.stock.models import Batch
from gatepass.transport.models import Waybill
from gatepass.transport.sheets import live_outbound
from printing import printed
from test_whole_way import effective_notice, loaded, picked, through_the_gate


@pytest.mark.requirement("D7", "D9")
def test_the_outbound_order_prints_the_batches_that_were_picked_and_the_seals_on_the_doors(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff, cartons=200))
    picked(staff, notice)
    _, consignment = loaded(staff, notice)
    live = live_outbound(consignment.uid, 1)
    assert live.seals == ("CD-0042",)
    assert [(one.line, one.batches) for one in live.batches] == [(1, ("26-09-18", "26-10-09"))]


@pytest.mark.requirement("D7", "D8")
def test_the_pick_list_of_the_next_version_ticks_what_was_picked_for_the_one_before(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff, cartons=60))
    staff.later(minutes=10).run("start_picking", "deng", notice=notice)
    line = NoticeLine.objects.get(notice__uid=notice)
    batch = Batch.objects.filter(product=line.product).order_by("expires_on").first()
    assert batch is not None
    staff.run("pick_line", "deng", notice=notice, line=line.uid, batches=[{"batch": batch.uid, "cartons": 20}])
    change = staff.run("propose_change", "deng", notice=notice, kind="short", line=line.uid, cartons=10, reason="胀袋").uid
    staff.later(minutes=5).sign_it("he", "change", change, "consent")
    staff.run("apply_change", "lin", change=change)
    for who, side in (("zhou", "finance"), ("he", "sales")):
        staff.later(minutes=5).sign(who, "notice", notice, side)
    assert Notice.objects.get(uid=notice).effective_at is not None
    sheet = Paper.objects.get(kind="picklist", version=2).data
    (shown,) = sheet["lines"]
    assert shown["cartons"] == line.cartons + line.gift - 10
    assert [(pick["batch"], pick["cartons"], pick["picked"]) for pick in shown["picks"]] == [
        ("26-09-18", 20, True),
        ("26-09-18", shown["cartons"] - 20, False),
    ]
    assert [cited["clause"] for cited in sheet["clauses"]] == ["D7"]


def until(clause: str, order: UUID) -> str:
    """The deadline of an open duty as papers write it, to the end of its day."""
    due = timezone.localtime(Obligation.objects.filter(clause=clause, order=order, closed_how="").latest("id").due_at)
    return f"{due - timedelta(minutes=1):%Y-%m-%d} 24:00" if (due.hour, due.minute) == (0, 0) else f"{due:%Y-%m-%d %H:%M}"


@pytest.mark.requirement("D4", "D6", "D7")
def test_notice_and_pick_list_say_until_when_the_goods_must_leave_as_the_clock_stands(staff: Staff) -> None:
    order = paid(staff)
    notice = effective_notice(staff, order)
    for kind in ("notice", "picklist"):
        assert until("D4.3", order) in printed(staff, "lin", kind, notice)
        assert "Leaves by" in printed(staff, "lin", kind, notice, "en")
    before = until("D4.3", order)
    picked(staff, notice)
    assert before in printed(staff, "deng", "picklist", notice)


@pytest.mark.requirement("D2")
def test_the_order_document_names_the_policies_of_its_day_and_until_when_to_confirm(staff: Staff) -> None:
    order = sent(staff, cartons=40)
    day = f"{staff.today():%Y-%m-%d}"
    assert f"{day} 政策：二十搭一" in printed(staff, "lin", "order", order)
    english = printed(staff, "lin", "order", order, "en")
    assert f"Policies of {day}: 二十搭一" in english
    assert f"Please confirm by {until('D2.2', order)}" in english
    few = sent(staff, code="200101", cartons=5)
    assert f"{day} 政策：无搭赠" in printed(staff, "lin", "order", few)
    Promotion.objects.update(name="三十搭二")
    staff.later(minutes=5).run("confirm_order", "lin", order=order)
    confirmed = printed(staff, "lin", "order", order)
    assert f"{day} 政策：二十搭一" in confirmed
    assert "前确认" not in confirmed


@pytest.mark.requirement("D11")
def test_a_waybill_has_a_line_for_finance_until_it_is_handed_in_and_then_the_moment(staff: Staff) -> None:
    order, _, waybill = through_the_gate(staff)
    blank = printed(staff, "lin", "waybill", waybill.uid)
    assert until("D11.1", order) in blank
    assert "收单人" in blank
    staff.later(minutes=40).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    done = printed(staff, "zhou", "waybill", waybill.uid)
    assert f"{timezone.localtime(staff.at):%Y-%m-%d %H:%M}" in done
    assert "收单人" not in done


@pytest.mark.requirement("D10")
def test_the_gate_pass_does_not_carry_the_seal_that_the_guard_reads_off_the_doors(staff: Staff) -> None:
    _, consignment, _ = through_the_gate(staff)
    row = GatePass.objects.get(trip=consignment.trip)
    assert consignment.trip.seals == "CD-0042"
    for language in ("zh", "en"):
        said = printed(staff, "lin", "gatepass", row.uid, language)
        assert "CD-0042" not in said
        assert "川A·8F213" in said


@pytest.mark.requirement("D6", "D11")
def test_the_notice_prints_the_freight_of_its_waybill_once_it_has_a_vehicle_and_not_on_the_copy_without_prices(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    assert "230.00" not in printed(staff, "lin", "notice", notice)
    picked(staff, notice)
    _, consignment = loaded(staff, notice)
    waybill = Waybill.objects.get(consignment=consignment)
    staff.run("fill_waybill", "lin", waybill=waybill.uid, freight=waybill.agreed_fen)
    for language, said in (("zh", "230.00 元/吨 × 1.155"), ("en", "230.00 CNY/ton × 1.155")):
        text = printed(staff, "lin", "notice", notice, language)
        assert said in text
        assert "265.65" in text
    warehouse = printed(staff, "deng", "notice", notice)
    assert "川A·8F213" in warehouse
    for hidden in ("230.00", "265.65"):
        assert hidden not in warehouse
