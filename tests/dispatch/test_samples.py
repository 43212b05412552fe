"""Samples go out with their own approval, cost and follow-up (C11)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from dispatch.stage import DAY, Stage
from dispatch.test_approvals import also
from dispatch.test_noticing import refused
from gatepass.dispatch.models import Sample
from gatepass.enforcement.models import Obligation
from gatepass.stock.models import Batch, Reservation


def wanted(stage: Stage, **given: object) -> dict[str, object]:
    return {
        "lines": [{"product": stage.products["香辣酱"].uid, "cartons": 2}], "recipient": "成都好味餐饮", "address": "成都市锦江区",
        "phone": "138 0000 1111", "purpose": "新客户试用", "cost": "140.00", "follow_up_on": date(2026, 12, 1), **given,
    }  # fmt: skip


def noticed(stage: Stage) -> UUID:
    return stage.do("lin", "issue_sample_notice", **wanted(stage)).uid


def sent(stage: Stage) -> UUID:
    sample = noticed(stage)
    stage.sign_it("he", "sample", sample, "sales")
    stage.do("deng", "send_sample", sample=sample, batches=[{"batch": stage.batches["X-1"].uid, "cartons": 2}])
    return sample


@pytest.mark.requirement("C11")
def test_approved_samples_leave_stock_and_their_outcome_is_asked_on_the_day_named(stage: Stage) -> None:
    sample = sent(stage)
    assert Batch.objects.get(code="X-1").on_hand == 58
    assert Sample.objects.get().cost_fen == 14000
    clock = Obligation.objects.get(clause="C11.3")
    assert clock.due_at.isoformat() == "2026-12-01T10:00:00+00:00"
    stage.do("lin", "follow_up_sample", sample=sample, outcome="想订 50 件")
    assert Obligation.objects.get(clause="C11.3").closed_how == "kept"


@pytest.mark.requirement("C11")
def test_samples_that_sales_did_not_approve_do_not_leave(stage: Stage) -> None:
    sample = noticed(stage)
    also(stage, "wang", "warehouse")
    batches = [{"batch": stage.batches["X-1"].uid, "cartons": 2}]
    words = refused(stage, "wang", "send_sample", sample=sample, batches=batches)
    assert "C11 样品通知 FH-2026-0001 还没有销售审批" in words


@pytest.mark.requirement("C11")
def test_nobody_approves_the_samples_that_he_asked_for(stage: Stage) -> None:
    also(stage, "lin", "sales_manager")
    sample = noticed(stage)
    assert "C11 提出的人不能自己同意" in refused(stage, "lin", "sign", **stage.about("sample", sample, "sales"))
    stage.decline_it("he", "sample", sample, "sales", "太多")
    assert "已被退回" in refused(stage, "liang", "sign", **stage.about("sample", sample, "sales"))


@pytest.mark.requirement("C11")
def test_exactly_what_the_sample_notice_says_is_sent(stage: Stage) -> None:
    sample = noticed(stage)
    stage.sign_it("he", "sample", sample, "sales")
    for batch, cartons in (("X-1", 3), ("P-1", 2)):
        batches = [{"batch": stage.batches[batch].uid, "cartons": cartons}]
        assert "与样品通知的品种、件数不符" in refused(stage, "deng", "send_sample", sample=sample, batches=batches)


def test_a_sample_notice_says_what_it_lacks_all_at_once(stage: Stage) -> None:
    words = refused(stage, "lin", "issue_sample_notice", **wanted(stage, lines=[], recipient=" ", cost="-1", follow_up_on=DAY))
    assert all(part in words for part in ("至少写一种样品", "请写明", "成本不能小于零", "跟进日期要在今天之后"))
    assert "M1" in refused(stage, "deng", "issue_sample_notice", **wanted(stage))


@pytest.mark.requirement("D7", "C11")
def test_samples_take_nothing_that_is_set_aside_for_an_order(stage: Stage) -> None:
    Reservation.objects.create(product=stage.products["香辣酱"], order=stage.order.uid, cartons=59, at=stage.at)
    sample = noticed(stage)
    stage.sign_it("he", "sample", sample, "sales")
    batches = [{"batch": stage.batches["X-1"].uid, "cartons": 2}]
    assert "没有预留的还有 1 件，不能配 2 件" in refused(stage, "deng", "send_sample", sample=sample, batches=batches)
    assert Batch.objects.get(code="X-1").on_hand == 60
