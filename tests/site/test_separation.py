"""Separation of duties without the program: raw SQL as the program's role, in every way of having touched the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from company import Staff, confirmed, digest_of, paid, ready
from gatepass.approvals.models import Signature
from gatepass.dispatch.models import Notice
from gatepass.gate.models import GatePass
from gatepass.journal.models import Entry
from gatepass.site import walls
from gatepass.transport.models import Waybill
from test_whole_way import effective_notice, loaded, picked, through_the_gate

APPROVE = """insert into approvals_signature (route, subject, step, person_id, acting_for_id, digest, verdict, why, at, entry)
    select 'notice', uid, %(side)s, %(person)s, %(represented)s, digest, 'signed', '', now(), %(entry)s from dispatch_notice where uid = %(notice)s"""


def sql(statement: str, **given: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def approve(staff: Staff, notice: Any, side: str, who: str, represented: str | None = None) -> int:
    people = staff.people | {"nobody": uuid4()}
    given = {"side": side, "person": people[who], "represented": people[represented] if represented else None, "entry": uuid4()}
    return sql(APPROVE, notice=notice, **given)


WRITERS: dict[str, Callable[[Staff, Any], object]] = {
    "the writer": lambda staff, notice: approve(staff, notice, "sales", "lin"),
    "the writer for somebody else": lambda staff, notice: approve(staff, notice, "sales", "lin", "he"),
    "somebody else for the writer": lambda staff, notice: approve(staff, notice, "finance", "zhou", "lin"),
    "who wrote the version before": lambda staff, notice: approve(staff, notice, "sales", "tang"),
    "somebody for who wrote the version before": lambda staff, notice: approve(staff, notice, "finance", "xu", "tang"),
    "the writer, whose name was taken off the notice": lambda staff, notice: [
        sql("update dispatch_notice set written_by = %(other)s, written_for = null where uid = %(notice)s", other=staff.people["sun"], notice=notice),
        approve(staff, notice, "sales", "lin"),
    ],
}


def rewritten(staff: Staff) -> Any:
    """A notice that one client admin wrote and another changed."""
    notice = staff.run("issue_notice", "tang", order=paid(staff)).uid
    staff.later(minutes=5).run("change_notice", "lin", notice=notice, reason="换个说法", remark="急")
    return notice


@pytest.mark.requirement("D6", "M1")
@pytest.mark.parametrize("how", WRITERS)
def test_the_database_refuses_the_approval_of_whoever_wrote_the_notice(staff: Staff, how: str) -> None:
    notice = rewritten(staff)
    with pytest.raises(IntegrityError, match="nobody signs what he is touched by"):
        WRITERS[how](staff, notice)
    assert not Signature.objects.exists()


@pytest.mark.requirement("D6", "M1")
def test_the_program_refuses_whoever_wrote_an_earlier_version_too(staff: Staff) -> None:
    from gatepass.people.models import Holding, Person, Post
    from gatepass.rules.reasons import Refused

    manager = Post.objects.get(kind="sales_manager")
    Holding.objects.create(post=manager, person=Person.objects.get(uid=staff.people["tang"]), since=staff.today())
    notice = rewritten(staff)
    with pytest.raises(Refused) as refused:
        staff.sign("tang", "notice", notice, "sales")
    assert [reason.clause for reason in refused.value.reasons] == ["D6"]
    staff.sign("he", "notice", notice, "sales")


BOTH = [("he", None, "he", None), ("he", "liang", "he", None), ("he", "liang", "liang", None), ("he", None, "zhou", "he")]


@pytest.mark.requirement("D6", "M1")
@pytest.mark.parametrize(("first", "for_first", "second", "for_second"), BOTH)
def test_the_database_refuses_both_approvals_of_one_person(
    staff: Staff, first: str, for_first: str | None, second: str, for_second: str | None
) -> None:
    notice = rewritten(staff)
    approve(staff, notice, "sales", first, for_first)
    with pytest.raises(IntegrityError, match="each step is given by another person"):
        approve(staff, notice, "finance", second, for_second)
    assert approve(staff, notice, "finance", "zhou") == 1


@pytest.mark.requirement("D6")
def test_the_database_refuses_a_second_approval_of_a_side_and_one_of_another_version(staff: Staff) -> None:
    notice = rewritten(staff)
    approve(staff, notice, "sales", "he")
    with pytest.raises(IntegrityError, match="one_signature_a_step"):
        approve(staff, notice, "sales", "liang")
    for wrong in (digest_of("notice", notice, 1), "0" * 64):
        with pytest.raises(IntegrityError, match="binds the present version"):
            text = APPROVE.replace("digest, 'signed'", "%(wrong)s, 'signed'")
            sql(text, notice=notice, side="finance", person=staff.people["zhou"], represented=None, entry=uuid4(), wrong=wrong)


@pytest.mark.requirement("D4")
def test_the_database_refuses_that_who_asked_signs_for_unpaid_goods(staff: Staff) -> None:
    notice = confirmed(staff)
    staff.run("request_unpaid", "lin", order=notice, reason="急")
    signed = APPROVE.replace("'notice', uid, %(side)s", "'unpaid', m.subject, %(side)s").replace(
        "from dispatch_notice where uid = %(notice)s", "from approvals_matter m where m.route = 'unpaid' and %(notice)s is not null"
    )
    with pytest.raises(IntegrityError, match="nobody signs what he is touched by"):
        sql(signed, notice=notice, side="director", person=staff.people["lin"], represented=None, entry=uuid4())


@pytest.mark.requirement("D8")
def test_the_database_refuses_that_who_proposed_a_change_consents_to_it(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    line = Notice.objects.get(uid=notice).id
    uid = sql("select uid from dispatch_noticeline where notice_id = %(notice)s", notice=line) and _one("dispatch_noticeline")
    staff.run("start_picking", "deng", notice=notice)
    staff.run("propose_change", "deng", notice=notice, kind="short", line=uid, cartons=2, reason="缺货")
    consent = APPROVE.replace("'notice', uid, %(side)s", "'change', m.subject, %(side)s").replace(
        "from dispatch_notice where uid = %(notice)s", "from approvals_matter m where m.route = 'change' and %(notice)s is not null"
    )
    with pytest.raises(IntegrityError, match="nobody signs what he is touched by"):
        sql(consent, notice=notice, side="consent", person=staff.people["deng"], represented=None, entry=uuid4())
    with pytest.raises(IntegrityError, match="change_applied_with_consent"):
        sql("update dispatch_change set applied_at = now()")


def _one(table: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"select uid from {table} limit 1")  # noqa: S608 - a table of ours
        return cursor.fetchone()[0]


@pytest.mark.requirement("D10", "D11")
def test_the_database_refuses_a_second_pass_a_second_release_and_a_second_credit(staff: Staff) -> None:
    _, consignment, waybill = through_the_gate(staff)
    staff.later(hours=2).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    copied = "insert into {0} ({1}) select {2} from {0} limit 1"
    for table, fresh in (
        ("gate_release", {"uid": "gen_random_uuid()", "entry": "gen_random_uuid()"}),
        ("receivables_posting", {"uid": "gen_random_uuid()"}),
        ("gate_gatepass", {"uid": "gen_random_uuid()", "number": "'CM-X'", "code": "'ABCDEFGHJK'"}),
    ):
        columns = [name for name in _columns(table) if name != '"id"']
        values = [fresh.get(name.strip('"'), name) for name in columns]
        statement = copied.format(table, ", ".join(columns), ", ".join(values))
        if table == "receivables_posting":
            statement = statement.replace(" limit 1", " where kind = 'freight_credit' limit 1")
        with pytest.raises(IntegrityError, match="duplicate key"):
            sql(statement)
    assert GatePass.objects.count() == 1 and Waybill.objects.get(uid=waybill.uid).consignment_id == consignment.id


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select column_name from information_schema.columns where table_name = %s order by ordinal_position", [table])
        return [f'"{name}"' for (name,) in cursor.fetchall()]


def appended() -> list[str]:
    return sorted(walls.append_only())


@pytest.mark.requirement("D3", "D18")
def test_nothing_written_for_good_is_changed_deleted_or_emptied_by_the_programs_role(staff: Staff) -> None:
    notice = effective_notice(staff, ready_and_signed(staff))
    picked(staff, notice)
    loaded(staff, notice)
    before = {table: _count(table) for table in appended()}
    assert len(before) > 20 and before["journal_entry"] and before["approvals_signature"] and before["receivables_posting"] is not None
    for table in before:
        (column,) = _columns(table)[:1]
        for statement in (f"update {table} set {column} = {column}", f"delete from {table}", f"truncate {table}"):  # noqa: S608 - tables of ours
            with pytest.raises(ProgrammingError, match="permission denied"):
                sql(statement)
    assert {table: _count(table) for table in before} == before
    assert Entry.objects.exists()


def ready_and_signed(staff: Staff) -> Any:
    order = ready(staff)
    staff.unpaid_signed(order, reason="急")
    return order


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 - a table of ours
        return int(cursor.fetchone()[0])


@pytest.mark.requirement("D6")
@pytest.mark.parametrize(
    "statement",
    [
        "alter table approvals_signature disable trigger all",
        "drop trigger guard_signature on approvals_signature",
        "create or replace function approvals_guard_signature() returns trigger language plpgsql as 'begin return new; end'",
        "set session_replication_role = replica",
        "alter table journal_entry add column seen int",
    ],
)
def test_the_programs_role_cannot_take_the_guards_away(fresh: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
        sql(statement)
