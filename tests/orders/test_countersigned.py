"""What finance does not countersign does not pass the gate as it is (D8)."""

from __future__ import annotations

from uuid import UUID

import pytest
from desk_pages import Visitor

from company import Staff, digest_of, paid
from gatepass.dispatch.models import NoticeLine
from gatepass.gate.models import GatePass
from gatepass.rules.reasons import Refused
from gatepass.transport.models import Waybill
from test_whole_way import effective_notice, loaded, picked


def passed(staff: Staff, trip: UUID) -> set[str]:
    """What a pass is refused for now."""
    with pytest.raises(Refused) as found:
        staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=True, finance_copy=True, customer_copy=True)
    return {reason.clause for reason in found.value.reasons}


def shortened(staff: Staff, notice: UUID) -> UUID:
    """At night, five cartons less; the manager consented by telephone."""
    staff.at = staff.at.replace(hour=13, minute=30)  # 21:30 in Chengdu
    line = NoticeLine.objects.get(notice__uid=notice, until_version=None).uid
    change = staff.run("propose_change", "deng", notice=notice, kind="short", line=line, cartons=5, reason="破箱").uid
    staff.record_word("deng", change, "he")
    staff.run("apply_change", "deng", change=change)
    return change


def signed_for(staff: Staff, notice: UUID) -> UUID:
    """Loaded, signed for by the driver, the freight filled in; gives the trip."""
    picked(staff, notice)
    trip, consignment = loaded(staff, notice)
    cartons = consignment.cartons
    staff.later(minutes=5).run("sign_as_carrier", "luo", consignment=consignment.uid, name="罗建平", cartons=cartons, image="")
    waybill = Waybill.objects.get(consignment=consignment)
    staff.run("fill_waybill", "lin", waybill=waybill.uid, freight=waybill.agreed_fen)
    return trip


@pytest.mark.requirement("D8", "D10")
def test_a_pass_issued_before_finance_refused_the_change_of_the_night_is_void_at_once(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    change = shortened(staff, notice)
    trip = signed_for(staff, notice)
    issued = staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=True, finance_copy=True, customer_copy=True).uid
    staff.later(minutes=5).send_back("zhou", "countersign", change, "finance", "客户没有同意少发")
    assert GatePass.objects.get(uid=issued).voided_why == "财务不补签夜间的变动"
    assert passed(staff, trip) == {"D8"}


@pytest.mark.requirement("D8", "D10")
def test_a_change_of_the_night_that_finance_refuses_keeps_the_goods_inside(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    change = shortened(staff, notice)
    assert "下班后变动的补签" in Visitor(staff, "zhou").reads("/approvals/")
    with pytest.raises(Refused):  # whoever consented or asked does not countersign
        staff.sign("he", "countersign", change, "finance")
    staff.later(minutes=5).send_back("zhou", "countersign", change, "finance", "客户没有同意少发")
    trip = signed_for(staff, notice)
    assert passed(staff, trip) == {"D8"}
    assert "不补签：" in Visitor(staff, "lin").reads(f"/notices/changes/{change}/")
    assert digest_of("countersign", change)
