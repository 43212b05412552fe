"""Departments have detailed rules of their own under a clause (D18): they detail it, only the head amends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from company import Staff
from gatepass.enforcement.models import DetailedRule
from gatepass.enforcement.queries.detailed import detailed
from gatepass.people.models import Department, Holding, Person, Post
from gatepass.rules.reasons import Refused

from .cases import said, sight

pytestmark = pytest.mark.requirement("D18")
WORDS = "下午四点前的订单当天核账，四点后的次日九点前核完。"


def shown(staff: Staff, who: str, language: str = "zh") -> str:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    return client.get("/rulebook/D1/").content.decode()


@pytest.fixture(autouse=True)
def finance(staff: Staff) -> None:
    """Finance is a department of its own."""
    department = Department.objects.create(name="财务部", name_en="Finance")
    posts = [Holding.objects.get(person__uid=staff.people[who]).post.id for who in ("xu", "zhou")]
    Post.objects.filter(id__in=posts).update(department=department)


def laid_down(staff: Staff, by: str = "xu") -> DetailedRule:
    staff.run("lay_down_rule", by, clause="D1", text=WORDS)
    return DetailedRule.objects.get()


@pytest.mark.parametrize(("language", "heading"), [("zh", "部门细则"), ("en", "Detailed rules of departments")])
def test_a_departments_rule_stands_under_the_clause_for_everybody(staff: Staff, language: str, heading: str) -> None:
    rule = laid_down(staff)
    assert rule.department == "财务部"
    page = shown(staff, "feng", language)
    assert heading in page
    assert WORDS in page
    assert "end_rule" not in page
    assert "lay_down_rule" not in page
    assert "end_rule" in shown(staff, "xu", language)


def test_who_leads_nobody_lays_down_no_rule(staff: Staff) -> None:
    with pytest.raises(Refused):
        laid_down(staff, by="zhou")
    assert not DetailedRule.objects.exists()


def test_it_is_ended_by_its_own_department_or_the_head_once_and_stays_on_record(staff: Staff) -> None:
    rule = laid_down(staff)
    with pytest.raises(Refused) as theirs:
        staff.run("end_rule", "he", rule=rule.uid, reason="不用了")
    assert said(theirs) == ["这是财务部的细则"]
    staff.run("end_rule", "chen", rule=rule.uid, reason="与 D1 抵触")
    with pytest.raises(Refused) as twice:
        staff.run("end_rule", "xu", rule=rule.uid, reason="不用了")
    assert said(twice) == ["这条细则已经废止"]
    (row,) = detailed(sight(staff, "feng", staff.at), "D1")
    assert row.ended == (staff.at, "与 D1 抵触")
    assert f"<s>{WORDS}</s>" in shown(staff, "feng")


def test_a_rule_begins_today_or_later_and_under_a_clause_of_the_book(staff: Staff) -> None:
    with pytest.raises(Refused) as past:
        staff.run("lay_down_rule", "xu", clause="D1", text=WORDS, since=staff.today() - timedelta(days=1))
    assert said(past) == ["不能从过去起"]
    with pytest.raises(Refused) as strange:
        staff.run("lay_down_rule", "xu", clause="X9", text="")
    assert said(strange) == ["制度里没有“X9”这一条", "没有写内容"]
    with pytest.raises(Refused) as empty:
        staff.run("lay_down_rule", "xu", clause="D1", text=" ")
    assert said(empty) == ["没有写内容"]
