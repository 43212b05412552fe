"""After an order is cancelled, whatever its stage, nothing about it is owed any more and nothing can be answered (D1 to D8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from company import Staff, checked, confirmed, digest_of, paid, sent, taken
from databases import Clones
from gatepass.dispatch.models import NoticeLine
from gatepass.enforcement.models import Obligation
from gatepass.journal.models import Entry
from gatepass.orders import checks
from gatepass.orders.models import OrderLine
from gatepass.production.models import Demand, StockupPlan
from gatepass.rules.reasons import NotFound, Refused
from test_whole_way import effective_notice, through_the_gate

MONEY: frozenset[str] = frozenset()
"""Clauses whose duties stay when an order is cancelled, for money's sake: none yet (a difference of a receipt is no duty with a clock)."""


def handed_over(staff: Staff) -> UUID:
    """More than stock has, production reports a shortage; the director is asked to sign."""
    order = confirmed(staff, cartons=400)
    staff.run("hand_over_demand", "lin", order=order, expected_on=date(2026, 11, 27))
    staff.run("report_short", "wu", demand=Demand.objects.get(order=order).uid, cartons=20, kind="short", reason="缺料")
    staff.run("request_unpaid", "lin", order=order, reason="节前急用")
    return order


def changed_at_night(staff: Staff, *, made: bool) -> UUID:
    """A change that the manager consented to by word of mouth at night, made or not; its notice was voided."""
    order = confirmed(staff)
    staff.unpaid_signed(order, reason="节前急用")
    notice = effective_notice(staff, order)
    staff.later(hours=12)
    line = NoticeLine.objects.get(notice__uid=notice, until_version=None).uid
    given = {"notice": notice, "kind": "substitute", "line": line, "product": staff.products["200101"], "cartons": 5, "reason": "缺"}
    change = staff.run("propose_change", "deng", **given).uid
    staff.record_word("deng", change, "he")
    if made:
        staff.run("apply_change", "deng", change=change)
    staff.run("raise_doubt", "deng", notice=notice, question="批次对吗")
    staff.run("void_notice", "lin", notice=notice, reason="客户不要了")
    return order


def came_back(staff: Staff) -> UUID:
    """It left, the vehicle came back, everything was put back on its shelf."""
    order, consignment, _ = through_the_gate(staff)
    staff.later(minutes=30).run("record_came_back", "lin", trip=consignment.trip.uid, reason="路断了")
    for line in NoticeLine.objects.filter(notice__order__uid=order):
        from gatepass.dispatch.models import Pick

        for pick in Pick.objects.filter(line=line, cartons__gt=0):
            given = {"notice": line.notice.uid, "line": line.uid, "batch": pick.batch.uid, "cartons": pick.cartons, "reason": "退回"}
            staff.run("put_back", "deng", **given)
    staff.run("void_notice", "lin", notice=consignment.notice.uid, reason="客户不要了")
    return order


STAGES: dict[str, Callable[[Staff], UUID]] = {
    "taken": taken, "checked": checked, "sent": sent, "confirmed": confirmed, "handed over, short, unpaid asked": handed_over,
    "a change of the night not made": lambda staff: changed_at_night(staff, made=False),
    "a change of the night made": lambda staff: changed_at_night(staff, made=True), "came back": came_back,
}  # fmt: skip


@pytest.mark.requirement("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8")
@pytest.mark.parametrize("stage", STAGES)
def test_a_cancelled_order_leaves_nothing_owed(staff: Staff, stage: str) -> None:
    order = STAGES[stage](staff)
    owed = set(Obligation.objects.filter(order=order, closed_at=None).values_list("clause", flat=True))
    assert owed or stage == "checked"  # finance has answered, nothing is with the customer yet
    staff.later(minutes=5).run("cancel_order", "lin", order=order, reason="客户不要了")
    left = Obligation.objects.filter(order=order, closed_at=None).exclude(clause__in=MONEY)
    assert list(left.values_list("clause", flat=True)) == []
    assert set(Obligation.objects.filter(order=order, clause__in=owed).values_list("closed_how", flat=True)) <= {"ended", "kept", "late", "moved"}


@pytest.mark.requirement("D1", "D3", "D4", "D8")
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_about_a_cancelled_order_can_be_answered(staff: Staff, stage: str) -> None:
    from gatepass.dispatch.models import Change, Doubt, Notice, UnpaidSignature

    order = STAGES[stage](staff)
    staff.later(minutes=5).run("cancel_order", "lin", order=order, reason="客户不要了")
    said: dict[str, object] = {"order": order}
    attempts = [
        ("zhou", "answer_account_check", said), ("lin", "send_order", said), ("lin", "confirm_order", said),
        ("lin", "object_to_order", said | {"note": "不对"}), ("lin", "withdraw_order", said | {"reason": "改"}),
        ("lin", "record_contact", said | {"outcome": "checking", "note": "在核对"}), ("lin", "notify_payment", said),
        ("lin", "request_unpaid", said | {"reason": "急"}),
        ("lin", "hand_over_demand", said), ("lin", "issue_notice", said), ("lin", "cancel_order", said | {"reason": "再取消"}),
    ]  # fmt: skip
    for asked in UnpaidSignature.objects.filter(order__uid=order):
        about: dict[str, object] = {"route": "unpaid", "subject": asked.uid, "step": "director", "digest": digest_of("unpaid", asked.uid)}
        attempts += [("liang", "sign", about), ("liang", "send_back", about | {"why": "不行"})]
    for demand in Demand.objects.filter(order=order):
        attempts.append(("lin", "take_up_shortage", {"demand": demand.uid, "outcome": "等"}))
        attempts.append(("wu", "report_short", {"demand": demand.uid, "cartons": 1, "kind": "short", "reason": "缺料"}))
    for change in Change.objects.filter(notice__order__uid=order):
        about = {"change": change.uid}
        consent: dict[str, object] = {"route": "change", "subject": change.uid, "step": "consent"}
        bound = consent | {"digest": digest_of("change", change.uid)}
        attempts += [
            ("he", "sign", bound), ("he", "send_back", bound | {"why": "不行"}), ("lin", "apply_change", about),
            ("lin", "tell_change", about | {"how": "电话", "understanding": "同意"}),
            ("zhou", "sign", bound | {"route": "countersign", "step": "finance"}),
            ("deng", "relay_change", about | {"person": staff.people["lin"]}), ("he", "confirm_word", consent),
            ("lin", "withdraw_change", about | {"reason": "不要了", "understanding": "同意"}),
        ]  # fmt: skip
    for doubt in Doubt.objects.filter(notice__order__uid=order):
        attempts.append(("lin", "answer_doubt", {"doubt": doubt.uid, "answer": "对"}))
    for notice in Notice.objects.filter(order__uid=order):
        about = {"notice": notice.uid}
        bound = {"route": "notice", "subject": notice.uid, "digest": notice.digest}
        attempts += [
            ("zhou", "sign", bound | {"step": "finance"}), ("deng", "start_picking", about),
            ("he", "send_back", bound | {"step": "sales", "why": "不对"}), ("deng", "raise_doubt", about | {"question": "对吗"}),
            ("lin", "change_notice", about | {"reason": "改"}), ("lin", "void_notice", about | {"reason": "重开"}),
        ]  # fmt: skip
    before = Entry.objects.count()
    for who, command, given in attempts:
        with pytest.raises((Refused, NotFound)):
            staff.run(command, who, **given)
    assert Entry.objects.count() == before


@pytest.mark.requirement("D1")
def test_the_account_check_of_a_cancelled_order_waits_on_no_desk(staff: Staff) -> None:
    from gatepass.journal.who import sight_of

    order = taken(staff)
    staff.run("cancel_order", "lin", order=order, reason="不要了")
    sight = sight_of(staff.people["zhou"], staff.at)
    assert checks.waiting(sight) == []
    with pytest.raises(NotFound):
        checks.answer(sight, order)


@pytest.mark.requirement("D4")
def test_a_request_to_ship_unpaid_is_withdrawn_with_its_order_and_the_journal_says_so(staff: Staff, clones: Clones, fresh: str) -> None:
    from gatepass.approvals.models import Matter
    from gatepass.journal.chaining import chain
    from gatepass.site import database
    from gatepass.site.checking.everything import check

    order = handed_over(staff)
    staff.run("cancel_order", "lin", order=order, reason="客户不要了")
    assert Matter.objects.get(route="unpaid").closed_at == staff.at
    while chain():
        pass
    assert [one for one in check(database.other(clones.url, fresh)) if "no journal entry" not in one.what.en] == []


@pytest.mark.requirement("C12")
def test_a_day_whose_orders_were_all_cancelled_is_handed_over_as_one_that_needs_nothing(staff: Staff) -> None:
    order = handed_over(staff)
    staff.run("cancel_order", "lin", order=order, reason="客户不要了")
    staff.run("hand_over_plan", "lin", day=date(2026, 11, 27))
    assert StockupPlan.objects.get().data == {"lines": []}
    assert Obligation.objects.get(clause="C12.1").closed_how == "kept"
    with pytest.raises(Refused):
        staff.run("hand_over_plan", "lin", day=date(2026, 11, 27) + timedelta(days=1))


@pytest.mark.requirement("D7", "D8")
def test_what_is_open_on_one_notice_stays_open_when_another_of_the_order_is_voided(staff: Staff) -> None:
    order = paid(staff)
    product = OrderLine.objects.get(order__uid=order).product.uid
    first, second = (
        staff.run("issue_notice", "lin", order=order, lines=[{"product": product, "cartons": cartons, "gift": 0}]).uid for cartons in (50, 30)
    )
    for side, who in (("finance", "zhou"), ("sales", "he")):
        staff.sign(who, "notice", first, side)
    staff.run("start_picking", "deng", notice=first)
    staff.run("raise_doubt", "deng", notice=first, question="外箱有水渍")
    line = NoticeLine.objects.get(notice__uid=first, until_version=None).uid
    staff.run("propose_change", "deng", notice=first, kind="short", line=line, cartons=5, reason="破箱")
    staff.run("void_notice", "lin", notice=second, reason="改天再发")
    assert set(Obligation.objects.filter(clause__in=("D7.3", "D8.2"), closed_at=None).values_list("clause", flat=True)) == {"D7.3", "D8.2"}
