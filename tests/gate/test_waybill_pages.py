"""The pages of waybills, through the browser's door: filled in, received, their freight posted."""

from __future__ import annotations

import pytest

from gatepass.journal.clock import clock_at
from gatepass.orders.models import Composition, Part

from .stage import NOW, Stage, arrange, gone, notice, order, paper, stage, when
from .test_pages import as_


@pytest.mark.requirement("D11", "D2")
def test_a_subsidy_that_the_order_took_off_is_received_and_nothing_is_offered_to_post(fresh: str):
    made = stage(bearer="subsidy")
    sold = order(made)
    sheet = {"version": 1, "at": NOW, "by": made.who("client_admin"), "remit_fen": 0, "committed_fen": 0, "data": {}, "digest": "0"}
    sent = Composition.objects.create(order=sold, **sheet)
    Part.objects.create(composition=sent, position=1, kind="subsidy", fen=-20_000, zh="运补", en="subsidy", source_kind="order")
    waybill = paper(gone(made, notice(made, sold)))
    finance, where = as_(made, "finance"), f"/waybills/{waybill.uid}/"
    with clock_at(when(26, 9)):
        assert "收托运单并入账" not in finance.get(where).content.decode()
        page = finance.post(f"{where}receive", {"_key": "r"}, follow=True).content.decode()
    assert "托运单已收" in page and "不再入账" in page and "<form" in page and f'action="{where}receive"' not in page
    waybill.refresh_from_db()
    assert waybill.handed_in_at is not None and waybill.credited_at is None


@pytest.mark.requirement("D11")
def test_finance_receives_a_waybill_and_posts_its_freight_in_one_go(made: Stage):
    trip = gone(made, notice(made, order(made)))
    finance, where = as_(made, "finance"), f"/waybills/{paper(trip).uid}/"
    with clock_at(when(26, 10)):
        assert paper(trip).number in finance.get("/waybills/?show=open").content.decode()
        finance.post(f"{where}receive", {"_key": "k"})
        page = finance.get(where).content.decode()
        assert "应付账款转货款" in page
        assert "冲回" in page
    assert paper(trip).credited_at == when(26, 10)


@pytest.mark.parametrize("show", ["open", "incomplete", "flagged", "to_credit", "all"])
def test_waybills_are_filtered(made: Stage, show: str):
    arrange(made, notice(made, order(made)))
    with clock_at(NOW):
        assert as_(made, "client_admin").get(f"/waybills/?show={show}&q=重庆").status_code == 200


def test_a_waybill_is_filled_in_on_its_page(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    desk = as_(made, "client_admin")
    with clock_at(NOW):
        desk.post("/do/fill_waybill/", {"waybill": str(paper(trip).uid), "freight": "520.00"})
        page = desk.get(f"/waybills/{paper(trip).uid}/").content.decode()
    assert "520.00 ≠ 500.00" in page
