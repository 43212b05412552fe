"""A waybill closes when it is signed, passed, released; what a carrier says of his arrival moves nothing by itself (D9, D10, D11)."""

from __future__ import annotations

from typing import Any

import pytest

from company import digest_of
from gate.stage import NOW, Stage, arrange, gone, load, notice, order, paper, part, passed, person, stage, when
from gate.test_pages import as_
from gatepass.approvals import commands as approvals
from gatepass.enforcement import commands as enforcement
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Fine, Obligation
from gatepass.gate import commands as gate
from gatepass.journal.clock import clock_at
from gatepass.people.models import Department
from gatepass.receivables.models import Posting
from gatepass.roles import Position
from gatepass.rules.reasons import Refused
from gatepass.transport import commands as transport
from gatepass.transport.models import Trip, Waybill, WaybillCorrection

pytestmark = [pytest.mark.requirement("D11"), pytest.mark.usefixtures("fresh")]
EDITS: tuple[dict[str, Any], ...] = (
    {"address": "重庆市渝中区别处 1 号"}, {"consignee": "李四"}, {"freight": "9999.00"}, {"freight": "5.00"}, {"phone": "13900000000"},
)  # fmt: skip


def fill(made: Stage, trip: Trip, **given: Any) -> None:
    transport.fill_waybill(by=made.who("client_admin"), at=when(25, 9, 1), waybill=paper(trip).uid, **given)


def stays(made: Stage, trip: Trip, clause: str) -> None:
    """No edit goes through; every refusal names the clause and leads to a correction."""
    before = Waybill.objects.values().get(uid=paper(trip).uid)
    for given in EDITS:
        with pytest.raises(Refused) as refused:
            fill(made, trip, **given)
        assert refused.value.reasons[0].clause == clause
        assert "更正单" in refused.value.reasons[0].cure.zh
    assert Waybill.objects.values().get(uid=paper(trip).uid) == before


@pytest.mark.requirement("D9", "D10")
def test_a_waybill_takes_no_edit_after_signature_pass_and_release_and_the_fine_is_reckoned_from_the_gate():
    made = stage()
    trip = arrange(made, notice(made, order(made, 100)))
    fill(made, trip, freight="200.00")
    load(made, trip, at=when(25, 9, 2))
    stays(made, trip, "D9")
    made_pass = passed(made, trip)
    stays(made, trip, "D10")
    gate.release_vehicle(by=made.who("guard"), at=NOW, gate_pass=made_pass.uid, plate="213", cartons=100)
    stays(made, trip, "D11")
    sweep(when(27, 0, 1))
    assert (Fine.objects.get().base_fen, Fine.objects.get().fen) == (50_000, 10_000)  # agreed 500.00 was higher than 200.00 on the paper


@pytest.mark.requirement("D9", "D10")
def test_what_is_still_blank_is_filled_after_the_signature_and_signed_again():
    made = stage()
    trip = arrange(made, notice(made, order(made, 100)))
    Waybill.objects.update(phone="")
    load(made, trip)
    fill(made, trip, phone="13800001234")
    with pytest.raises(Refused, match="has not signed"):
        passed(made, trip)
    transport.sign_as_carrier(by=made.who("driver"), at=when(25, 9, 2), consignment=part(trip).uid, name="罗建平", cartons=100)
    passed(made, trip)


@pytest.mark.requirement("D6", "D9")
@pytest.mark.parametrize("given", [{"address": "成都市锦江区春熙路 88 号"}, {"consignee": "表弟"}, {"phone": "13912345678"}, {"destination": "成都"}])
def test_where_the_goods_go_was_approved_with_the_notice_and_changes_by_a_correction_of_two(given: dict[str, str]):
    made = stage()
    trip = arrange(made, notice(made, order(made, 100)))
    before = Waybill.objects.values(*given).get(uid=paper(trip).uid)
    with pytest.raises(Refused) as refused:
        fill(made, trip, **given)
    assert [(one.clause, one.command) for one in refused.value.reasons] == [("D6", "correct_waybill")]
    fill(made, trip, freight="200.00", **before)  # the same again is no change
    transport.correct_waybill(by=made.who("client_admin"), at=when(25, 9, 1), waybill=paper(trip).uid, reason="地址写错", **given)
    assert Waybill.objects.values(*given).get(uid=paper(trip).uid) == before  # until somebody else agrees
    with pytest.raises(Refused, match="not signed yet"):
        transport.correct_waybill(by=made.who("client_admin"), at=when(25, 9, 1), waybill=paper(trip).uid, reason="少写", freight="5.00", **given)


@pytest.mark.requirement("R1")
def test_what_a_driver_says_moves_nothing_until_the_desk_confirms_it():
    made = stage()
    trip = gone(made, notice(made, order(made, 100)))
    due = Obligation.objects.get(clause="D11.1").due_at
    driver, desk, about = made.who("driver"), made.who("client_admin"), {"consignment": part(trip).uid}
    transport.claim_consigned(by=driver, at=when(26, 10), moment=when(26, 9), **about)
    assert Obligation.objects.get(clause="D11.1").due_at == due
    with pytest.raises(Refused, match="confirmed by the desk"):
        transport.record_consigned(by=driver, at=when(26, 11), how="我自己", **about)
    assert Obligation.objects.get(clause="D11.4").due_at == when(27, 18)
    transport.refuse_claim(by=desk, at=when(26, 12), reason="货场说没有这车", **about)
    assert Obligation.objects.get(clause="D11.1").due_at == due
    transport.claim_consigned(by=driver, at=when(26, 17), moment=when(26, 16), **about)
    transport.record_consigned(by=desk, at=when(26, 17, 30), how="货场来电", **about)
    assert Obligation.objects.get(clause="D11.1", closed_at=None).due_at == when(28, 0)
    assert not Obligation.objects.filter(clause="D11.4", closed_at=None).exists()


@pytest.mark.requirement("R1")
def test_after_a_fine_is_confirmed_delivered_now_leaves_fine_and_due_date_as_they_are():
    made = stage()
    trip = gone(made, notice(made, order(made, 100)))
    sweep(when(27, 0, 1))
    due = Obligation.objects.get(clause="D11.1").due_at
    enforcement.confirm_fine(by=made.who("manager"), at=when(27, 9), fine=Fine.objects.get().uid)
    transport.claim_consigned(by=made.who("driver"), at=when(27, 10), moment=when(27, 10), consignment=part(trip).uid)
    transport.record_consigned(by=made.who("client_admin"), at=when(27, 10, 30), consignment=part(trip).uid, how="货场来电")
    fine, duty = Fine.objects.get(), Obligation.objects.get(clause="D11.1")
    assert (fine.withdrawn_at, fine.fen, duty.due_at, duty.breached_at) == (None, 10_000, due, due)
    transport.hand_in_waybill(by=made.who("finance"), at=when(27, 11), waybill=paper(trip).uid)
    assert Obligation.objects.get(clause="D11.1").closed_how == "late"


def test_a_late_word_counts_from_the_gate_and_a_long_way_no_longer_than_three_days():
    made = stage()
    first = gone(made, notice(made, order(made, 100)))
    transport.claim_consigned(by=made.who("driver"), at=when(26, 9), moment=when(25, 16), consignment=part(first).uid)
    transport.record_consigned(by=made.who("client_admin"), at=when(26, 10), consignment=part(first).uid, how="货场来电")
    assert Obligation.objects.get(clause="D11.1", subject=paper(first).uid, closed_at=None).due_at == when(27, 0)
    far = gone(made, notice(made, order(made, 100)))
    transport.claim_consigned(by=made.who("driver"), at=when(30, 9), moment=when(30, 8), consignment=part(far).uid)
    transport.record_consigned(by=made.who("client_admin"), at=when(30, 10), consignment=part(far).uid, how="客户来电")
    assert Obligation.objects.get(clause="D11.1", subject=paper(far).uid, closed_at=None).started_at == when(28, 9)


@pytest.mark.requirement("D10")
def test_a_closed_waybill_is_corrected_by_a_document_that_somebody_else_signs():
    made = stage()
    trip = gone(made, notice(made, order(made, 100)))
    desk, about = made.who("client_admin"), {"waybill": paper(trip).uid}
    with pytest.raises(Refused, match="stays as it was at the gate"):
        transport.correct_waybill(by=desk, at=when(25, 10), freight="9999.00", reason="写错", **about)
    with pytest.raises(Refused, match="Nothing is different"):
        transport.correct_waybill(by=desk, at=when(25, 10), consignee=paper(trip).consignee, reason="写错", **about)
    sheet = transport.correct_waybill(by=desk, at=when(25, 10), phone="13800009999", reason="电话写错", **about)
    assert paper(trip).phone == "13800001234"
    with pytest.raises(Refused, match="waits for its signature"):
        transport.correct_waybill(by=desk, at=when(25, 10), phone="13800008888", reason="再改", **about)
    given = {"route": "correction", "subject": sheet.uid, "step": "second", "digest": digest_of("correction", sheet.uid)}
    with pytest.raises(Refused):
        approvals.sign(by=desk, at=when(25, 11), **given)
    approvals.sign(by=made.who("manager"), at=when(25, 11), **given)
    assert paper(trip).phone == "13800009999"
    with clock_at(when(25, 12)):
        page = as_(made, "client_admin").get(f"/waybills/{paper(trip).uid}/").content.decode()
        assert sheet.label in page and "已更正" in page
        opened = as_(made, "manager").get(f"/approvals/correction/{sheet.uid}/").content.decode()
    assert "13800001234 → 13800009999" in opened


def test_what_the_forwarder_wrote_is_posted_only_when_two_of_finance_agree_and_the_base_of_a_fine_stays():
    made = stage()
    made.people["second finance"] = person("second finance", Position.FINANCE_MANAGER, Department.objects.get())
    trip = gone(made, notice(made, order(made, 100)))
    finance, about = made.who("finance"), {"waybill": paper(trip).uid}
    with clock_at(when(26, 10)):
        receive = as_(made, "finance").post(f"/waybills/{paper(trip).uid}/receive", {"_key": "r1", "printed": "620.00"})
    assert receive.status_code == 302
    with pytest.raises(Refused, match="second person of finance"):
        transport.credit_freight(by=finance, at=when(26, 11), **about)
    sheet = WaybillCorrection.objects.get()
    given = {"route": "printed", "subject": sheet.uid, "step": "second", "digest": digest_of("printed", sheet.uid)}
    with pytest.raises(Refused):
        approvals.sign(by=finance, at=when(26, 11), **given)
    approvals.sign(by=made.who("second finance"), at=when(26, 11), **given)
    transport.credit_freight(by=finance, at=when(26, 12), **about)
    assert (paper(trip).freight_fen, paper(trip).printed_fen, paper(trip).gate_fen) == (50_000, 62_000, 50_000)
    assert Posting.objects.get(kind="freight_credit").fen == 62_000
