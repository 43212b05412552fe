"""Two approvals by two people, neither of them the writer: in the clauses, and in the database itself (D6)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, connections

from company import digest_of
from dispatch.stage import Stage
from dispatch.test_noticing import refused
from gatepass.approvals.models import Signature
from gatepass.dispatch.models import Notice
from gatepass.journal.models import Entry
from gatepass.people.models import Department, Holding, Person, Post
from gatepass.rules.reasons import Refused

INSERT = """insert into approvals_signature (route, subject, step, person_id, acting_for_id, digest, verdict, why, at, entry)
            select 'notice', uid, %s, %s, %s, digest, 'signed', '', now(), %s from dispatch_notice where uid = %s"""


def also(stage: Stage, who: str, kind: str) -> None:
    """Give somebody a second post."""
    post = Post.objects.create(kind=kind, title="兼", department=Department.objects.get())
    Holding.objects.create(post=post, person=Person.objects.get(uid=stage.people[who]), since="2026-01-01")


@pytest.mark.requirement("D6")
@pytest.mark.parametrize("given", [[], [("zhou", "finance")], [("he", "sales")]])
def test_picking_does_not_start_before_both_sides_approved(stage: Stage, given: list[tuple[str, str]]) -> None:
    notice = stage.noticed()
    for who, side in given:
        stage.sign_for(who, notice, side, 1)
    Notice.objects.update(handed_over_at=stage.at, effective_at=stage.at)  # even if the row said so
    with pytest.raises(Refused) as found:
        stage.do("deng", "start_picking", notice=notice)
    missing = [reason for reason in found.value.reasons if reason.clause == "D6"]
    assert len(missing) == 2 - len(given)
    assert all(reason.command == "sign" for reason in missing)


@pytest.mark.requirement("D6")
def test_the_second_side_makes_the_notice_effective(stage: Stage) -> None:
    notice = stage.noticed()
    stage.sign_for("he", notice, "sales", 1)
    assert Notice.objects.get().effective_at is None
    stage.sign_for("zhou", notice, "finance", 1)
    assert Notice.objects.get().effective_at == stage.at
    assert Entry.objects.filter(event="notice.effective").count() == 1


@pytest.mark.requirement("D6")
def test_nobody_approves_what_he_wrote(stage: Stage) -> None:
    also(stage, "lin", "sales_manager")
    notice = stage.noticed()
    assert "D6 制单人不得审批" in refused(stage, "lin", "sign", **stage.bound(notice, "sales", 1))


@pytest.mark.requirement("D6")
def test_one_person_does_not_give_both_approvals(stage: Stage) -> None:
    also(stage, "he", "receivables")
    notice = stage.noticed()
    stage.sign_for("he", notice, "sales", 1)
    assert "D6 一个人不得两项都批" in refused(stage, "he", "sign", **stage.bound(notice, "finance", 1))


@pytest.mark.requirement("D6", "R7")
def test_a_deputy_does_not_approve_for_both_sides_or_for_the_writer(stage: Stage) -> None:
    also(stage, "wang", "sales_admin")
    stage.deputise("wang", "he")
    notice = stage.noticed()
    stage.sign_for("wang", notice, "sales", 1)
    given = Signature.objects.get()
    assert (given.person_id, given.acting_for_id) == (stage.people["wang"], stage.people["he"])
    also(stage, "he", "receivables")
    assert "一个人不得两项都批" in refused(stage, "he", "sign", **stage.bound(notice, "finance", 1))


@pytest.mark.requirement("D6", "R7")
def test_what_a_deputy_wrote_counts_as_written_by_the_one_he_stands_in_for(stage: Stage) -> None:
    also(stage, "wang", "sales_manager")
    stage.deputise("deng", "wang")
    notice = stage.do("deng", "issue_notice", order=stage.order.uid).uid
    assert Notice.objects.get().written_for == stage.people["wang"]
    assert "制单人不得审批" in refused(stage, "wang", "sign", **stage.bound(notice, "sales", 1))


@pytest.mark.requirement("D6", "M1")
def test_a_side_is_approved_only_with_its_power(stage: Stage) -> None:
    notice = stage.noticed()
    words = refused(stage, "zhou", "sign", **stage.bound(notice, "sales", 1))
    assert "M1 您的岗位没有“销售审批”的权限" in words


@pytest.mark.requirement("D6")
def test_an_approval_is_for_the_version_that_was_seen(stage: Stage) -> None:
    notice = stage.noticed()
    stage.do("lin", "change_notice", notice=notice, reason="改", lines=[{"product": stage.products["泡菜"].uid, "cartons": 5}])
    assert "已经改版" in refused(stage, "zhou", "sign", **stage.bound(notice, "finance", 1))
    stage.sign_for("zhou", notice, "finance", 2)


@pytest.mark.requirement("D6")
def test_a_returned_version_waits_to_be_changed(stage: Stage) -> None:
    notice = stage.noticed()
    stage.send_back("zhou", notice, "finance", "地址不全")
    assert "已被退回" in refused(stage, "he", "sign", **stage.bound(notice, "sales", 1))
    stage.do("lin", "change_notice", notice=notice, reason="补地址")
    stage.approved(notice, version=2)
    assert "都签完了" in refused(stage, "zhou", "send_back", **stage.bound(notice, "finance"), why="晚了")


def insert(notice: UUID, side: str, person: UUID, represented: UUID | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select session_user")
        assert cursor.fetchone() == ("gatepass_app",)
        cursor.execute(INSERT, [side, person, represented, uuid4(), notice])


@pytest.mark.requirement("D6")
def test_the_database_itself_refuses_the_writer(stage: Stage) -> None:
    notice = stage.noticed()
    for person, represented in ((stage.people["lin"], None), (stage.people["he"], stage.people["lin"])):
        with pytest.raises(IntegrityError, match="nobody signs what he is touched by"):
            insert(notice, "sales", person, represented)
    assert not Signature.objects.exists()


@pytest.mark.requirement("D6")
def test_the_database_itself_refuses_one_person_on_both_sides(stage: Stage) -> None:
    notice = stage.noticed()
    insert(notice, "sales", stage.people["wang"], stage.people["he"])
    for person, represented in ((stage.people["wang"], None), (stage.people["he"], None), (stage.people["zhou"], stage.people["he"])):
        with pytest.raises(IntegrityError, match="each step is given by another person"):
            insert(notice, "finance", person, represented)
    insert(notice, "finance", stage.people["zhou"])


@pytest.mark.requirement("D6")
def test_the_database_itself_binds_an_approval_to_the_present_version(stage: Stage) -> None:
    notice = stage.noticed()
    with pytest.raises(IntegrityError, match="binds the present version"), connection.cursor() as cursor:
        cursor.execute(INSERT.replace(" digest, 'signed'", " repeat('0', 64), 'signed'"), ["sales", stage.people["he"], None, uuid4(), notice])


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run these at the same moment, each on a connection of its own; gives what each returned or raised."""
    ready, found = threading.Barrier(len(acts)), list[object]([None] * len(acts))

    def run(number: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            found[number] = act()
        except Refused as refusal:
            found[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.requirement("D6")
def test_two_approvers_at_once_are_both_heard_and_the_notice_is_effective_once(stage: Stage) -> None:
    notice = stage.noticed()
    at_once(
        lambda: stage.sign_for("zhou", notice, "finance", 1),
        lambda: stage.sign_for("he", notice, "sales", 1),
    )
    assert Notice.objects.get().effective_at == stage.at
    assert Entry.objects.filter(event="notice.effective").count() == 1


@pytest.mark.requirement("D6")
def test_one_person_pressing_both_sides_at_once_gives_one_approval(stage: Stage) -> None:
    also(stage, "he", "receivables")
    notice = stage.noticed()
    outcome = at_once(
        lambda: stage.sign_for("he", notice, "finance", 1),
        lambda: stage.sign_for("he", notice, "sales", 1),
    )
    assert sum(isinstance(one, Refused) for one in outcome) == 1
    assert Signature.objects.count() == 1


@pytest.mark.requirement("D6")
def test_approval_and_change_at_once_never_leave_an_approval_of_the_new_version(stage: Stage) -> None:
    notice = stage.noticed()
    at_once(
        lambda: stage.sign_for("zhou", notice, "finance", 1),
        lambda: stage.do("lin", "change_notice", notice=notice, reason="改", ship_on=None, remark="急"),
    )
    assert not Signature.objects.filter(digest=digest_of("notice", notice, 2)).exists()
