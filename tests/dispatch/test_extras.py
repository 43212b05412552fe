"""Extra goods: paid before they go, they need no director; refused, they are withdrawn and owe nothing more (D4, D8)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection

from company import Staff, confirmed, digest_of, paid
from gatepass.dispatch.models import Change, Notice, NoticeLine, UnpaidSignature
from gatepass.enforcement.models import Obligation
from gatepass.journal.models import Entry
from gatepass.orders.models import Note, Order
from gatepass.receivables.models import Commitment, Receipt
from gatepass.receivables.rests import free_credit
from gatepass.rules.reasons import NotFound, Refused
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
        staff.sign_it("he", "change", change.uid, "consent")
    return change.uid


def line_of(notice: UUID) -> UUID:
    return NoticeLine.objects.filter(notice__uid=notice, until_version=None, product__code="100101").get().uid


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
    staff.unpaid_signed(order, reason="老客户")
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
    staff.record_word("deng", change, "he")
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
    staff.record_word("deng", change, "he")
    words = refused(staff, "apply_change", "deng", change=change)
    assert "D4 加货 960.00 元未付，需要销售总监签批" in words
    staff.run("withdraw_change", "deng", change=change, reason="总监没接电话")
    assert running(change) == set()
    bound = {"route": "countersign", "subject": change, "step": "finance", "digest": digest_of("countersign", change)}
    assert "已撤回" in refused(staff, "sign", "zhou", **bound)


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


@pytest.mark.requirement("D4", "D8")
def test_at_night_the_warehouse_asks_the_director_for_unpaid_extras_and_no_client_admin_is_needed(staff: Staff) -> None:
    order, notice = noticed(staff)
    staff.at = staff.at.replace(hour=13, minute=30)  # 21:30
    change = extra(staff, notice, consented=False)
    staff.record_word("deng", change, "he")
    with pytest.raises(Refused) as unpaid:
        staff.run("apply_change", "deng", change=change)
    cure = next(reason for reason in unpaid.value.reasons if reason.command == "request_unpaid")
    assert cure.given == {"notice": str(notice)} and "960.00" not in cure.seen(sums=False).zh
    staff.run("request_unpaid", "deng", notice=notice, reason="车上有余位，客户明早付")
    asked = UnpaidSignature.objects.get()
    assert (asked.fen, asked.notice is not None and asked.notice.uid, asked.version) == (EXTRA, notice, Notice.objects.get(uid=notice).version)
    with pytest.raises(NotFound):  # an order is not his to see
        staff.run("request_unpaid", "deng", order=order, reason="急")
    with pytest.raises(Refused):
        staff.sign("he", "unpaid", asked.uid, "director")
    staff.sign("liang", "unpaid", asked.uid, "director")
    staff.run("apply_change", "deng", change=change)
    assert Notice.objects.get(uid=notice).effective_at is not None  # the same version, and its approvals stand
    less = staff.run("propose_change", "deng", notice=notice, kind="short", cartons=1, reason="破一件", line=line_of(notice)).uid
    staff.record_word("deng", less, "he")
    staff.run("apply_change", "deng", change=less)
    assert UnpaidSignature.objects.get().voided_at is None  # under the same version, and nothing more is unpaid


@pytest.mark.requirement("D4", "D6")
def test_a_signature_is_for_one_notice_and_another_notice_voids_only_its_own(staff: Staff) -> None:
    order = confirmed(staff)
    staff.unpaid_signed(order)
    first = staff.later(minutes=5).run("issue_notice", "lin", order=order, lines=[{"product": staff.products["100101"], "cartons": 60}]).uid
    one = UnpaidSignature.objects.get()
    assert one.notice is not None and (one.notice.uid, one.version, one.covers_fen) == (first, 1, 60 * 12800)
    rest = {"order": order, "lines": [{"product": staff.products["100101"], "cartons": 40}]}
    assert "D4" in refused(staff, "issue_notice", "lin", **rest)
    staff.unpaid_signed(order)
    assert UnpaidSignature.objects.latest("id").fen == 40 * 12800  # what the next notice leaves unpaid, no more
    second = staff.later(minutes=5).run("issue_notice", "lin", **rest).uid
    staff.later(minutes=5).run("change_notice", "lin", notice=second, reason="改地址", remark="改")
    assert UnpaidSignature.objects.get(notice__uid=second).voided_at == staff.at
    assert UnpaidSignature.objects.get(notice__uid=first).voided_at is None


@pytest.mark.requirement("D4", "D17")
def test_payment_uses_a_signature_up_and_taking_the_payment_back_does_not_give_it_back(staff: Staff) -> None:
    order = confirmed(staff)
    staff.unpaid_signed(order)
    remit(staff, 1_280_000)
    receipt = staff.run("reverse_receipt", "zhou", receipt=Receipt.objects.get().uid, reason="记错客户").uid
    staff.sign("xu", "reversal", receipt, "second")
    assert "12,800.00 元未到账，销售总监签批 0.00" in refused(staff, "issue_notice", "lin", order=order)


@pytest.mark.requirement("D4", "D6")
def test_a_changed_notice_with_unpaid_goods_asks_for_the_director_before_it_is_approved(staff: Staff) -> None:
    order = confirmed(staff, cartons=20)
    staff.unpaid_signed(order)
    goods = {"lines": [{"product": staff.products["100101"], "cartons": 10}]}
    notice = staff.later(minutes=5).run("issue_notice", "lin", order=order, **goods).uid
    for who, side in (("zhou", "finance"), ("he", "sales")):
        staff.sign(who, "notice", notice, side)
    ships = Obligation.objects.get(clause="D4.3", subject=order)
    assert ships.closed_at is None
    goods["lines"][0]["cartons"] = 9
    staff.later(minutes=5).run("change_notice", "lin", notice=notice, reason="少一件", **goods)
    ships.refresh_from_db()
    assert ships.closed_at == staff.at  # nothing lets it leave
    with pytest.raises(Refused) as found:
        staff.sign("zhou", "notice", notice, "finance")
    assert [(one.clause, one.command, (one.given or {}).get("notice")) for one in found.value.reasons] == [("D4", "request_unpaid", str(notice))]
    staff.later(minutes=5).unpaid_signed(order)
    assert UnpaidSignature.objects.latest("id").notice.uid == notice  # the one that is stuck, not what no notice names yet
    assert UnpaidSignature.objects.latest("id").fen == 9 * 12800
    assert Obligation.objects.get(clause="D4.3", subject=order, closed_at=None).opened_at == staff.at
    for who, side in (("zhou", "finance"), ("he", "sales")):
        staff.sign(who, "notice", notice, side)
    staff.run("start_picking", "deng", notice=notice)


@pytest.mark.requirement("D4")
def test_a_void_notice_ends_the_clock_that_its_signature_began(staff: Staff) -> None:
    order = confirmed(staff)
    staff.unpaid_signed(order)
    notice = staff.later(minutes=5).run("issue_notice", "lin", order=order).uid
    staff.run("void_notice", "lin", notice=notice, reason="不发了")
    assert not Obligation.objects.filter(clause="D4.3", subject=order, closed_at=None).exists()
