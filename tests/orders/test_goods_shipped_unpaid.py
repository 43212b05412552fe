"""Goods that left before they were paid stay owed: in their folder, with a clock, until money closes them; money settles old debts first."""

from __future__ import annotations

import pytest

from company import Staff, confirmed, ready
from gatepass.desks.folders import folder_orders, folders
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.rules.reasons import Refused
from test_whole_way import through_the_gate

SUM = 1_280_000


def unpaid(staff: Staff) -> dict[object, tuple[int | None, bool]]:
    """The folder "to be collected": what each order still asks, and whether its goods are out."""
    return {row.uid: (row.open_fen, row.gone) for row in folder_orders(sight_of(staff.people["lin"]), "unpaid")}


def clock(clause: str) -> str:
    return str(Obligation.objects.get(clause=clause).closed_how)


@pytest.mark.requirement("D4", "C4", "C6", "C19")
def test_goods_shipped_on_the_directors_signature_are_collected_and_their_money_does_not_pay_the_next_order(staff: Staff) -> None:
    first, second = ready(staff), confirmed(staff, code="100101")
    staff.run("request_unpaid", "lin", order=first, amount=SUM, reason="展会急用")
    staff.run("sign_unpaid", "liang", order=first)
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
