"""Goods that left before they were paid stay owed: in their folder, with a clock, until money closes them; money settles old debts first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from company import Staff, confirmed, ready
from gatepass.desks.folders import folder_orders, folders
from gatepass.dispatch.models import NoticeLine
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.rules.reasons import Refused
from test_whole_way import effective_notice, through_the_gate

SUM = 1_280_000


def unpaid(staff: Staff) -> dict[object, tuple[int | None, bool]]:
    """The folder "to be collected": what each order still asks, and whether its goods are out."""
    return {row.uid: (row.open_fen, row.gone) for row in folder_orders(sight_of(staff.people["lin"]), "unpaid")}


def clock(clause: str) -> str:
    return str(Obligation.objects.get(clause=clause).closed_how)


@pytest.mark.requirement("D4", "C4", "C6", "C19")
def test_goods_shipped_on_the_directors_signature_are_collected_and_their_money_does_not_pay_the_next_order(staff: Staff) -> None:
    first, second = ready(staff), confirmed(staff, code="100101")
    staff.unpaid_signed(first, reason="展会急用")
    through_the_gate(staff, first)
    assert unpaid(staff) == {first: (SUM, True), second: (SUM, False)}
    assert "¥25,600.00" in next(one.line.zh for one in folders(sight_of(staff.people["lin"]), staff.today()) if one.key == "unpaid")
    assert Obligation.objects.get(clause="D4.5").due_at.date().isoformat() == "2026-11-19"  # three working days
    staff.run("notify_payment", "lin", order=first, promised_on=staff.today(), note="今天一定汇")
    sweep(staff.later(days=1).at)
    assert clock("D4.7") == ""  # the broken promise has a clock of its own, due today
    assert Obligation.objects.get(clause="D4.7").due_at.date() == staff.at.date()
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=SUM, paid_on=staff.today(), reference="B-1")
    assert unpaid(staff) == {second: (SUM, False)}
    assert (clock("D4.5"), clock("D4.7")) == ("kept", "kept")
    with pytest.raises(Refused) as refused:
        staff.run("issue_notice", "lin", order=second)
    assert "D4" in {reason.clause for reason in refused.value.reasons}


@pytest.mark.requirement("D4")
def test_the_directors_signature_is_for_the_unpaid_sum_and_payment_uses_it_up(staff: Staff) -> None:
    order = ready(staff, cartons=10)
    with pytest.raises((Refused, TypeError)):  # a sum is worked out, never typed
        staff.run("request_unpaid", "lin", order=order, amount=1, reason="x")
    assert unpaid(staff) == {order: (128_000, False)}
    staff.unpaid_signed(order, reason="展会", pay_on=staff.today() + timedelta(days=4))
    with pytest.raises(Refused):
        staff.sign("liang", "unpaid", staff.asked_unpaid(order), "director")
    assert unpaid(staff) == {}
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=128_000, paid_on=staff.today(), reference="B-1")
    assert "没有未付" in refused(staff, "request_unpaid", "lin", order=order, reason="x")
    notice = effective_notice(staff, order)
    line = NoticeLine.objects.get()
    change = staff.run("propose_change", "lin", notice=notice, kind="extra", line=line.uid, cartons=10, reason="加货").uid
    staff.sign("he", "change", change, "consent")
    assert "1,280.00" in refused(staff, "apply_change", "lin", change=change)
    staff.unpaid_signed(order, reason="加货急用")
    staff.run("apply_change", "lin", change=change)


@pytest.mark.requirement("D4", "D6")
def test_a_notice_with_a_carton_less_voids_the_signature_with_the_approvals(staff: Staff) -> None:
    order = ready(staff, cartons=10)
    staff.unpaid_signed(order, reason="展会", pay_on=staff.today() + timedelta(days=4))
    notice = staff.later(minutes=5).run("issue_notice", "lin", order=order).uid
    lines = [{"product": staff.products["100101"], "cartons": 9}]
    staff.later(minutes=5).run("change_notice", "lin", notice=notice, lines=lines, reason="少一件")
    assert unpaid(staff) == {order: (128_000, False)}
    staff.unpaid_signed(order, notice=notice, reason="再请一次", pay_on=staff.today() + timedelta(days=4))
    assert unpaid(staff) == {}


def refused(staff: Staff, command: str, who: str, **given: object) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return " ".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)
