"""The way of a notice, from the desk to the loading dock."""

from __future__ import annotations

import pytest

from dispatch.stage import Stage
from gatepass.approvals.models import Signature
from gatepass.dispatch.models import Notice, Pick
from gatepass.stock.models import Batch, Reservation


@pytest.mark.requirement("D6", "D7")
def test_a_paid_order_is_noticed_approved_and_picked(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.pick_all(notice)
    stage.do("deng", "finish_picking", notice=notice)
    found = Notice.objects.get(uid=notice)
    assert found.number == "FH-2026-0001"
    assert found.effective_at == found.picked_at == stage.at
    assert Signature.objects.filter(subject=notice).count() == 2
    assert sum(Pick.objects.values_list("cartons", flat=True)) == 136
    assert Batch.objects.get(code="D-1").on_hand == 0
    assert Batch.objects.get(code="D-2").on_hand == 134
    assert not Reservation.objects.exclude(cartons=0).exists()
