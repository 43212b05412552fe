"""The plan book reads in both languages: what commands write themselves in each, what people typed as they typed it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from company import Staff, confirmed
from gatepass.identity import new_id
from gatepass.journal.clock import clock_at
from gatepass.orders.models import Note, Order
from gatepass.people.models import Person

pytestmark = pytest.mark.requirement("D3")


def book(staff: Staff, order: UUID, language: str, who: str = "lin") -> str:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), "gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    with clock_at(staff.at):
        return client.get(f"/orders/{order}/").content.decode().split('class="book"')[1]


def test_lines_that_commands_write_are_said_in_the_language_of_the_page(staff: Staff) -> None:
    order = confirmed(staff)
    staff.run("notify_payment", "lin", order=order, promised_on=staff.today(), note="赵总说下午打")
    staff.unpaid_signed(order, reason="老客户 {急}")
    zh, en = book(staff, order, "zh"), book(staff, order, "en")
    for words in ("客户确认", "通知汇款（电话），约定 2026-11-16：赵总说下午打", "总监签批先发后款 12,800.00：老客户 {急}"):
        assert words in zh
    for words in ("The customer confirmed", "Told to remit (phone), promised: 2026-11-16: 赵总说下午打", "signed for 12,800.00 unpaid: 老客户 {急}"):
        assert words in en
    assert "总监签批" not in en


def test_lines_from_before_and_typed_ones_stay_as_they_were_written(staff: Staff) -> None:
    order = confirmed(staff)
    staff.run("note_plan_book", "lin", order=order, text="牛油底料发老款包装")
    row = Order.objects.get(uid=order)
    Note.objects.create(order=row, at=staff.at, by=staff.people["lin"], text="缺货沟通：周一补", entry=new_id())
    for language in ("zh", "en"):
        assert "牛油底料发老款包装" in book(staff, order, language)
        assert "缺货沟通：周一补" in book(staff, order, language)
