"""The printed book of a day has the text, the numbers and the detailed rules of that day; the API reads the same law."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from company import Staff
from gatepass.enforcement.printing import _sheet, rulebook_lines
from gatepass.journal import clock
from gatepass.papers.sheets import BookClause
from gatepass.roles import SYSTEM

from .cases import MONDAY
from .test_pages import visitor

pytestmark = pytest.mark.requirement("D18")


@pytest.fixture
def amended(staff: Staff) -> Staff:
    """On Monday, 23 November: a fifth becomes 15% on the 25th, D8.4's morning 10:00 on the 27th; a rule of finance holds for a day."""
    staff.at = MONDAY
    common = {"reason": "试行"}
    staff.run("change_parameter", "chen", clause="D11.1", name="fine", value="15", since=date(2026, 11, 25), **common)
    staff.run("change_parameter", "chen", clause="D8.4", name="end", value="10:00", since=date(2026, 11, 27), **common)
    staff.run("interpret_clause", "chen", clause="D11.1", reading="interpretation", text="快递签收日算交单日", since=date(2026, 11, 26), **common)
    rule = staff.run("lay_down_rule", "xu", clause="D11", text="应收会计每日十六点前收单", since=date(2026, 11, 24))
    assert rule
    return staff


def printed(article: str, on: date) -> BookClause:
    with clock.clock_at(MONDAY):
        (chapter,) = _sheet(SYSTEM, on, "zh", article).chapters
    (clause,) = chapter.clauses
    return clause


def test_the_printed_book_of_a_day_has_the_text_the_numbers_and_the_rules_of_that_day(amended: Staff) -> None:
    for day, share, rules in ((24, "20%", 1), (25, "15%", 1), (23, "20%", 0)):
        one = printed("D11", date(2026, 11, day))
        values = {parameter.name.zh: parameter.value.zh for parameter in one.parameters}
        assert (values["D11.1 罚比例"], f"罚该批出门时运费的 {share}" in one.wordings[0].text.zh, len(one.rules)) == (share, True, rules), day
    assert "解释：快递签收日算交单日" in printed("D11", date(2026, 11, 26)).wordings[0].text.zh
    assert "解释" not in printed("D11", date(2026, 11, 25)).wordings[0].text.zh
    old = printed("D11", date(2025, 6, 1))
    assert {parameter.value.zh for parameter in old.parameters} >= {"3 个工作日", "10%"}
    with clock.clock_at(MONDAY):
        lines = "\n".join(rulebook_lines(SYSTEM, on=date(2026, 11, 27), language="zh"))
    for words in ("次日早上 10:00 前转告", "罚该批出门时运费的 15%", "细则（销售部，2026-11-24 起）：应收会计每日十六点前收单"):
        assert words in lines


def test_the_api_reads_the_law_of_a_day_and_the_amendments(amended: Staff) -> None:
    reader = visitor(amended, "lin")
    with clock.clock_at(MONDAY):
        for day, value in (("2026-11-24", "20.000"), ("2026-11-25", "15")):
            (row,) = (one for one in law_of(reader, day) if (one["number"], one["version"]) == ("D11.1", 2))
            share = next(one for one in row["numbers"] if one["name"] == "fine")
            assert (float(share["value"]), share["bounds"]["en"], share["set_by"]) == (float(value), "0% to 50%", "head")
            assert (row["state"], row["superior"]) == ("in_force", "receivables")
        listed = reader.get("/api/v1/amendments?shows=announced&most=2").json()
        assert [one["clause"] for one in listed["items"]] == ["D11.1", "D8.4"]
        rest = reader.get(f"/api/v1/amendments?shows=announced&after={listed['next']}").json()["items"]
        assert [one["name"] for one in rest] == ["fine"]
        assert reader.get(f"/api/v1/amendments/{rest[0]['uid']}").json()["value"]["en"] == "15%"
        assert [reader.get(f"/api/v1/law?on={day}").status_code for day in ("0001-01-01", "9999-12-31", "soon")] == [422, 422, 422]


def law_of(reader: Client, day: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = reader.get(f"/api/v1/law?on={day}&article=D11").json()["items"]
    return found
