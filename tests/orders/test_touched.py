"""Who priced or redirected the goods does not approve them, nor does he for whom that was done; nobody left goes up the line (rule 43)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from desk_pages import Visitor

from company import Staff, digest_of, paid
from gatepass.dispatch.models import Notice
from gatepass.people.models import Department, Deputy, Holding, Person, Post
from gatepass.rules.reasons import Refused


def also(staff: Staff, who: str, kind: str) -> None:
    """Give somebody a second post."""
    post = Post.objects.create(kind=kind, title="兼", department=Department.objects.get())
    Holding.objects.create(post=post, person=Person.objects.get(uid=staff.people[who]), since=date(2026, 1, 1))


def noticed(staff: Staff, taker: str = "lin") -> UUID:
    return staff.run("issue_notice", taker, order=paid(staff)).uid


def refused(staff: Staff, who: str, notice: UUID, step: str = "sales") -> str:
    with pytest.raises(Refused) as found:
        staff.sign(who, "notice", notice, step)
    return "；".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


def priced(staff: Staff, who: str) -> UUID:
    """A list of today that takes over from the one of the year."""
    prices = [{"product": uid, "yuan": "120"} for uid in staff.products.values()]
    return staff.run("add_price_list", who, name="十一月", grade="A", since=staff.today(), prices=prices).uid


def moved(staff: Staff, who: str) -> UUID:
    """Another address, preferred from now on."""
    given = {"label": "新仓", "destination": "重庆", "street": "重庆市渝北区空港大道 9 号", "consignee": "刘洋", "phone": "13900001111"}
    return staff.run("add_address", who, customer=staff.customer, preferred=True, **given).uid


@pytest.mark.requirement("D6", "A13")
def test_whoever_set_the_price_or_the_address_cannot_approve_until_another_has_confirmed_it(staff: Staff) -> None:
    prices = priced(staff, "he")
    first = noticed(staff)
    assert refused(staff, "he", first).startswith("D6 定这些价格、优惠的人不得审批")
    assert staff.sign("liang", "notice", first, "sales")

    with pytest.raises(Refused):  # his own change is confirmed by another
        staff.sign("he", "price_list", prices, "confirm")
    address = moved(staff, "he")
    for route, subject in (("price_list", prices), ("address", address)):
        assert f"/approvals/{route}/{subject}/" in Visitor(staff, "liang").get("/approvals/").content.decode()
    staff.later(minutes=5).sign("liang", "price_list", prices, "confirm")
    second = noticed(staff)
    assert refused(staff, "he", second).startswith("D6 写客户资料、地址的人不得审批")
    staff.later(minutes=5).sign("liang", "address", address, "confirm")
    assert staff.sign("he", "notice", noticed(staff), "sales")

    staff.later(minutes=5).run("set_price", "he", price_list=prices, product=staff.products["100101"], yuan="119")
    third = noticed(staff)
    assert "定这些价格" in refused(staff, "he", third)  # a change of what was confirmed binds anew
    assert "120 → 119" in Visitor(staff, "liang").reads(f"/approvals/price_list/{prices}/")


@pytest.mark.requirement("D6", "R7")
def test_whom_he_acted_for_is_kept_from_it_as_well(staff: Staff) -> None:
    manager = Post.objects.get(kind="sales_manager")
    he, sun = (Person.objects.get(uid=staff.people[who]) for who in ("he", "yang"))
    Deputy.objects.create(
        post=manager, represented=he, person=sun, since=staff.at - timedelta(days=1), until=staff.at + timedelta(days=1), reason="出差"
    )
    moved(staff, "yang")
    assert "写客户资料、地址的人不得审批" in refused(staff, "he", noticed(staff))


@pytest.mark.requirement("D6", "M1")
def test_with_everybody_excluded_it_goes_up_the_line_and_says_so(staff: Staff) -> None:
    also(staff, "liang", "client_admin")
    priced(staff, "he")
    order = paid(staff)
    notice = staff.run("issue_notice", "liang", order=order).uid
    page = f"/approvals/notice/{notice}/"
    assert "制单人不得审批" in refused(staff, "liang", notice) and "定这些价格" in refused(staff, "he", notice)
    assert refused(staff, "xu", notice).startswith("M1")
    assert "销售经理里没有能签的人，上报到陈守业" in Visitor(staff, "lin").reads(page)
    assert "等您签" in Visitor(staff, "chen").reads("/") and "同意第 1 版" in Visitor(staff, "chen").reads(page)
    assert "今天的都办完了" not in Visitor(staff, "chen").reads("/")
    assert refused(staff, "chen", notice, "finance").startswith("M1")  # finance has people of its own
    staff.sign("zhou", "notice", notice, "finance")
    assert Notice.objects.get().effective_at is None  # it never passes by itself
    staff.sign("chen", "notice", notice, "sales")
    assert Notice.objects.get().effective_at == staff.at


@pytest.mark.requirement("A13", "R7")
def test_a_voucher_that_a_deputy_prepared_is_not_signed_by_whom_he_stands_in_for(staff: Staff) -> None:
    accountant = Post.objects.get(kind="receivables")
    zhou, cash = (Person.objects.get(uid=staff.people[who]) for who in ("zhou", "cash"))
    Deputy.objects.create(
        post=accountant, represented=zhou, person=cash, since=staff.at - timedelta(days=1), until=staff.at + timedelta(days=1), reason="出差"
    )
    given = {"customer": staff.customer, "kind": "fee", "favours": "against", "amount": 5000, "label": "手续费", "papers": "1"}
    voucher = staff.run("prepare_voucher", "cash", **given).uid
    with pytest.raises(Refused) as found:
        staff.sign("zhou", "voucher", voucher, "finance")
    assert [reason.clause for reason in found.value.reasons] == ["A13"]
    staff.sign("xu", "voucher", voucher, "finance")


@pytest.mark.requirement("D6", "D4")
def test_one_carton_less_voids_the_approvals(staff: Staff) -> None:
    notice = noticed(staff)
    staff.sign("zhou", "notice", notice, "finance")
    lines = [{"product": staff.products["100101"], "cartons": 99, "gift": 5}]
    staff.later(minutes=5).run("change_notice", "lin", notice=notice, reason="少一件", lines=lines)
    assert digest_of("notice", notice, 1) != digest_of("notice", notice)
    with pytest.raises(Refused):
        staff.run("sign", "he", route="notice", subject=notice, step="sales", digest=digest_of("notice", notice, 1))
    staff.sign("he", "notice", notice, "sales")
    assert Notice.objects.get().effective_at is None
    assert "签字已作废" in Visitor(staff, "he").reads(f"/approvals/notice/{notice}/")
