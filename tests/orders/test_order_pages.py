"""The order desk's pages: entry, list, story, sending, the customer's link."""

from __future__ import annotations

import re

import pytest
from desk_pages import Visitor, order_lines, words
from django.test import Client

from company import Staff, checked, confirmed, paid, sent, taken
from gatepass.customers.models import Customer
from gatepass.journal.clock import clock_at
from gatepass.journal.models import Entry
from gatepass.orders.models import Composition, Link, Note, Order
from gatepass.papers.models import Paper


@pytest.mark.requirement("D1", "C2")
def test_a_typed_order_is_taken_and_finance_is_asked_at_once(staff: Staff) -> None:
    lin = Visitor(staff, "lin")
    typed = {"customer": str(staff.customer), "_key": "k1", "note": "周一打款", **order_lines(staff, ("100101", "120"))}
    answer = lin.post("/orders/new/", typed)
    order = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/orders/{order.uid}/")
    page = lin.reads(f"/orders/{order.uid}/")
    assert "来电订货，1 种 120 件" in page
    assert "核对账款" in page and "周一打款" in page
    assert Entry.objects.filter(event="check.requested").count() == 1


@pytest.mark.requirement("C2")
def test_every_problem_of_a_typed_order_stands_beside_its_line_and_nothing_typed_is_lost(staff: Staff) -> None:
    lines = order_lines(staff, ("100101", "0"), ("nothing", "5"), ("200101", "7"), ("200101", "8"))
    answer = Visitor(staff, "lin").post("/orders/new/", {"customer": str(staff.customer), "_key": "k1", **lines})
    assert answer.status_code == 422
    rows = re.findall(r"<tr data-row.*?</tr>", answer.content.decode(), re.S)
    assert 'class="bad"' in rows[1] and 'value="nothing"' in rows[1]
    assert 'value="7"' in rows[2] and 'value="8"' in rows[3]
    assert not Order.objects.exists()


@pytest.mark.requirement("C2")
def test_the_same_form_sent_twice_makes_one_order(staff: Staff) -> None:
    lin, typed = Visitor(staff, "lin"), {"customer": str(staff.customer), "_key": "k1", **order_lines(staff, ("100101", "10"))}
    assert lin.post("/orders/new/", typed)["Location"] == lin.post("/orders/new/", typed)["Location"]
    again = lin.post("/orders/new/", typed | order_lines(staff, ("100101", "11")))
    assert again.status_code == 422 and "已存为" in words(again)
    assert Order.objects.count() == 1


@pytest.mark.requirement("C2")
def test_figures_in_full_width_are_read_as_they_are_meant(staff: Staff) -> None:
    Customer.objects.update(bearer="company")
    lin = Visitor(staff, "lin")
    typed = {"customer": str(staff.customer), "_key": "k1", **order_lines(staff, ("100101", "１２０"))}
    assert "15,360.00" in words(lin.client.post("/orders/new/sums", typed))
    assert lin.post("/orders/new/", typed).status_code == 302
    order = Order.objects.get()
    assert order.cartons == 120
    staff.run("answer_account_check", "zhou", order=order.uid)
    wrong = lin.post(f"/orders/{order.uid}/send/", {"_key": "s1", "gift-1": "六", "how": "phone"})
    assert wrong.status_code == 422 and "搭赠件数要填整数" in words(wrong)
    assert lin.sends(order.uid, gift_1="６", freight="１２０．５０", how="link").status_code == 302
    assert Composition.objects.get().remit_fen == 1_548_050


@pytest.mark.requirement("D1")
def test_the_previous_dispatch_stands_beside_a_new_order(staff: Staff) -> None:
    taken(staff, cartons=80, note="下次泡菜要小袋")
    page = Visitor(staff, "lin").get(f"/orders/new/caller?customer={staff.customer}").content.decode()
    assert 'data-cartons="80"' in page and "下次泡菜要小袋" in page and "川渝顺达货运" in page


@pytest.mark.requirement("C3")
def test_sums_are_worked_out_while_typing(staff: Staff) -> None:
    typed = {"customer": str(staff.customer), **order_lines(staff, ("100101", "120"), ("200101", "600"))}
    page = Visitor(staff, "lin").post("/orders/new/sums", typed)
    said = words(page)
    assert "720 件 + 搭赠 36 件" in said and "72,960.00" in said
    assert "库存 400，缺 230" in said


def test_sums_take_the_same_number_of_statements_for_two_lines_and_for_none(staff: Staff) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lin, counted = Visitor(staff, "lin"), []
    for lines in (order_lines(staff, ("100101", "1")), order_lines(staff, ("100101", "1"), ("200101", "2"))):
        lin.post("/orders/new/sums", {"customer": str(staff.customer), **lines})
        with CaptureQueriesContext(
            connection,
        ) as seen:
            lin.post("/orders/new/sums", {"customer": str(staff.customer), **lines})
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_the_list_filters_searches_and_pages_by_keyset(staff: Staff) -> None:
    first, second = confirmed(staff, cartons=20), taken(staff.later(minutes=5), cartons=30)
    lin = Visitor(staff, "lin")
    numbers = {uid: Order.objects.get(uid=uid).number for uid in (first, second)}
    assert numbers[first] in lin.reads("/orders/?show=unpaid") and numbers[second] not in lin.reads("/orders/?show=unpaid")
    assert numbers[first] in lin.reads(f"/orders/?show=all&q={numbers[first]}")
    assert numbers[second] not in lin.reads(f"/orders/?show=all&after={second}")


def test_a_salesman_finds_no_order_of_another_region(staff: Staff) -> None:
    order = taken(staff)
    assert Visitor(staff, "yang").get(f"/orders/{order}/").status_code == 200
    stranger = Visitor(staff, "qin")
    assert stranger.get(f"/orders/{order}/").status_code == 404
    assert Order.objects.get(uid=order).number not in stranger.reads("/orders/?show=all")
    assert stranger.get(f"/orders/{order}/parts/total/entries").status_code == 404


@pytest.mark.requirement("D2")
def test_sending_shows_the_composition_to_the_fen_and_freezes_it(staff: Staff) -> None:
    staff.opening(621_840)
    Customer.objects.update(bearer="company")
    order, lin = checked(staff, cartons=120), Visitor(staff, "lin")
    page = lin.reads(f"/orders/{order}/send/?freight=120.50")
    assert "+6,218.40" in page and "+120.50" in page and "¥21,698.90" in page
    answer = lin.sends(order, gift_1="6", freight="120.50", how="link")
    assert (answer.status_code, answer["Location"]) == (302, f"/orders/{order}/link/")
    assert Composition.objects.get().remit_fen == 2_169_890
    assert Paper.objects.get(kind="order").subject_uid == order


@pytest.mark.requirement("C3")
def test_a_giveaway_changed_by_hand_needs_its_reason_on_the_page(staff: Staff) -> None:
    order, lin = checked(staff, cartons=120), Visitor(staff, "lin")
    refused = lin.sends(order, gift_1="4", how="phone")
    assert refused.status_code == 422 and "请写理由" in words(refused) and 'value="4"' in refused.content.decode()
    assert lin.sends(order, gift_1="4", why_1="客户少要两件", how="phone").status_code == 302
    assert Order.objects.get().gifts == 4


@pytest.mark.requirement("D1")
def test_sending_before_the_account_check_is_refused_with_the_clause(staff: Staff) -> None:
    order = taken(staff)
    answer = Visitor(staff, "lin").sends(order, how="phone")
    assert answer.status_code == 422 and "/rulebook/D1/" in answer.content.decode()


@pytest.mark.requirement("D2")
def test_every_figure_of_an_order_opens_its_entries(staff: Staff) -> None:
    order, lin = paid(staff), Visitor(staff, "lin")
    links = re.findall(r'href="(/orders/[^"]+/entries)"', lin.get(f"/orders/{order}/").content.decode())
    assert len(links) == 4
    said = [words(lin.get(link)) for link in links]
    assert "郫县豆瓣 一级 500g×20 100 × 128" in said[1] and "12,800.00" in said[2] and "SK-2026-0001" in said[3]


@pytest.mark.requirement("D3")
def test_the_story_tells_used_of_allowed_and_what_is_open(staff: Staff) -> None:
    order = confirmed(staff)
    page = Visitor(staff, "lin").reads(f"/orders/{order}/")
    assert "20 分 / 1 个工作小时" in page and "30 分 / 4 个工作小时" in page
    assert "需货计划交生产" in page and "通知汇款，记下约定日" in page
    english = Visitor(staff, "lin", "en").reads(f"/orders/{order}/")
    assert "20 min of 1 office hour" in english and "From the call to the gate" in english


@pytest.mark.requirement("D3")
def test_a_note_is_appended_to_the_plan_book_from_the_page(staff: Staff) -> None:
    order, lin = taken(staff), Visitor(staff, "lin")
    answer = lin.post("/do/note_plan_book/", {"order": str(order), "text": "赵总同意一起发", "_key": "n1", "_next": f"/orders/{order}/"})
    assert answer["Location"] == f"/orders/{order}/"
    assert "赵总同意一起发" in lin.reads(f"/orders/{order}/")
    assert Note.objects.filter(order__uid=order).count() == 1


def link_of(staff: Staff, order: object) -> str:
    """A link made on its page; gives the path that the customer opens."""
    page = Visitor(staff, "lin").post(f"/orders/{order}/link/", {"_key": "l1"}).content.decode()
    found = re.search(r"http://testserver(/c/[\w-]+/)", page)
    assert found is not None
    return found[1]


@pytest.mark.requirement("D2")
def test_the_customer_confirms_on_the_link_without_signing_in(staff: Staff) -> None:
    order = sent(staff, cartons=120)
    path, phone = link_of(staff, order), Client()
    with clock_at(staff.later(minutes=30).at):
        page = phone.get(path)
        assert "重庆渝味源商贸有限公司" in words(page) and "15,360.00" in words(page)
        assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
        phone.get(path)
        assert phone.post(path, {"answer": "confirm"}).status_code == 302
        assert phone.post(path, {"answer": "confirm"}).status_code == 302
        assert "已确认" in words(phone.get(path))
    row = Order.objects.get(uid=order)
    assert (row.confirmed_how, row.confirmed_at) == ("link", staff.at)
    assert Entry.objects.filter(event="link.opened").count() == 1
    assert "客户，签收链接" in Visitor(staff, "lin").reads(f"/orders/{order}/")


@pytest.mark.requirement("D2")
def test_the_customer_objects_on_the_link_with_words(staff: Staff) -> None:
    order = sent(staff)
    path, phone = link_of(staff, order), Client()
    with clock_at(staff.later(minutes=5).at):
        silent = phone.post(path, {"answer": "object", "note": ""})
        assert silent.status_code == 422 and "请写明异议是什么" in words(silent)
        assert phone.post(path, {"answer": "object", "note": "价格不对"}).status_code == 302
        assert "已收到您的异议" in words(phone.get(path))
    assert Order.objects.get(uid=order).objected_at is not None
    assert "价格不对" in Visitor(staff, "lin").reads(f"/orders/{order}/")


@pytest.mark.requirement("D2")
def test_a_link_that_is_over_withdrawn_or_unknown_gets_one_clear_page(staff: Staff) -> None:
    order = sent(staff)
    path, phone = link_of(staff, order), Client()
    with clock_at(staff.later(days=8).at):
        assert "链接已过期" in words(phone.get(path))
        assert phone.post(path, {"answer": "confirm"}).status_code == 422
    staff.run("withdraw_order", "lin", order=order, reason="改价")
    assert "这张订单已收回" in words(phone.get(path))
    lost = phone.get("/c/nothing-of-ours/")
    assert lost.status_code == 404 and "没有这个链接" in words(lost)
    assert Order.objects.get(uid=order).confirmed_at is None


def test_only_the_hash_of_a_link_is_kept(staff: Staff) -> None:
    order = sent(staff)
    token = link_of(staff, order).split("/")[2]
    assert token not in str(list(Link.objects.values())) + str(list(Entry.objects.values_list("text", flat=True)))
    assert token not in Visitor(staff, "lin").get(f"/orders/{order}/link/").content.decode()


@pytest.mark.requirement("D1")
def test_a_change_looks_back_on_the_order_before_not_on_itself(staff: Staff) -> None:
    before = taken(staff, cartons=70)
    order = taken(staff, cartons=30)
    page = Visitor(staff, "lin").get(f"/orders/{order}/change/").content.decode()
    numbers = {one: Order.objects.get(uid=one).number for one in (before, order)}
    aside = page.split('id="previous"')[1].split("</aside>")[0]
    assert numbers[before] in aside
    assert numbers[order] not in aside


@pytest.mark.requirement("D3")
@pytest.mark.parametrize(("language", "verdict"), [("zh", "20 分，限当日下班前"), ("en", "20 min, by close of office of the same day")])
def test_a_term_that_names_a_moment_is_told_as_one(staff: Staff, language: str, verdict: str) -> None:
    order = confirmed(staff)
    staff.later(minutes=20).run("hand_over_demand", "lin", order=order)
    assert verdict in Visitor(staff, "lin", language).reads(f"/orders/{order}/")
