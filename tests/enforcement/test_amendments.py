"""The book changes by its head alone: from a date on, with a reason; what is fixed stays. Departments propose."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from company import Staff
from gatepass.enforcement import law
from gatepass.enforcement.printing import rulebook_lines
from gatepass.enforcement.queries import book
from gatepass.orders.events import OrderSent
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import Refused
from gatepass.words import Language

from .cases import MONDAY, about, duty, hours, left, said, sight
from .happening import happen

pytestmark = pytest.mark.requirement("D18")


TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def change(staff: Staff, by: str = "chen", command: str = "change_parameter", **given: Any) -> UUID:
    """The head amends a sentence; from today on, which is from this moment on, unless another day is named."""
    asked: dict[str, Any] = {"clause": "D2.2", "since": TODAY, "reason": "客户都在线上"}
    asked |= {"name": "within", "value": "2"} if command == "change_parameter" else {}
    return staff.run(command, by, **asked | given).uid


@pytest.fixture(autouse=True)
def on_monday(staff: Staff) -> None:
    staff.at = MONDAY


@pytest.mark.usefixtures("no_gates")
def test_a_changed_time_limit_governs_what_begins_from_then_on_and_moves_nothing_fixed(staff: Staff):
    before, after = uuid4(), uuid4()
    happen(about(OrderSent, staff, before), at=hours(0))
    staff.at = hours(1)
    change(staff)
    happen(about(OrderSent, staff, after), at=hours(1))
    assert duty("D2.2", before).due_at == hours(5.5)
    assert duty("D2.2", after).due_at == hours(3)


def test_a_change_that_lies_ahead_does_not_govern_yet(staff: Staff):
    change(staff, since=TOMORROW)
    assert law.current(hours(1)).value("D2.2", "within", hours(1)) == 4
    assert law.current(hours(25)).value("D2.2", "within", hours(25)) == 2


def test_a_changed_share_is_what_the_next_fine_takes(staff: Staff):
    change(staff, clause="D11.1", name="fine", value="10")
    waybill = left(staff, at=hours(1))
    assert duty("D11.1", waybill).parameters["fine"].startswith("10")


@pytest.mark.parametrize("by", ["he", "liang", "lin", "admin"])
def test_nobody_but_the_head_changes_a_parameter(staff: Staff, by: str):
    with pytest.raises(Refused):
        change(staff, by)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"since": date(2026, 11, 22)}, "不能改过去：从今天起才能改"),
        ({"value": "25"}, "要在 1 个工作小时 到 24 个工作小时 之间"),
        ({"value": "0"}, "要在 1 个工作小时 到 24 个工作小时 之间"),
        ({"value": "4"}, "和原来的一样"),
        ({"reason": ""}, "写明原因"),
        ({"clause": "D11.1", "value": "1.5"}, "要填整数"),
    ],
    ids=["in the past", "beyond the bounds", "no time at all", "no change", "no reason", "half a day"],
)
def test_a_change_that_cannot_be_is_answered(staff: Staff, given: dict[str, Any], words: str):
    with pytest.raises(Refused) as refused:
        change(staff, **given)
    assert words in said(refused)


@pytest.mark.parametrize(
    ("given", "field"), [({"name": "patience"}, "name"), ({"clause": "D99"}, "clause"), ({"clause": "火星"}, "clause")]
)
def test_what_the_book_does_not_have_is_an_answer_at_its_field(staff: Staff, given: dict[str, str], field: str):
    with pytest.raises(Refused) as refused:
        change(staff, **given)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_a_department_proposes_and_the_head_answers_once(staff: Staff):
    made = staff.run("propose_amendment", "deng", clause="D7", text="疑问两小时内答复就够")
    staff.run("answer_amendment", "chen", proposal=made.uid, accepted=False, words="仓库等不起")
    with pytest.raises(Refused) as refused:
        staff.run("answer_amendment", "chen", proposal=made.uid, accepted=True, words="改主意了")
    (row,) = book.proposals(sight(staff, "deng"), "D7")
    assert said(refused) == ["这条建议已经答复过"]
    assert (row.by, row.answer and row.answer[:2]) == ("邓海", (False, "仓库等不起"))


def test_a_department_does_not_answer_its_own_proposal(staff: Staff):
    made = staff.run("propose_amendment", "deng", clause="D7", text="疑问两小时内答复就够")
    with pytest.raises(Refused):
        staff.run("answer_amendment", "deng", proposal=made.uid, accepted=True, words="好")


@pytest.mark.requirement("C5")
def test_the_three_days_of_c5_are_shown_as_superseded_by_d4_and_time_nothing(staff: Staff):
    page = book.article(sight(staff, "lin"), "C5", on=date(2026, 11, 23))
    (old,) = page.others
    assert (old.number, old.state, old.superseded_by) == ("C5.2", "superseded", "D4")
    assert [one.number for one in page.in_force] == ["C5.1"]
    from gatepass.regulations import rulebook

    assert rulebook.clause("C5.2", 1).says is None


@pytest.mark.requirement("C5")
def test_on_a_day_of_2025_the_three_days_of_c5_were_in_force(staff: Staff):
    page = book.article(sight(staff, "lin"), "C5", on=date(2025, 6, 1))
    assert [one.number for one in page.in_force] == ["C5.1", "C5.2"]


def test_the_book_of_a_day_shows_the_version_and_the_numbers_of_that_day(staff: Staff):
    change(staff, clause="D11.1", name="fine", value="15", since=TOMORROW)
    seen = sight(staff, "lin")
    texts = {
        day: book.article(seen, "D11", on=day).in_force[0].text.zh for day in (date(2025, 6, 1), date(2026, 11, 1), date(2026, 12, 1))
    }
    assert ["10%" in texts[date(2025, 6, 1)], "20%" in texts[date(2026, 11, 1)], "15%" in texts[date(2026, 12, 1)]] == [True] * 3


def test_a_search_finds_a_clause_in_either_language(staff: Staff):
    seen = sight(staff, "lin")
    for needle in ("托运单交财务", "waybill to finance", "d11"):
        found = [page.number for chapter in book.book(seen, on=date(2026, 11, 23), needle=needle) for page in chapter.articles]
        assert "D11" in found, needle
    assert book.book(seen, on=date(2026, 11, 23), needle="火星") == ()


@pytest.mark.parametrize(("language", "words"), [("zh", "由 D4 取代"), ("en", "superseded by D4")])
def test_the_book_is_printed_as_text_with_what_was_superseded(staff: Staff, language: Language, words: str):
    lines = list(rulebook_lines(SYSTEM, on=date(2026, 11, 23), language=language))
    assert any("C5.2" in line and words in line for line in lines)
    assert not any(line.startswith("  C5.2") for line in lines)
