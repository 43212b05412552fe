"""What waits for somebody's signature: what goods wait for before what counts already, counted and not cut in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest import MonkeyPatch

from company import Staff, ready
from gatepass.approvals import queries, views
from gatepass.desks import signing
from orders.desk_pages import Visitor


@pytest.mark.requirement("D4", "A17")
def test_what_goods_wait_for_stands_before_confirmations_and_what_is_not_listed_is_counted(staff: Staff, monkeypatch: MonkeyPatch) -> None:
    for number in range(7):
        given = {"destination": "重庆", "street": f"重庆市渝北区空港大道 {number} 号", "consignee": "刘洋", "phone": "13900001111"}
        staff.later(minutes=1).run("add_address", "sun", customer=staff.customer, label=f"仓{number}", **given)
    order = ready(staff)
    staff.run("request_unpaid", "lin", order=order, pay_on=staff.today() + timedelta(days=3), reason="老客户")
    director = Visitor(staff, "liang")
    desk = director.reads("/")
    assert "先发后款" in desk and "另有 2 件价格、政策、客户资料、地址待确认" in desk
    for module in (queries, views, signing):
        monkeypatch.setattr(module, "SHOWN", 3)
    page = director.reads("/approvals/")
    assert "先发后款" in page.split("地址")[0] and "先列 3 件" in page and "8 件" in page
    assert director.reads("/approvals/?all").count("仓") == 7


@pytest.mark.requirement("A17")
@pytest.mark.parametrize("typed", ["审批", "等我签", "approv"])
def test_the_page_of_signatures_is_found_by_what_people_call_it(staff: Staff, typed: str) -> None:
    assert "/approvals/" in Visitor(staff, "xu").get(f"/search?q={typed}").content.decode()
    assert "/do/prepare_refund/" not in Visitor(staff, "zhou").get("/search?q=退款").content.decode()  # its item is chosen on the account
    assert "/do/reverse_voucher/" in Visitor(staff, "zhou").get("/search?q=冲销").content.decode()
