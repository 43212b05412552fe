"""Breaches that no clock sees: a superior finds them and names a sum within the range (C16, C24); somebody else confirms."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from company import Staff, taken
from databases import Clones
from gatepass.enforcement.models import Finding, Fine, Obligation
from gatepass.enforcement.queries import fines
from gatepass.journal.models import Entry
from gatepass.people.models import Holding, Person, Post
from gatepass.rules.reasons import Refused

from .cases import said, sight

CLAUSES = {"C16.2": "C16", "C24.2": "C24"}
FACTS = "11 月 16 日发货台丢了 TY-0012 的客户联，当天没有补"
both = pytest.mark.parametrize("clause", CLAUSES)


def found(staff: Staff, clause: str, by: str = "he", amount: int = 5_000, person: str = "lin", **more: object) -> Fine:
    made = staff.run("record_finding", by, clause=clause, person=staff.people[person], amount=amount, facts=FACTS, **more)
    return Fine.objects.get(subject=made.uid)


def refused(staff: Staff, clause: str, **given: Any) -> list[str]:
    with pytest.raises(Refused) as why:
        found(staff, clause, **given)
    assert not Fine.objects.exists()
    return [f"{reason.clause} {reason.what.zh}" for reason in why.value.reasons]


def visitor(staff: Staff, who: str, language: str = "zh") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    return client


@both
@pytest.mark.requirement("C16", "C24", "R1")
@pytest.mark.parametrize("amount", [2_000, 10_000])
def test_a_superior_finds_a_breach_and_the_person_is_fined_within_the_range(staff: Staff, clause: str, amount: int) -> None:
    order = taken(staff)
    fine = found(staff, clause, amount=amount, order=order)
    assert (fine.clause, fine.fen, fine.percent, fine.holder_kind, fine.holder) == (clause, amount, None, "person", staff.people["lin"])
    breach = Obligation.objects.get(clause=clause)
    assert (breach.closed_how, breach.order, breach.breached_holder) == ("breach", order, staff.people["lin"])
    shown = fines.fine(sight(staff, "liang", staff.at), fine.uid, at=staff.at)
    assert shown.found == (staff.at, "何志远", FACTS)
    assert shown.row.whose.zh == "林晓燕"


@both
@pytest.mark.requirement("C16", "C24", "R1")
@pytest.mark.parametrize("amount", [0, 1_999, 10_001])
def test_a_sum_outside_the_range_is_refused_and_the_clause_is_quoted(staff: Staff, clause: str, amount: int) -> None:
    (reason,) = refused(staff, clause, amount=amount)
    assert reason.startswith(f"{CLAUSES[clause]} 罚款 {amount / 100:.2f} 元不在范围内：")
    assert "上级查实，罚当事人 20 元 至 100 元" in reason


@pytest.mark.requirement("C16", "D18")
def test_the_range_is_the_parameters_of_the_day(staff: Staff) -> None:
    given = {"clause": "C16.2", "name": "most", "value": "50", "since": staff.today(), "reason": "新规"}
    staff.run("change_parameter", "chen", **given)
    staff.later(minutes=1)
    assert "20 元 至 50 元" in refused(staff, "C16.2", amount=6_000)[0]
    assert found(staff, "C16.2", amount=5_000).fen == 5_000


@both
@pytest.mark.requirement("C16", "C24", "R1", "M1")
@pytest.mark.parametrize("who", ["lin", "zhou", "deng", "sun", "luo"])
def test_who_leads_nobody_finds_nothing(staff: Staff, clause: str, who: str) -> None:
    assert refused(staff, clause, by=who, person="tang")[0].startswith("M1")


@both
@pytest.mark.requirement("C16", "C24", "R1")
def test_nobody_finds_a_breach_of_his_own_nor_of_his_superior(staff: Staff, clause: str) -> None:
    assert refused(staff, clause, by="he", person="he") == ["R1 不能查实自己的违反"]
    assert refused(staff, clause, by="he", person="liang") == ["R1 只有当事人的上级能查实"]
    assert found(staff, clause, by="chen", person="liang").holder == staff.people["liang"]  # the head finds anybody's but his own


@pytest.mark.requirement("C16", "M1")
def test_where_the_organisation_says_who_is_above_only_that_line_finds(staff: Staff) -> None:
    posts = {who: Holding.objects.get(person__uid=staff.people[who]).post for who in ("lin", "he", "liang")}
    for below, above in (("he", "liang"), ("lin", "he")):
        Post.objects.filter(id=posts[below].id).update(reports_to=posts[above])
    assert refused(staff, "C16.2", by="xu") == ["R1 只有当事人的上级能查实"]
    assert found(staff, "C16.2", by="liang").holder == staff.people["lin"]


@both
@pytest.mark.requirement("C16", "C24", "R1")
def test_another_manager_confirms_not_who_found_it_nor_whom_it_hits(staff: Staff, clause: str) -> None:
    fine = found(staff, clause)
    with pytest.raises(Refused) as himself:
        staff.run("confirm_fine", "he", fine=fine.uid)
    assert said(himself) == ["查实的人不能自己确认"]
    staff.run("confirm_fine", "liang", fine=fine.uid)
    assert Fine.objects.get(uid=fine.uid).confirmed_by == staff.people["liang"]


@both
@pytest.mark.requirement("C16", "C24", "R1")
def test_the_head_waives_it_with_a_reason_on_a_managers_proposal(staff: Staff, clause: str) -> None:
    fine = found(staff, clause)
    staff.run("propose_waiver", "liang", fine=fine.uid, reason="当天已补")
    staff.sign("chen", "waiver", fine.uid, "head")
    assert Fine.objects.get(uid=fine.uid).waived_at == staff.at


@pytest.mark.requirement("C16", "R1")
def test_facts_are_needed_are_recorded_once_and_stay_out_of_the_journal(staff: Staff) -> None:
    with pytest.raises(Refused) as why:
        staff.run("record_finding", "he", clause="C16.2", person=staff.people["lin"], amount=2_000, facts=" ")
    assert said(why) == ["写明事实"]
    found(staff, "C16.2")
    with pytest.raises(Refused) as again:
        found(staff, "C16.2")
    assert said(again) == ["同样的事实已经查实过"]
    assert Finding.objects.get().facts == FACTS
    assert FACTS not in str(Entry.objects.get(event="breach.found").payload)


@pytest.mark.requirement("C16", "R1")
@pytest.mark.parametrize("clause", ["D11.1", "C16.1", "X9"])
def test_only_sentences_that_say_so_are_found_by_a_superior(staff: Staff, clause: str) -> None:
    with pytest.raises(Refused) as answer:
        found(staff, clause)
    assert [reason.field for reason in answer.value.reasons] == ["clause"]


@both
@pytest.mark.requirement("C16", "C24")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_the_clause_offers_it_to_a_superior_and_the_fine_says_who_found_what(staff: Staff, clause: str, language: str) -> None:
    words = {"zh": ("查实违反", "查实的人不能自己确认", "元 至"), "en": ("Record a breach", "Nobody confirms what he found himself", "yuan to")}
    button, own, range_ = words[language]
    he = visitor(staff, "he", language)
    article = he.get(f"/rulebook/{CLAUSES[clause]}/").content.decode()
    assert f"/do/record_finding/?clause={clause}" in article
    assert button in article
    assert range_ in re.sub(r"<[^>]+>", "", article)
    assert button not in visitor(staff, "lin", language).get(f"/rulebook/{CLAUSES[clause]}/").content.decode()
    assert f"/do/record_finding/?clause={clause}" in he.get("/enforcement/").content.decode()
    form = he.get(f"/do/record_finding/?clause={clause}").content.decode()
    assert range_ in re.sub(r"<[^>]+>", "", form)  # the sentence stands beside the form
    given = {"clause": clause, "person": str(staff.people["lin"]), "amount": "35.00", "facts": FACTS, "_next": ""}
    answer = he.post("/do/record_finding/", given, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/enforcement/fines/")
    assert FACTS in page
    assert "35.00" in page
    assert own in page
    assert "confirm_fine" not in page
    assert "confirm_fine" in visitor(staff, "liang", language).get(answer.redirect_chain[-1][0]).content.decode()
    assert FACTS in visitor(staff, "lin", language).get(answer.redirect_chain[-1][0]).content.decode()  # whom it hits sees on what facts
    assert visitor(staff, "tang", language).get(answer.redirect_chain[-1][0]).status_code == 404


@pytest.mark.requirement("C16", "R1")
def test_the_check_finds_a_sum_that_the_journal_does_not_bear_out(staff: Staff, clones: Clones, fresh: str) -> None:
    from gatepass.site import database
    from gatepass.site.checking.everything import check

    fine = found(staff, "C16.2")
    assert [one for one in check(database.other(clones.url, fresh)) if one.where == "fines"] == []
    with psycopg.connect(database.other(clones.url, fresh), autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")  # the program itself cannot change a fine's sum
        owner.execute("update enforcement_fine set fen = 6000 where uid = %s", [fine.uid])
    assert [one.where for one in check(database.other(clones.url, fresh)) if one.where == "fines"] == ["fines"]


def test_a_finding_is_kept_as_it_was_written(staff: Staff) -> None:
    uid: UUID = Finding.objects.get(uid=found(staff, "C24.2").subject).uid
    from django.db import ProgrammingError, transaction

    with pytest.raises(ProgrammingError), transaction.atomic():
        Finding.objects.filter(uid=uid).update(facts="没有的事")
