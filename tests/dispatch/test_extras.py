"""Extra goods: paid before they go, they need no director; refused, they are withdrawn and owe nothing more (D4, D8)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection

from company import Staff, paid
from gatepass.dispatch.models import Change, Notice
from gatepass.enforcement.models import Obligation
from gatepass.journal.models import Entry
from gatepass.orders.models import Note, Order
from gatepass.receivables.models import Commitment
from gatepass.receivables.rests import free_credit
from gatepass.rules.reasons import Refused
from gatepass.site import database
from gatepass.site.checking.everything import check

if TYPE_CHECKING:
    from databases import Clones

EXTRA = 10 * 9600  # ten cartons of pickles


def refused(staff: Staff, command: str, who: str, **given: object) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return "; ".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


def noticed(staff: Staff) -> tuple[UUID, UUID]:
    """A paid order on an approved notice."""
    order = paid(staff)
    notice = staff.later(minutes=10).run("issue_notice", "lin", order=order).uid
    for who, side in (("zhou", "finance"), ("he", "sales")):
        staff.sign(who, "notice", notice, side)
    return order, notice


def extra(staff: Staff, notice: UUID, consented: bool = True) -> UUID:
    change = staff.later(minutes=5).run(
        "propose_change", "deng", notice=notice, kind="extra", cartons=10, reason="车上有余位", product=staff.products["200101"]
    )
    if consented:
        staff.run("consent_change", "he", change=change.uid)
    return change.uid


def remit(staff: Staff, fen: int) -> None:
    given = {"customer": staff.customer, "amount": fen, "paid_on": staff.today(), "reference": f"extra {fen}"}
    staff.later(minutes=5).run("record_receipt", "zhou", **given)


def running(change: UUID) -> set[str]:
    return set(Obligation.objects.filter(subject=change, closed_at=None).values_list("clause", flat=True))


@pytest.mark.requirement("D4", "D8")
def test_extra_goods_that_the_customer_has_paid_for_go_without_the_director(staff: Staff, clones: Clones) -> None:
    order, notice = noticed(staff)
    change = extra(staff, notice)
    assert "D4" in refused(staff, "apply_change", "lin", change=change)
    remit(staff, EXTRA)
    assert free_credit(staff.customer) == EXTRA
    staff.run("apply_change", "lin", change=change)
    assert Notice.objects.get(uid=notice).unpaid_fen == 0
    assert Order.objects.get(uid=order).goods_fen == Commitment.objects.get(order=order).fen == 100 * 12800 + EXTRA
    assert free_credit(staff.customer) == 0
    for who, side in (("zhou", "finance"), ("he", "sales")):
        staff.sign(who, "notice", notice, side)
    assert Notice.objects.get(uid=notice).effective_at == staff.at
    found = check(database.other(clones.url, connection.settings_dict["NAME"]))
    assert [one for one in found if one.where in {"dues", "ledger", "obligations"}] == []


@pytest.mark.requirement("D4", "D8")
def test_what_is_paid_of_the_extra_goods_counts_and_the_director_signs_for_the_rest(staff: Staff) -> None:
    order, notice = noticed(staff)
    change = extra(staff, notice)
    remit(staff, EXTRA - 20000)
    assert "还有 200.00 元未到账" in refused(staff, "apply_change", "lin", change=change)
    staff.run("request_unpaid", "lin", order=order, amount=20000, reason="老客户")
    staff.run("sign_unpaid", "liang", order=order)
    staff.run("apply_change", "lin", change=change)
    assert Notice.objects.get(uid=notice).unpaid_fen == 20000


@pytest.mark.requirement("D4", "D8")
def test_the_same_money_never_pays_for_the_extras_of_two_orders(staff: Staff) -> None:
    _, first = noticed(staff)
    _, second = noticed(staff)
    one, other = extra(staff, first), extra(staff, second)
    remit(staff, EXTRA)
    staff.run("apply_change", "lin", change=one)
    assert "D4" in refused(staff, "apply_change", "lin", change=other)


@pytest.mark.requirement("D4", "D8")
def test_at_night_prepaid_extras_are_loaded_on_the_managers_word_alone(staff: Staff) -> None:
    _, notice = noticed(staff)
    remit(staff, EXTRA)
    staff.at = staff.at.replace(hour=13, minute=30)  # 21:30
    change = extra(staff, notice, consented=False)
    staff.run("consent_change", "deng", change=change, verbal=True, consenter=staff.people["he"])
    staff.run("apply_change", "deng", change=change)
    assert Notice.objects.get(uid=notice).effective_at is not None
    assert running(change) == {"D8.3", "D8.4", "D8.5", "D8.6"}


@pytest.mark.requirement("D8")
def test_a_change_that_is_refused_for_its_unpaid_goods_is_withdrawn_and_owes_nothing_more(staff: Staff, clones: Clones) -> None:
    order, notice = noticed(staff)
    change = extra(staff, notice)
    assert running(change) == {"D8.3"}
    assert "D4" in refused(staff, "apply_change", "lin", change=change)
    staff.later(minutes=5).run("withdraw_change", "lin", change=change, reason="客户不先付")
    assert running(change) == set()
    assert Obligation.objects.get(subject=change, clause="D8.3").closed_how == "ended"
    assert Entry.objects.filter(event="change.withdrawn").count() == 1
    assert "客户不先付" in Note.objects.filter(order__uid=order).latest("id").text
    assert "已撤回" in refused(staff, "apply_change", "lin", change=change)
    assert "已撤回" in refused(staff, "withdraw_change", "lin", change=change, reason="再来")
    assert "已撤回" in refused(staff, "tell_change", "lin", change=change, how="电话", understanding="好")
    found = check(database.other(clones.url, connection.settings_dict["NAME"]))
    assert [one for one in found if one.where == "obligations"] == []


@pytest.mark.requirement("D8")
def test_a_change_of_the_night_that_came_to_nothing_ends_all_its_clocks(staff: Staff) -> None:
    _, notice = noticed(staff)
    staff.at = staff.at.replace(hour=13, minute=30)
    change = extra(staff, notice, consented=False)
    staff.run("consent_change", "deng", change=change, verbal=True, consenter=staff.people["he"])
    words = refused(staff, "apply_change", "deng", change=change)
    assert "D4 加货 960.00 元未付，需要销售总监签批" in words
    staff.run("withdraw_change", "deng", change=change, reason="总监没接电话")
    assert running(change) == set()
    assert "已撤回" in refused(staff, "countersign_change", "zhou", change=change)


@pytest.mark.requirement("D8")
def test_a_customer_who_was_told_of_a_change_is_told_that_it_is_off(staff: Staff) -> None:
    order, notice = noticed(staff)
    change = extra(staff, notice)
    staff.run("tell_change", "lin", change=change, how="电话", understanding="同意加")
    assert "请写明" in refused(staff, "withdraw_change", "lin", change=change, reason="车满了")
    staff.run("withdraw_change", "lin", change=change, reason="车满了", understanding="知道了，下次")
    assert Note.objects.filter(order__uid=order).latest("id").text.endswith("车满了 知道了，下次")


@pytest.mark.requirement("D8", "M1")
def test_what_is_made_or_not_ones_own_to_withdraw_stays(staff: Staff) -> None:
    _, notice = noticed(staff)
    remit(staff, EXTRA)
    change = extra(staff, notice)
    assert "M1" in refused(staff, "withdraw_change", "zhou", change=change, reason="不要")
    staff.run("apply_change", "lin", change=change)
    assert "已经写入" in refused(staff, "withdraw_change", "lin", change=change, reason="不要")


@pytest.mark.requirement("D8")
def test_voiding_the_notice_withdraws_a_change_that_had_consent(staff: Staff) -> None:
    _, notice = noticed(staff)
    change = extra(staff, notice)
    staff.run("void_notice", "lin", notice=notice, reason="改期")
    assert running(change) == set()
    assert Change.objects.get(uid=change).withdrawn_at == staff.at
