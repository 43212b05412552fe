"""What goes to the customer is what was previewed, rests on a fresh account check, and names every item: on paper, on the link, on the page."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from desk_pages import Visitor, words
from django.test import Client
from pypdf import PdfReader
from test_the_account_adds_up import advanced, booked

from company import Staff, checked, sent, taken
from gatepass.journal.clock import clock_at
from gatepass.orders.models import AccountCheck, Composition, Note, Order
from gatepass.rules.reasons import Reason, Refused
from printing import printed


def refused(staff: Staff, command: str, who: str, **given: Any) -> tuple[int, list[Reason]]:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return found.value.status, list(found.value.reasons)


def said(reasons: list[Reason]) -> str:
    return " ".join(f"{reason.clause} {reason.what.zh}" for reason in reasons)


def pdf_text(answer: Any) -> str:
    assert answer.status_code == 200
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def linked(staff: Staff, order: UUID, token: str) -> str:
    """What the customer reads on a link made now."""
    staff.run("make_link", "lin", order=order, token_digest=hashlib.sha256(token.encode()).hexdigest())
    with clock_at(staff.at):
        return words(Client().get(f"/c/{token}/"))


@pytest.mark.requirement("D2", "A13", "D11")
def test_document_link_and_check_name_each_item_with_its_day_and_the_account_to_pay_to(staff: Staff) -> None:
    advanced(staff, 81_235)
    staff.opening(300_000, note="期初对账单")
    booked(staff, "support", "in_favour", 20_000)
    order = taken(staff, cartons=40)
    day = f"{staff.today():%Y-%m-%d}"
    finance = Visitor(staff, "zhou").reads(f"/receipts/checks/{order}/")
    staff.run("answer_account_check", "zhou", order=order)
    staff.run("send_order", "lin", order=order)
    paper, page = printed(staff, "lin", "order", order).replace(" ", ""), linked(staff, order, "a-token-of-the-test")
    with clock_at(staff.at):
        answered = pdf_text(Visitor(staff, "zhou").get(f"/orders/{order}/check.pdf"))
    for shown in (paper, page.replace(" ", ""), answered, finance.replace(" ", "")):
        for item in ("期初对账单", "3,000.00", "PJ-2026-0001support", "812.35", "TY-2026-0001"):
            assert item in shown, item
    for shown in (paper, page.replace(" ", "")):
        assert "2281040104001234" in shown and "中国农业银行郫都支行" in shown and "四川蜀塘食品有限公司" in shown
        assert "028-80008006" in shown and "林晓燕" in shown and "二十搭一" in shown
    assert paper.count(day) >= 3
    assert "support" in (english := printed(staff, "lin", "order", order, "en")) and "Pay to" in english and "Ask" in english


@pytest.mark.requirement("D2")
def test_a_confirmation_by_fax_prints_who_recorded_it_and_no_name_in_handwriting(staff: Staff) -> None:
    order = sent(staff)
    staff.later(minutes=30).run("confirm_order", "lin", order=order, how="fax")
    paper = printed(staff, "lin", "order", order)
    assert "客户已确认" in paper and "传真" in paper and "由 林晓燕 记录" in paper
    assert paper.count("赵学敏") == 1  # the consignee, as the one who receives the goods
    other = sent(staff)
    page = linked(staff, other, "another-token")
    assert "确认订单" in page
    with clock_at(staff.later(minutes=5).at):
        Client().post("/c/another-token/", {"answer": "confirm"})
    assert "客户自己在签收链接上答复" in printed(staff, "lin", "order", other)
    assert "已确认" in words(Client().get("/c/another-token/"))


@pytest.mark.requirement("D2", "C3")
def test_what_changed_since_the_preview_is_named_and_not_sent_and_the_second_clerk_is_told(staff: Staff) -> None:
    order = checked(staff, cartons=40)
    seen = staff.looked_at({"order": order})
    booked(staff, "support", "in_favour", 20_000)
    status, reasons = refused(staff, "send_order", "lin", order=order, **seen)
    assert status == 409 and "市场支持" in said(reasons) and "预览时 没有，现在 −200.00" in said(reasons)
    assert Order.objects.get(uid=order).sent_at is None
    first, second = Visitor(staff, "lin"), Visitor(staff, "tang")
    looked = second.get(f"/orders/{order}/send/").content.decode()
    assert "核账后新增" in looked and "PJ-2026-0001" in looked
    unticked = first.sends(order, how="phone", gift_1="1", why_1="少要一件")
    assert unticked.status_code == 422 and "账上有变动" in words(unticked) and 'value="少要一件"' in unticked.content.decode()
    assert first.sends(order, how="phone", gift_1="1", why_1="少要一件", accepts_changes="1").status_code == 302
    late = second.post(f"/orders/{order}/send/", {"previewed": "0" * 64, "how": "phone", "freight": "1.00"})
    assert late.status_code == 409 and "已发给客户" in words(late) and 'value="1.00"' in late.content.decode()
    made = Composition.objects.get(order__uid=order)
    assert made.data["lines"][0]["gift"] == 1 and made.data["check"]["since"][0]["now"] == -20_000
    assert made.digest == hashlib.sha256(canonical(made.data)).hexdigest()
    told = Note.objects.filter(order__uid=order, kind="sent").get().text
    assert "第 1 版发给客户（电话），应打 " in told and "：市场支持：" in told.replace("；", "：") and " −200.00" in told and "本次货款" in told
    assert Note.objects.filter(order__uid=order, kind="account").first().text.startswith("财务核账 ")


def canonical(data: Any) -> bytes:
    from gatepass.rules.events import canonical

    return canonical(data).encode()


@pytest.mark.requirement("D1", "D17")
def test_a_check_is_renewed_after_a_working_day_and_after_a_reversal(staff: Staff) -> None:
    order = checked(staff)
    staff.later(days=2)
    status, reasons = refused(staff, "send_order", "lin", order=order)
    assert status == 422 and "超过 1 个工作日" in said(reasons) and reasons[0].command == "request_account_check"
    staff.run("request_account_check", "lin", order=order)
    assert "财务还没有答复" in said(refused(staff, "send_order", "lin", order=order)[1])
    assert "还在核账" in said(refused(staff, "request_account_check", "lin", order=order)[1])
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=10_000, paid_on=staff.today(), reference="R1")
    staff.run("answer_account_check", "zhou", order=order)
    receipt = staff.run("record_receipt", "zhou", customer=staff.customer, amount=5_000, paid_on=staff.today(), reference="R2").uid
    reversal = staff.later(minutes=5).run("reverse_receipt", "zhou", receipt=receipt, reason="不是这家的").uid
    staff.sign("xu", "reversal", reversal, "second")
    assert "被冲回" in said(refused(staff, "send_order", "lin", order=order)[1])
    staff.later(minutes=5).run("request_account_check", "lin", order=order)
    staff.run("answer_account_check", "xu", order=order)
    staff.run("send_order", "lin", order=order)
    last = AccountCheck.objects.filter(order__uid=order).latest("id")
    assert Composition.objects.get(order__uid=order).data["check"]["uid"] == str(last.uid)


@pytest.mark.requirement("D2")
def test_of_two_clerks_who_allocate_the_second_sees_what_the_first_left(staff: Staff) -> None:
    order = checked(staff, cartons=40)
    by_hand = [{"position": 1, "gift": 1, "why": "少要"}]
    staff.run("allocate_order", "lin", order=order, gifts=by_hand)
    status, reasons = refused(staff, "allocate_order", "tang", order=order, gifts=[{"position": 1, "gift": 0, "why": "不要"}])
    assert status == 409 and "第 1 行现在搭赠 1 件" in said(reasons)
    with clock_at(staff.at):
        from gatepass.orders.proposals import sending
        from gatepass.roles import SYSTEM

        seen = sending(SYSTEM, order, day=staff.today()).allocation
    staff.run("allocate_order", "tang", order=order, gifts=[{"position": 1, "gift": 0, "why": "不要"}], seen=seen)
    assert Order.objects.get(uid=order).gifts == 0


@pytest.mark.requirement("D3")
def test_the_plan_book_keeps_all_of_a_note_is_searched_printed_and_has_receipts_and_withdrawals(staff: Staff) -> None:
    order, long = checked(staff), "一" * 3_990 + "末尾十个字都在"
    staff.run("note_plan_book", "lin", order=order, text=long)
    assert Note.objects.get(order__uid=order, kind="remark").text == long
    for command, given in (
        ("note_plan_book", {"text": long + "多" * 10}), ("answer_account_check", {"note": "长" * 1_001}), ("cancel_order", {"reason": "长" * 301}),
    ):  # fmt: skip
        status, reasons = refused(staff, command, "zhou" if "check" in command else "lin", order=order, **given)
        assert status == 422 and "最多" in said(reasons) and reasons[0].field in given
    staff.run("send_order", "lin", order=order)
    staff.run("withdraw_order", "lin", order=order, reason="客户要改数量")
    staff.run("send_order", "lin", order=order)
    staff.run("confirm_order", "lin", order=order)
    paid = Order.objects.get(uid=order).remit_fen
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=paid, paid_on=staff.today(), reference="R9")
    lin = Visitor(staff, "lin")
    book = lin.reads("/orders/book/")
    for line in ("第 1 版发给客户", "第 1 版撤回：客户要改数量", "第 2 版发给客户", "到账 12,800.00（SK-2026-0001）", "末尾十个字都在"):
        assert line in book, line
    found = lin.reads("/orders/book/?q=撤回")
    assert "第 1 版撤回" in found and "到账 12,800.00" not in found
    assert "没有找到" in lin.reads("/orders/book/?q=根本没有的词")
    assert Visitor(staff, "qin").reads("/orders/book/").count("第 1 版") == 0
    answer = lin.get(f"/orders/{order}/book.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert Visitor(staff, "qin").get(f"/orders/{order}/book.pdf").status_code == 404
