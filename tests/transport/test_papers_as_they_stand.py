"""Papers of a load name what was really taken: batches and seals on the outbound order, what is picked already on the next pick list."""

from __future__ import annotations

import pytest

from company import Staff, paid
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.papers.models import Paper
from gatepass.stock.models import Batch
from gatepass.transport.sheets import live_outbound
from test_whole_way import effective_notice, loaded, picked


@pytest.mark.requirement("D7", "D9")
def test_the_outbound_order_prints_the_batches_that_were_picked_and_the_seals_on_the_doors(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff, cartons=200))
    picked(staff, notice)
    _, consignment = loaded(staff, notice)
    live = live_outbound(consignment.uid, 1)
    assert live.seals == ("CD-0042",)
    assert [(one.line, one.batches) for one in live.batches] == [(1, ("26-09-18", "26-10-09"))]


@pytest.mark.requirement("D7", "D8")
def test_the_pick_list_of_the_next_version_ticks_what_was_picked_for_the_one_before(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff, cartons=60))
    staff.later(minutes=10).run("start_picking", "deng", notice=notice)
    line = NoticeLine.objects.get(notice__uid=notice)
    batch = Batch.objects.filter(product=line.product).order_by("expires_on").first()
    assert batch is not None
    staff.run("pick_line", "deng", notice=notice, line=line.uid, batches=[{"batch": batch.uid, "cartons": 20}])
    change = staff.run("propose_change", "deng", notice=notice, kind="short", line=line.uid, cartons=10, reason="胀袋").uid
    staff.later(minutes=5).run("consent_change", "he", change=change)
    staff.run("apply_change", "lin", change=change)
    for who, side in (("zhou", "finance"), ("he", "sales")):
        staff.later(minutes=5).run("approve_notice", who, notice=notice, side=side, version=2)
    assert Notice.objects.get(uid=notice).effective_at is not None
    sheet = Paper.objects.get(kind="picklist", version=2).data
    (shown,) = sheet["lines"]
    assert shown["cartons"] == line.cartons + line.gift - 10
    assert [(pick["batch"], pick["cartons"], pick["picked"]) for pick in shown["picks"]] == [
        ("26-09-18", 20, True),
        ("26-09-18", shown["cartons"] - 20, False),
    ]
    assert [cited["clause"] for cited in sheet["clauses"]] == ["D7"]
