"""From which day the book is in force is chosen as the company is founded; nothing before is judged, and there is no older version."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from company import Staff, taken
from gatepass.enforcement import law
from gatepass.enforcement.commands.chapters import found_rulebook
from gatepass.enforcement.models import Amendment, Obligation
from gatepass.enforcement.printing import rulebook_lines
from gatepass.enforcement.queries import book
from gatepass.orders.events import OrderSent
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import Refused

from .cases import about, said, sight
from .happening import happen

pytestmark = pytest.mark.requirement("D18")


@pytest.fixture
def founded(staff: Staff) -> Staff:
    """Founded on Monday, 16 November 2026: chapter 1 from the 23rd, the rest from today."""
    found_rulebook("1=2026-11-23", staff.today())
    return staff


def test_before_the_day_that_was_chosen_nothing_is_judged_and_from_it_on_everything_is(founded: Staff) -> None:
    order = taken(founded)  # D1.2 is of chapter 1: no clock yet
    assert not Obligation.objects.filter(order=order).exists()
    with pytest.raises(Refused) as unchecked:  # what the database keeps as well holds from the first day
        founded.run("send_order", "lin", order=order)
    assert [reason.clause for reason in unchecked.value.reasons] == ["D1"]
    founded.later(days=7)
    assert Obligation.objects.filter(order=taken(founded), clause="D1.2").exists()


def test_an_empty_company_has_no_older_versions_and_says_the_day_beside_each_chapter(founded: Staff) -> None:
    now = law.current(founded.at)
    assert [now.in_force(version, founded.at) for version in rulebook.versions("D11.1")] == [False, True]
    for day in (date(2024, 6, 1), date(2025, 6, 1)):
        listed = [one for chapter in book.book(SYSTEM, on=day) for page in chapter.articles for one in page.sentences]
        assert {one.number for one in listed if one.state == "in_force"} == {one.number for one in rulebook.every_clause() if one.lasting}
    lines = list(rulebook_lines(SYSTEM, on=date(2026, 11, 16), language="zh"))
    assert any("第 1 章" in line and "2026-11-23 起施行" in line for line in lines)
    assert any("第 2 章" in line and "2026-11-16 起施行" in line for line in lines)
    assert any("C5.2" in line and "由 D4 取代" in line for line in lines)
    page = book.article(sight(founded, "lin"), "D1", on=date(2026, 11, 16))
    assert {one.number: one.state for one in page.sentences} == {"D1.1": "in_force", "D1.2": "coming", "D1.3": "coming", "D1.4": "coming"}


def test_the_head_moves_a_day_that_lies_ahead_and_none_that_has_come(founded: Staff) -> None:
    founded.run("set_chapter", "chen", chapter="1", since=date(2026, 12, 1), reason="培训没有做完")
    assert law.current(founded.at).starts[1] == date(2026, 12, 1)
    for given, words in (
        ({"chapter": "2", "since": date(2026, 12, 1)}, "这一章已经施行，不能再改起始日"),
        ({"chapter": "1", "since": date(2026, 11, 15)}, "不能改过去：从今天起才能改"),
        ({"chapter": "99", "since": date(2026, 12, 1)}, "制度里没有第 99 章"),
    ):
        with pytest.raises(Refused) as refused:
            founded.run("set_chapter", "chen", reason="再议", **given)
        assert words in said(refused)
    assert Amendment.objects.filter(item="chapter").count() == len(rulebook.BOOK) + 1


def test_a_day_that_cannot_be_read_is_no_day(staff: Staff) -> None:
    for text in ("soon", "1=soon", "99=2026-12-01"):
        with pytest.raises(ValueError):
            found_rulebook(text, staff.today())
    assert not Amendment.objects.exists()


@pytest.mark.usefixtures("no_gates")
def test_a_clause_of_a_chapter_that_is_not_in_force_yet_may_be_put_in_force_before(founded: Staff) -> None:
    founded.run("put_in_force", "chen", clause="D2.2", since=founded.today(), reason="先试这一条")
    order = uuid4()
    happen(about(OrderSent, founded, order), at=founded.later(minutes=1).at)
    assert Obligation.objects.filter(subject=order, clause="D2.2").exists()
