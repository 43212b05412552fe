"""The pending folder, sentence by sentence (A17): one page, most urgent first, urgent also after hours, the rest with the superior, tidied daily."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from company import Staff, confirmed, paid, sent, taken
from desks.test_my_desk import as_, shown
from gatepass.dispatch.models import NoticeLine
from gatepass.enforcement.models import TidyUp
from gatepass.journal.clock import clock_at
from gatepass.journal.models import Entry
from gatepass.people.models import Holding, Post
from gatepass.rules.reasons import Refused
from test_whole_way import effective_notice, through_the_gate

pytestmark = pytest.mark.requirement("A17")


def heads(page: str) -> dict[str, str]:
    """What stands under each heading of the desk."""
    parts = re.split(r"<h2>(.*?)</h2>", page)
    return dict(zip(parts[1::2], parts[2::2], strict=False))


def reports_to(staff: Staff, below: str, above: str) -> None:
    posts = [Holding.objects.get(person__uid=staff.people[who]).post for who in (below, above)]
    Post.objects.filter(id=posts[0].id).update(reports_to=posts[1])


@pytest.mark.parametrize(("language", "overdue", "today"), [("zh", "已超时", "今天"), ("en", "Overdue", "Today")])
def test_what_must_be_done_today_is_on_one_page_the_most_urgent_first(staff: Staff, language: str, overdue: str, today: str) -> None:
    sent(staff)
    confirmed(staff)
    staff.at = datetime(2026, 11, 16, 7, 30, tzinfo=UTC)  # 15:30: the first confirmation is overdue, the demand is of today
    page = shown(staff, "lin", language=language)
    found = heads(page)
    assert ">D2<" in found[overdue]
    assert ">D3<" in found[today]
    assert page.index(f"<h2>{overdue}") < page.index(f"<h2>{today}")


@pytest.mark.parametrize(("language", "heading"), [("zh", "今天"), ("en", "Today")])
def test_after_the_office_has_closed_what_is_due_by_midnight_is_still_there(staff: Staff, language: str, heading: str) -> None:
    through_the_gate(staff)
    staff.at = datetime(2026, 11, 17, 12, 30, tzinfo=UTC)  # Tuesday 20:30, the waybill is due at 24:00
    assert ">D11<" in heads(shown(staff, "luo", language=language))[heading]


@pytest.mark.requirement("D8")
@pytest.mark.parametrize(("language", "heading"), [("zh", "急件，下班后也办"), ("en", "Urgent, also after hours")])
def test_a_change_proposed_at_night_is_urgent_on_the_managers_desk_at_once(staff: Staff, language: str, heading: str) -> None:
    notice = effective_notice(staff, paid(staff))
    assert heading not in heads(shown(staff, "he", language=language))
    staff.at = datetime(2026, 11, 16, 13, 30, tzinfo=UTC)  # 21:30
    line = NoticeLine.objects.get(notice__uid=notice).uid
    staff.run("propose_change", "deng", notice=notice, kind="short", line=line, cartons=5, reason="缺货")
    assert ">D8<" in heads(shown(staff, "he", language=language))[heading]


def test_what_is_not_urgent_waits_for_the_morning(staff: Staff) -> None:
    confirmed(staff)
    staff.at = datetime(2026, 11, 16, 13, 30, tzinfo=UTC)
    found = heads(shown(staff, "lin"))
    assert "急件，下班后也办" not in found
    assert "/?shows=mine&amp;later=1" in found["以后"]
    assert ">D4<" not in found["以后"]  # counted, and drawn when it is opened
    assert ">D4<" in heads(shown(staff, "lin", "/?shows=mine&later=1"))["以后"]  # two days to tell the customer to remit


@pytest.mark.parametrize(("language", "heading"), [("zh", "下属没办完的"), ("en", "Left open by your people")])
def test_what_is_left_at_the_end_of_the_day_is_on_the_superiors_page(staff: Staff, language: str, heading: str) -> None:
    reports_to(staff, "lin", "liang")
    staff.at = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
    confirmed(staff)
    staff.at = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # 17:00: the demand is due at the close of office
    assert heading not in heads(shown(staff, "liang", language=language))
    staff.at = datetime(2026, 11, 16, 10, 1, tzinfo=UTC)
    assert ">D3<" in heads(shown(staff, "liang", language=language))[heading]


@pytest.mark.parametrize(("language", "button", "done"), [("zh", "整理桌面", "已整理，留下 1 件"), ("en", "Tidy the desk", "Desk tidied at")])
def test_tidying_the_desk_is_an_item_of_the_daily_checklist_done_once_a_day(staff: Staff, language: str, button: str, done: str) -> None:
    taken(staff)
    page = shown(staff, "zhou", language=language)
    assert 'action="/do/tidy_desk/"' in page
    assert button in page
    with clock_at(staff.at):
        as_(staff, "zhou").post("/do/tidy_desk/", {"_next": "/"})
    page = shown(staff, "zhou", language=language)
    assert done in page
    assert 'action="/do/tidy_desk/"' not in page
    row = TidyUp.objects.get()
    assert (row.person, row.day, row.left, row.overdue) == (staff.people["zhou"], staff.today(), 1, 0)
    assert Entry.objects.get(event="desk.tidied").payload["left"] == 1
    with pytest.raises(Refused):
        staff.run("tidy_desk", "zhou")
    staff.later(days=1)
    assert 'action="/do/tidy_desk/"' in shown(staff, "zhou", language=language)


@pytest.mark.parametrize(("language", "words"), [("zh", "今天没有整理桌面：林晓燕"), ("en", "Desks not tidied today: 林晓燕")])
def test_the_superior_sees_whose_desk_was_not_tidied_once_the_office_has_closed(staff: Staff, language: str, words: str) -> None:
    reports_to(staff, "lin", "he")
    reports_to(staff, "tang", "he")
    staff.run("tidy_desk", "tang")
    assert "没有整理" not in shown(staff, "he")
    staff.at = datetime(2026, 11, 16, 10, 1, tzinfo=UTC)  # 18:01
    assert words in shown(staff, "he", language=language)
    assert words not in shown(staff, "liang", language=language)


def test_on_a_free_day_no_desk_is_to_be_tidied(staff: Staff) -> None:
    staff.at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # a Sunday
    assert 'action="/do/tidy_desk/"' not in shown(staff, "zhou")
