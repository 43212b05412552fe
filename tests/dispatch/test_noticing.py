"""Issuing and changing notices: what is open, what is unpaid (D4), what an approval binds (D6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.stage import DAY, Stage
from gatepass.approvals.models import Version
from gatepass.dispatch.models import Notice, NoticeLine, NoticeVersion
from gatepass.enforcement.models import Obligation
from gatepass.journal.door import COMMANDS
from gatepass.orders.models import Order
from gatepass.rules.reasons import NotFound, Refused


def refused(stage: Stage, who: str, name: str, **given: object) -> str:
    """The refusal in Chinese, its clauses before its words."""
    with pytest.raises(Refused) as found:
        stage.do(who, name, **given)
    return "；".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


@pytest.mark.requirement("D4")
def test_a_paid_order_is_noticed(stage: Stage) -> None:
    notice = Notice.objects.get(uid=stage.noticed())
    assert notice.unpaid_fen == 0
    assert Order.objects.get().noticed == 1


@pytest.mark.requirement("D4")
def test_an_unpaid_order_is_not_noticed_and_the_refusal_names_the_sum_and_the_director(stage: Stage) -> None:
    stage.part_paid("10000.00")
    with pytest.raises(Refused) as found:
        stage.noticed()
    (reason,) = found.value.reasons
    assert reason.clause == "D4"
    assert "245.00" in reason.what.zh
    assert "245.00" not in reason.seen(sums=False).zh
    assert reason.command == "request_unpaid"
    assert not Notice.objects.exists()


@pytest.mark.requirement("D4")
def test_the_directors_signature_covers_the_sum_that_it_names_and_no_more(stage: Stage) -> None:
    stage.part_paid("10000.00")
    stage.sign("245.00")
    assert Notice.objects.get(uid=stage.noticed()).unpaid_fen == 24500


@pytest.mark.requirement("D4", "C4")
def test_what_is_paid_covers_notices_in_their_order(stage: Stage) -> None:
    stage.part_paid("8400.00")
    first = stage.noticed(lines=[{"product": stage.products["豆瓣"].uid, "cartons": 100, "gift": 6}])
    assert Notice.objects.get(uid=first).unpaid_fen == 0
    assert "1,845.00" in refused(stage, "lin", "issue_notice", order=stage.order.uid)


def test_nothing_beyond_what_the_order_has_open_is_noticed(stage: Stage) -> None:
    stage.noticed(lines=[{"product": stage.products["豆瓣"].uid, "cartons": 60, "gift": 6}])
    more = [{"product": stage.products["豆瓣"].uid, "cartons": 41}, {"product": stage.products["香辣酱"].uid, "cartons": 1}]
    words = refused(stage, "lin", "issue_notice", order=stage.order.uid, lines=more)
    assert "第 1 行：豆瓣 只剩 40 件、搭赠 0 件可开" in words
    assert "第 2 行：订单里没有这个产品" in words
    rest = stage.noticed()
    assert sorted(NoticeLine.objects.filter(notice__uid=rest).values_list("cartons", "gift")) == [(30, 0), (40, 0)]
    assert "都已开了通知单" in refused(stage, "lin", "issue_notice", order=stage.order.uid)


@pytest.mark.requirement("D2")
def test_an_order_that_the_customer_did_not_confirm_is_not_noticed(stage: Stage) -> None:
    Order.objects.update(confirmed_at=None)
    assert "D2 客户还没有确认订单" in refused(stage, "lin", "issue_notice", order=stage.order.uid)


def test_every_reason_comes_at_once(stage: Stage) -> None:
    stage.part_paid("0")
    Order.objects.update(confirmed_at=None)
    words = refused(stage, "lin", "issue_notice", order=stage.order.uid, ship_on=DAY - timedelta(days=1))
    assert "D2" in words and "D4" in words and "已经过去" in words


@pytest.mark.requirement("C11", "M1")
@pytest.mark.parametrize("who", ["zhou", "he", "deng", "luo", "su"])
def test_only_the_client_admin_issues_notices(stage: Stage, who: str) -> None:
    assert "M1" in refused(stage, who, "issue_notice", order=stage.order.uid)


@pytest.mark.requirement("D6")
def test_changing_an_approved_notice_voids_both_approvals(stage: Stage) -> None:
    notice = stage.approved()
    stage.do("lin", "change_notice", notice=notice, reason="客户少要", lines=[{"product": stage.products["泡菜"].uid, "cartons": 30}])
    found = Notice.objects.get(uid=notice)
    assert (found.version, found.effective_at) == (2, None)
    assert "D6" in refused(stage, "deng", "start_picking", notice=notice)
    stage.approved(notice, version=2)
    stage.do("deng", "start_picking", notice=notice)


@pytest.mark.requirement("D6")
def test_a_version_once_written_stays_readable_with_its_hash(stage: Stage) -> None:
    notice = stage.noticed()
    stage.do("lin", "change_notice", notice=notice, reason="分两车", lines=[{"product": stage.products["泡菜"].uid, "cartons": 10}])
    first, second = Version.objects.order_by("version")
    assert [one.digest for one in NoticeVersion.objects.order_by("version")] == [first.digest, second.digest]
    assert [line["cartons"] for line in first.data["lines"]] == [100, 30]
    assert [line["cartons"] for line in second.data["lines"]] == [10]
    assert first.digest != second.digest == Notice.objects.get().digest


@pytest.mark.requirement("D6")
def test_a_further_version_starts_the_clocks_of_both_sides_again(stage: Stage) -> None:
    notice = stage.noticed()
    stage.at += timedelta(hours=1)
    stage.do("lin", "change_notice", notice=notice, reason="改日期", ship_on=DAY)
    clocks = Obligation.objects.filter(subject=notice, closed_at=None)
    assert {(one.clause, one.started_at) for one in clocks} == {("D6.3", stage.at), ("D6.4", stage.at)}


def test_a_void_notice_keeps_its_number_and_frees_its_goods(stage: Stage) -> None:
    notice = stage.noticed()
    stage.do("lin", "void_notice", notice=notice, reason="客户改期")
    again = Notice.objects.get(uid=stage.noticed())
    assert again.number == "FH-2026-0002"
    assert not Obligation.objects.filter(subject=notice, closed_at=None).exists()
    assert "通知单已作废" in refused(stage, "zhou", "sign", **stage.bound(notice, "finance", 1))


def test_what_was_picked_goes_back_before_the_notice_is_void(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick(notice, "泡菜", ("P-1", 30))
    assert "先退回货位" in refused(stage, "lin", "void_notice", notice=notice, reason="客户改期")
    line = stage.line(notice, "泡菜")
    stage.do("deng", "put_back", notice=notice, line=line, batch=stage.batches["P-1"].uid, cartons=30, reason="作废")
    stage.do("lin", "void_notice", notice=notice, reason="客户改期")


@pytest.mark.requirement("D6")
@pytest.mark.parametrize("gone", ["loaded_at", "left_at"])
def test_what_is_loaded_or_gone_is_not_changed(stage: Stage, gone: str) -> None:
    notice = stage.approved()
    Notice.objects.update(**{gone: stage.at})
    assert "货已" in refused(stage, "lin", "change_notice", notice=notice, reason="晚了")
    assert "货已" in refused(stage, "lin", "void_notice", notice=notice, reason="晚了")


def test_a_notice_out_of_sight_is_absent(stage: Stage) -> None:
    notice = stage.noticed()
    with pytest.raises(NotFound):
        stage.do("deng", "start_picking", notice=notice)
    with pytest.raises(NotFound):
        stage.sign_for("luo", notice, "sales", 1)


def test_the_same_key_gives_the_same_notice(stage: Stage) -> None:
    issue = COMMANDS["issue_notice"]
    first = issue(by=stage.people["lin"], at=stage.at, key="one", order=stage.order.uid)
    assert issue(by=stage.people["lin"], at=stage.at, key="one", order=stage.order.uid) == first
    assert Notice.objects.count() == 1
