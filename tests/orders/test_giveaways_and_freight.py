"""What a clerk may give by himself: the policy's giveaways and no more, no negative freight, discounts as the policy says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from desk_pages import Visitor, words

from company import Staff, checked, taken
from gatepass.catalogue.models import Promotion
from gatepass.catalogue.policies import Policy, gifts
from gatepass.orders.models import Order, OrderLine, Part
from gatepass.rules.reasons import Refused


def refused(staff: Staff, command: str, who: str, **given: Any) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return " ".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


class Soy:
    id, family = 1, "酱"


def tier(name: str, buy: int, get: int, uid: int) -> Policy:
    from uuid import UUID

    return Policy(UUID(int=uid), name, True, None, "", 0, buy, get, Decimal(0))


@pytest.mark.requirement("D2")
def test_tiers_of_one_policy_give_their_best_sum_and_two_policies_are_never_added() -> None:
    cartons = (9, 10, 49, 50, 60)
    one = [tier("春季", 10, 1, 1), tier("春季", 50, 6, 2)]
    two = [tier("春季", 10, 1, 1), tier("满五十", 50, 6, 2)]
    assert [gifts(one, Soy, n)[0] for n in cartons] == [0, 1, 4, 6, 7]
    assert [gifts(two, Soy, n)[0] for n in cartons] == [0, 1, 4, 6, 6]
    assert gifts(one, Soy, 60)[1].zh == "春季：50+6/10+1，60 件赠 7 件"
    assert gifts(one, Soy, 100_000)[0] == 12_000


@pytest.mark.requirement("D2")
def test_a_giveaway_by_hand_is_never_more_than_the_policy_gives_nor_below_zero(staff: Staff) -> None:
    order = checked(staff, cartons=10)
    for gift in (5_000, 1):
        said = refused(staff, "allocate_order", "lin", order=order, gifts=[{"position": 1, "gift": gift, "why": "x"}])
        assert "A13" in said and "市场支持" in said
    assert "不能小于 0" in refused(staff, "allocate_order", "lin", order=order, gifts=[{"position": 1, "gift": -1, "why": "x"}])
    assert OrderLine.objects.get().gift == 0
    page = Visitor(staff, "lin").sends(order, gift_1="-1", why_1="x", how="phone")
    assert page.status_code == 422 and "搭赠件数" in words(page)


@pytest.mark.requirement("D2")
def test_freight_is_not_below_zero_and_none_is_added_where_the_customer_advances_it(staff: Staff) -> None:
    order = checked(staff)
    assert "不能小于零" in refused(staff, "send_order", "lin", order=order, freight=-30_000)
    assert "客户代垫" in refused(staff, "send_order", "lin", order=order, freight=100)


@pytest.mark.requirement("D2")
def test_a_discount_of_the_day_is_a_line_of_the_composition_that_names_its_policy(staff: Staff) -> None:
    Promotion.objects.create(name="中秋", kind="discount", since=date(2026, 1, 1), percent=Decimal("2.5"), from_cartons=50)
    order = checked(staff, cartons=100)
    assert "−320.00" in Visitor(staff, "lin").reads(f"/orders/{order}/send/")
    staff.run("send_order", "lin", order=order)
    part = Part.objects.get(kind="promotion")
    assert (part.fen, part.zh) == (-32_000, "政策折扣：中秋：2.5%")
    assert Order.objects.get(uid=order).remit_fen == 1_280_000 - 32_000


@pytest.mark.requirement("D2", "D6")
def test_a_subsidy_is_bounded_never_more_than_the_goods_and_seen_by_who_approves(staff: Staff) -> None:
    about = {"customer": staff.customer, "bearer": "subsidy", "subsidy_unit": "carton"}
    assert "0 到 2000 元之间" in refused(staff, "change_customer", "sun", **about, subsidy_yuan=Decimal(99999))
    staff.run("change_customer", "sun", **about, subsidy_yuan=Decimal(200))
    order = checked(staff, cartons=10)  # goods of 1,280.00, 2,000.00 of subsidy
    assert "比货款多 720.00" in refused(staff, "send_order", "lin", order=order)
    staff.run("change_customer", "sun", customer=staff.customer, subsidy_yuan=Decimal("12.8"))
    staff.run("send_order", "lin", order=order)
    assert Order.objects.get(uid=order).remit_fen == 115_200
    staff.run("confirm_order", "lin", order=order)
    staff.later(minutes=10).run("hand_over_demand", "lin", order=order)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=115_200, paid_on=staff.today())
    notice = staff.run("issue_notice", "lin", order=order).uid
    page = Visitor(staff, "he").reads(f"/approvals/notice/{notice}/")
    assert "本次运补" in page and "−128.00" in page


@pytest.mark.requirement("C6")
def test_an_amount_is_read_strictly_and_a_day_lies_between_the_founding_and_today(staff: Staff) -> None:
    zhou = Visitor(staff, "zhou")
    typed = {"customer": str(staff.customer), "paid_on": staff.today().isoformat(), "account": "bank"}
    for amount in ("1e5", "１ｅ５", "0x10", "1 000", "nan"):
        assert zhou.post("/receipts/new/", typed | {"amount": amount, "_key": amount}).status_code == 422, amount
    assert "最多 100,000,000.00 元" in refused(staff, "record_receipt", "zhou", customer=staff.customer, amount=10**15, paid_on=staff.today())
    taken(staff)
    assert "早于公司启用" in refused(staff, "record_receipt", "zhou", customer=staff.customer, amount=100, paid_on=date(1999, 1, 1))
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=100_000, paid_on=staff.today())
    assert "是不是同一笔" in refused(staff, "record_receipt", "zhou", customer=staff.customer, amount=100_000, paid_on=staff.today())
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=100_000, paid_on=staff.today(), again=True)
