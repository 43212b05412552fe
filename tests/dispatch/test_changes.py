"""Changes of goods need consent, in office hours and after (D8)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from came_in import came_in
from dispatch.stage import NIGHT, Stage
from dispatch.test_noticing import refused
from gatepass.dispatch.models import Change, Notice, NoticeLine
from gatepass.enforcement.models import Obligation
from gatepass.orders.models import Note, Order, OrderLine
from gatepass.receivables.models import Commitment
from gatepass.receivables.rests import cover_of, standing
from gatepass.rules.reasons import NotFound
from gatepass.stock.models import Batch, Reservation


def propose(stage: Stage, notice: UUID, kind: str, cartons: int, line: str = "", *, product: str = "", who: str = "deng") -> UUID:
    given = {"line": stage.line(notice, line) if line else None, "product": stage.products[product].uid if product else None}
    return stage.do(who, "propose_change", notice=notice, kind=kind, cartons=cartons, reason="缺货", **given).uid


def lines(notice: UUID) -> list[tuple[str, int, int]]:
    rows = NoticeLine.objects.filter(notice__uid=notice, until_version=None).order_by("position")
    return list(rows.values_list("product__name", "cartons", "gift"))


def clocks(change: UUID) -> set[str]:
    return set(Obligation.objects.filter(subject=change, closed_at=None).values_list("clause", flat=True))


@pytest.mark.requirement("D8")
def test_a_change_without_consent_is_not_made(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "short", 10, "泡菜")
    assert "D8 这项调换增减还没有销售同意" in refused(stage, "lin", "apply_change", change=change)
    assert lines(notice) == [("豆瓣", 100, 6), ("泡菜", 30, 0)]


@pytest.mark.requirement("D8")
def test_sales_has_an_office_hour_to_answer(stage: Stage) -> None:
    change = propose(stage, stage.in_hand(), "short", 10, "泡菜")
    assert Obligation.objects.get(subject=change, clause="D8.2").due_at == stage.at + timedelta(hours=1)
    stage.decline_it("he", "change", change, "consent", "下午到货")
    assert clocks(change) == set()
    assert "没有获得同意" in refused(stage, "lin", "apply_change", change=change)


@pytest.mark.requirement("D6", "D8")
def test_a_shortage_in_office_hours_makes_a_version_to_be_approved_and_stays_open_in_the_order(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "short", 10, "泡菜")
    stage.sign_it("he", "change", change, "consent")
    assert clocks(change) == {"D8.3"}
    stage.do("lin", "apply_change", change=change)
    found = Notice.objects.get(uid=notice)
    assert (found.version, found.effective_at) == (2, None)
    assert lines(notice) == [("豆瓣", 100, 6), ("泡菜", 20, 0)]
    rest = stage.noticed()
    assert lines(rest) == [("泡菜", 10, 0)]


@pytest.mark.requirement("D8")
def test_the_customer_is_told_and_all_of_it_stands_in_the_plan_book(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "short", 10, "泡菜")
    stage.sign_it("he", "change", change, "consent", why="客户同意就行")
    stage.do("su", "tell_change", change=change, how="电话", understanding="下批补发")
    assert clocks(change) == set()
    assert [note.text for note in Note.objects.order_by("id")] == [
        "FH-2026-0001 −10 泡菜：缺货",
        "FH-2026-0001 −10 泡菜 ✓ 何志远 同意 客户同意就行",
        "FH-2026-0001 −10 泡菜 电话：下批补发",
    ]
    assert Note.objects.order_by("id")[1].said.en == "FH-2026-0001 −10 泡菜 ✓ 何志远 consents 客户同意就行"


@pytest.mark.requirement("D8")
def test_nobody_consents_to_what_he_proposed(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.deputise("lin", "he")
    change = propose(stage, notice, "short", 10, "泡菜", who="lin")
    assert "D8 提出的人不能自己同意" in refused(stage, "lin", "sign", **stage.about("change", change, "consent"))
    assert "M1" in refused(stage, "deng", "sign", **stage.about("change", change, "consent"))


@pytest.mark.requirement("D8")
def test_a_substitution_changes_notice_order_sum_due_and_what_is_set_aside(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "substitute", 30, "泡菜", product="香辣酱")
    assert Change.objects.get().value_fen == 30 * (7000 - 6150)
    stage.sign_it("he", "change", change, "consent")
    assert "D4" in refused(stage, "lin", "apply_change", change=change)
    stage.sign("255.00")
    stage.do("lin", "apply_change", change=change)
    assert lines(notice) == [("豆瓣", 100, 6), ("香辣酱", 30, 0)]
    assert list(OrderLine.objects.order_by("position").values_list("product__name", "cartons")) == [
        ("豆瓣", 100), ("泡菜", 0), ("香辣酱", 30)
    ]  # fmt: skip
    assert Reservation.objects.get(product=stage.products["香辣酱"]).cartons == 30
    assert Reservation.objects.get(product=stage.products["泡菜"]).cartons == 0
    assert Commitment.objects.get().fen == Order.objects.get().goods_fen == 1024500 + 25500
    assert standing(stage.order.customer.uid).free == ()
    assert Notice.objects.get().unpaid_fen == 25500


@pytest.mark.requirement("D4", "D8")
def test_unpaid_extra_goods_need_the_director_also_at_night(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.at = NIGHT
    change = propose(stage, notice, "extra", 10, product="香辣酱")
    stage.sign_it("he", "change", change, "consent")
    assert Obligation.objects.filter(subject=change, closed_at=None).count() == 3
    assert "D4 加货 700.00 元未付，需要销售总监签批" in refused(stage, "deng", "apply_change", change=change)
    stage.sign("700.00")
    stage.do("deng", "apply_change", change=change)
    assert lines(notice)[-1] == ("香辣酱", 10, 0)


@pytest.mark.requirement("D8")
def test_what_was_paid_for_goods_that_became_cheaper_is_the_customers(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "substitute", 10, "豆瓣", product="香辣酱")
    stage.sign_it("he", "change", change, "consent")
    stage.do("lin", "apply_change", change=change)
    assert (Commitment.objects.get().remit_fen, Commitment.objects.get().fen) == (1024500 - 14000, 1024500 - 14000)
    assert (cover := cover_of(stage.order.uid)) is not None and cover.open_fen == -14000  # his once the goods have left


@pytest.mark.requirement("D8")
def test_a_paid_extra_needs_no_director(stage: Stage) -> None:
    came_in(stage.order.uid, 70000, NIGHT)  # with what he paid for the order 700.00 more
    notice = stage.in_hand()
    stage.at = NIGHT
    change = propose(stage, notice, "extra", 10, product="香辣酱")
    stage.sign_it("he", "change", change, "consent")
    stage.do("deng", "apply_change", change=change)
    assert Order.objects.get().cartons == 140


@pytest.mark.requirement("D8")
def test_after_hours_a_verbal_consent_acts_at_once_and_keeps_the_approvals(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick_all(notice)
    stage.at = NIGHT
    change = propose(stage, notice, "short", 10, "豆瓣")
    word = {**stage.about("change", change, "consent"), "person": stage.people["lin"]}
    assert "他没有“同意增减调换”的权限" in refused(stage, "deng", "record_word", **word)
    stage.record_word("deng", change, "he")
    assert clocks(change) == {"D8.3", "D8.4", "D8.5", "D8.6"}
    line, batch = stage.line(notice, "豆瓣"), stage.batches["D-2"].uid
    assert "先把多配的退回货位" in str(refusal_cures(stage, "deng", "apply_change", change=change))
    stage.do("deng", "put_back", notice=notice, line=line, batch=batch, cartons=10, reason="破损")
    stage.do("deng", "apply_change", change=change)
    found = Notice.objects.get(uid=notice)
    assert (found.version, found.effective_at is not None) == (1, True)
    assert lines(notice)[0] == ("豆瓣", 90, 6)
    stage.do("deng", "finish_picking", notice=notice)
    assert Batch.objects.get(code="D-2").on_hand == 144


def refusal_cures(stage: Stage, who: str, name: str, **given: object) -> list[str]:
    from gatepass.rules.reasons import Refused

    with pytest.raises(Refused) as found:
        stage.do(who, name, **given)
    return [reason.cure.zh for reason in found.value.reasons]


@pytest.mark.requirement("D8")
def test_the_morning_after_the_night_is_told_countersigned_and_confirmed(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.at = NIGHT
    change = propose(stage, notice, "short", 10, "泡菜")
    stage.record_word("deng", change, "he")
    due = dict(Obligation.objects.filter(subject=change).values_list("clause", "due_at"))
    assert due["D8.4"].isoformat() == "2026-11-25T01:30:00+00:00"  # 09:30 the next morning
    assert due["D8.5"].isoformat() == "2026-11-25T03:30:00+00:00"  # 11:30 of the next working morning
    assert Obligation.objects.get(clause="D8.6").holder == stage.people["he"]
    stage.at = NIGHT + timedelta(hours=11, minutes=30)  # 09:00
    assert "M1" in refused(stage, "he", "sign", **stage.about("countersign", change, "finance"))
    assert "本人补签" in refused(stage, "liang", "confirm_word", route="change", subject=change, step="consent")
    assert "请转告客户内勤" in refused(stage, "deng", "relay_change", change=change, person=stage.people["luo"])
    stage.do("deng", "relay_change", change=change, person=stage.people["wang"])
    stage.sign_it("zhou", "countersign", change, "finance")
    stage.confirm_it("he", change)
    assert clocks(change) == {"D8.3"}
    assert not Obligation.objects.filter(subject=change, closed_how="late").exists()
    assert "这一步已经签过" in refused(stage, "zhou", "sign", **stage.about("countersign", change, "finance"))


@pytest.mark.requirement("D8")
def test_a_change_of_office_hours_is_not_countersigned_but_approved(stage: Stage) -> None:
    change = propose(stage, stage.in_hand(), "short", 10, "泡菜")
    stage.sign_it("he", "change", change, "consent")
    with pytest.raises(NotFound):  # it is approved as another version: there is nothing to countersign
        stage.do("zhou", "sign", route="countersign", subject=change, step="finance", digest="0" * 64)
    assert clocks(change) == {"D8.3"}
    assert "M1" in refused(stage, "deng", "apply_change", change=change)


@pytest.mark.requirement("D8")
def test_nobody_takes_what_is_set_aside_for_another_order(stage: Stage) -> None:
    Batch.objects.filter(code="X-1").update(on_hand=9)
    change = propose(stage, stage.in_hand(), "extra", 10, product="香辣酱")
    stage.sign_it("he", "change", change, "consent")
    assert "没有预留给别人的只有 9 件" in refused(stage, "lin", "apply_change", change=change)


def test_a_proposal_says_what_it_lacks_all_at_once(stage: Stage) -> None:
    notice = stage.in_hand()
    words = refused(stage, "deng", "propose_change", notice=notice, kind="substitute", cartons=0, reason=" ")
    assert all(part in words for part in ("请选哪一行", "请选换成什么", "件数要大于零", "请写明"))
    line = stage.line(notice, "泡菜")
    beyond = refused(stage, "deng", "propose_change", notice=notice, kind="short", cartons=31, line=line, reason="缺")
    assert "通知单这一行只有 30 件" in beyond


def test_a_proposal_that_the_notice_has_overtaken_is_made_anew(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "short", 10, "泡菜")
    stage.sign_it("he", "change", change, "consent")
    fewer = [{"product": stage.products["泡菜"].uid, "cartons": 5}]
    stage.do("lin", "change_notice", notice=notice, reason="客户少要", lines=fewer)
    assert "请重新提出" in refused(stage, "lin", "apply_change", change=change)


def test_voiding_a_notice_declines_its_open_changes(stage: Stage) -> None:
    notice = stage.in_hand()
    change = propose(stage, notice, "short", 10, "泡菜")
    stage.do("lin", "void_notice", notice=notice, reason="取消")
    assert clocks(change) == set()
    assert Change.objects.get().declined_at == stage.at


@pytest.mark.requirement("D8")
def test_what_finance_does_not_countersign_does_not_leave_as_it_is(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.at = NIGHT
    change = propose(stage, notice, "short", 10, "泡菜")
    stage.record_word("deng", change, "he")
    stage.do("deng", "apply_change", change=change)
    stage.decline_it("zhou", "countersign", change, "finance", "客户没有同意")
    assert clocks(change) == {"D8.3", "D8.4", "D8.6"}
    assert "不补签：" in Note.objects.order_by("-id")[0].said.zh
