"""The warehouse picks exactly what the notice says, first expired first; a doubt stops it (D7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dispatch.stage import Stage, add_order
from dispatch.test_approvals import at_once
from dispatch.test_noticing import refused
from gatepass.dispatch.models import Doubt, Notice, Pick
from gatepass.enforcement.models import Obligation
from gatepass.orders.models import Note
from gatepass.rules.reasons import Refused
from gatepass.stock.models import Batch, Move, Reservation


def words(stage: Stage, notice: object, product: str, *taken: tuple[str, int]) -> str:
    with pytest.raises(Refused) as found:
        stage.pick(notice, product, *taken)  # type: ignore[arg-type]
    return "；".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


@pytest.mark.requirement("D7")
def test_the_batch_that_expires_first_is_taken_first(stage: Stage) -> None:
    notice = stage.in_hand()
    assert "D7 批次 D-1（2027-03-01 到期）先到期，还剩 40 件" in words(stage, notice, "豆瓣", ("D-2", 106))
    stage.pick(notice, "豆瓣", ("D-1", 40), ("D-2", 66))
    assert Batch.objects.get(code="D-2").on_hand == 134


@pytest.mark.requirement("D7")
def test_of_batches_that_expire_on_one_day_any_may_be_taken(stage: Stage) -> None:
    notice = stage.in_hand()
    Batch.objects.filter(code="D-2").update(expires_on=Batch.objects.get(code="D-1").expires_on)
    stage.pick(notice, "豆瓣", ("D-2", 106))
    assert Batch.objects.get(code="D-1").on_hand == 40


@pytest.mark.requirement("D7")
def test_part_of_a_line_may_be_picked_and_the_rest_later(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick(notice, "豆瓣", ("D-1", 25))
    stage.pick(notice, "豆瓣", ("D-1", 15), ("D-2", 66))
    assert Reservation.objects.get(product=stage.products["豆瓣"]).cartons == 0
    assert sorted(Move.objects.values_list("cartons", flat=True)) == [-66, -25, -15]


@pytest.mark.requirement("D7")
def test_more_than_the_notice_says_is_not_picked(stage: Stage) -> None:
    notice = stage.in_hand()
    assert "D7 泡菜 数量不能是 31 件，通知单写的是 30 件" in words(stage, notice, "泡菜", ("P-1", 31))
    stage.pick(notice, "泡菜", ("P-1", 30))
    assert "数量不能是 31 件" in words(stage, notice, "泡菜", ("P-1", 1))


@pytest.mark.requirement("D7")
def test_another_product_is_not_picked(stage: Stage) -> None:
    notice = stage.in_hand()
    assert "D7 通知单这一行是泡菜，不能发别的" in words(stage, notice, "泡菜", ("X-1", 30))
    assert not Pick.objects.exists()


@pytest.mark.requirement("D7")
@pytest.mark.parametrize("change", [{"quality": "held"}, {"expires_on": date(2026, 11, 24)}])
def test_a_batch_that_is_held_or_expired_is_passed_over(stage: Stage, change: dict[str, object]) -> None:
    notice = stage.in_hand()
    Batch.objects.filter(code="D-1").update(**change)
    assert "D7 批次 D-1 没有检验合格" in words(stage, notice, "豆瓣", ("D-1", 40))
    stage.pick(notice, "豆瓣", ("D-2", 106))


def test_no_more_is_taken_than_lies_there(stage: Stage) -> None:
    notice = stage.in_hand()
    assert "批次 D-1 只有 40 件" in words(stage, notice, "豆瓣", ("D-1", 41))


@pytest.mark.requirement("D7")
def test_what_is_not_complete_is_not_finished(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick(notice, "泡菜", ("P-1", 30))
    assert "D7 FH-2026-0001 应配 136 件，已配 30 件" in refused(stage, "deng", "finish_picking", notice=notice)
    stage.pick(notice, "豆瓣", ("D-1", 40), ("D-2", 66))
    stage.do("deng", "finish_picking", notice=notice)


@pytest.mark.requirement("D7")
def test_what_is_put_back_is_in_its_batch_and_set_aside_again(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick_all(notice)
    stage.do("deng", "finish_picking", notice=notice)
    line, batch = stage.line(notice, "泡菜"), stage.batches["P-1"].uid
    assert "只配了 30 件" in refused(stage, "deng", "put_back", notice=notice, line=line, batch=batch, cartons=31, reason="破损")
    stage.do("deng", "put_back", notice=notice, line=line, batch=batch, cartons=5, reason="破损")
    assert Notice.objects.get().picked_at is None
    assert Batch.objects.get(code="P-1").on_hand == 75
    assert Reservation.objects.get(product=stage.products["泡菜"]).cartons == 5


@pytest.mark.requirement("D6", "D7")
def test_picking_stops_when_the_notice_is_changed_until_it_is_approved_again(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick(notice, "泡菜", ("P-1", 30))
    fewer = [{"product": stage.products["泡菜"].uid, "cartons": 20}, {"product": stage.products["豆瓣"].uid, "cartons": 100, "gift": 6}]
    assert "泡菜 已配 30 件，新的数量只有 20 件" in refused(stage, "lin", "change_notice", notice=notice, reason="少", lines=fewer)
    more = [{"product": stage.products["泡菜"].uid, "cartons": 30}, {"product": stage.products["豆瓣"].uid, "cartons": 50}]
    stage.do("lin", "change_notice", notice=notice, reason="少", lines=more)
    assert "D6" in words(stage, notice, "豆瓣", ("D-1", 40))
    stage.approved(notice, version=2)
    stage.pick(notice, "豆瓣", ("D-1", 40), ("D-2", 10))
    stage.do("deng", "finish_picking", notice=notice)


@pytest.mark.requirement("D7")
def test_a_doubt_stops_the_notice_until_the_client_admin_has_answered(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick(notice, "豆瓣", ("D-1", 40), ("D-2", 66))
    doubt = stage.do("deng", "raise_doubt", notice=notice, line=stage.line(notice, "泡菜"), question="是发老款包装吗").uid
    assert "D7 FH-2026-0001 有疑问未答复：是发老款包装吗" in words(stage, notice, "泡菜", ("P-1", 30))
    assert Obligation.objects.get(clause="D7.3", closed_at=None).due_at == stage.at + timedelta(hours=1)
    assert "M1" in refused(stage, "deng", "answer_doubt", doubt=doubt, answer="是")
    stage.do("lin", "answer_doubt", doubt=doubt, answer="发老款")
    stage.pick(notice, "泡菜", ("P-1", 30))
    assert Obligation.objects.get(clause="D7.3").closed_how == "kept"
    assert [note.text for note in Note.objects.order_by("id")][-1] == "FH-2026-0001 是发老款包装吗 → 发老款"


@pytest.mark.requirement("D7")
def test_a_doubt_that_is_not_answered_in_an_office_hour_is_late(stage: Stage) -> None:
    notice = stage.in_hand()
    doubt = stage.do("deng", "raise_doubt", notice=notice, question="少一张标签").uid
    stage.at += timedelta(hours=4)
    stage.do("wang", "answer_doubt", doubt=doubt, answer="补")
    assert Obligation.objects.get(clause="D7.3").closed_how == "late"
    assert "已经答复过了" in refused(stage, "lin", "answer_doubt", doubt=doubt, answer="补")


def test_voiding_a_notice_ends_its_doubt(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.do("deng", "raise_doubt", notice=notice, question="少一张标签")
    stage.do("lin", "void_notice", notice=notice, reason="取消")
    assert Doubt.objects.get().answered_at == stage.at
    assert not Obligation.objects.filter(clause="D7.3", closed_at=None).exists()


@pytest.mark.requirement("D7")
def test_two_pickers_at_once_do_not_take_more_than_the_notice_says(stage: Stage) -> None:
    notice = stage.in_hand()
    outcome = at_once(*[lambda: stage.pick(notice, "泡菜", ("P-1", 20)) for _ in range(2)])
    assert sum(isinstance(one, Refused) for one in outcome) == 1
    assert Batch.objects.get(code="P-1").on_hand == 80


@pytest.mark.requirement("D7", "D3")
def test_cartons_set_aside_for_another_order_are_not_picked_and_the_refusal_says_whose_they_are(stage: Stage) -> None:
    notice = stage.in_hand()
    soy = stage.products["豆瓣"]
    Reservation.objects.filter(order=stage.order.uid, product=soy).update(cartons=30)
    other = add_order(stage, stage.order.customer, stage.order.address, "DH-2026-1190", (("豆瓣", 190, 0),))
    said = words(stage, notice, "豆瓣", ("D-1", 40), ("D-2", 66))
    assert "豆瓣 为本单预留 30 件，没有预留的还有 20 件，不能配 106 件；其余预留给 别的订单（190 件）" in said
    stage.pick(notice, "豆瓣", ("D-1", 40), ("D-2", 10))
    assert Reservation.objects.get(order=other.uid).cartons == 190
    assert "为本单预留 0 件，没有预留的还有 0 件" in words(stage, notice, "豆瓣", ("D-2", 1))
    stage.order = other
    stage.pay("15960.00")
    stage.approved()
    assert "其余预留给 DH-2026-1190（190 件）" in words(stage, notice, "豆瓣", ("D-2", 1))  # the warehouse knows that order by now
