"""A waybill closes when it is signed, passed, released; what a carrier says of his arrival moves nothing by itself (D9, D10, D11)."""

from __future__ import annotations

from typing import Any

import pytest

from gate.stage import NOW, Stage, arrange, gone, load, notice, order, paper, part, passed, stage, when
from gatepass.enforcement import commands as enforcement
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Fine, Obligation
from gatepass.gate import commands as gate
from gatepass.rules.reasons import Refused
from gatepass.transport import commands as transport
from gatepass.transport.models import Trip, Waybill

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
