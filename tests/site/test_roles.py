"""The program is logged in as the weaker role: it owns nothing, becomes nobody else, and does what the lists of walls.py say, no more."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from company import Staff, checked
from databases import Clones
from gatepass.journal.models import Actor, Entry
from gatepass.people.models import Person
from gatepass.roles import SYSTEM
from gatepass.site import database, postgres, walls
from gatepass.site.postgres import passwords
from site_programs import gatepass_says, sweep

STRONGER = (
    "set role gatepass", "set role gatepass_superuser", "set session authorization gatepass", "alter role gatepass_app superuser",
    "create role other", "grant gatepass to gatepass_app", "alter table journal_entry disable trigger all",
    "drop trigger written_once on gate_gatepass",
    "set session_replication_role = replica", "create function f() returns int language sql as 'select 1'", "create schema s",
    "insert into journal_actor values (gen_random_uuid(), 'person')", "update journal_actor set kind = 'x'",
    "copy journal_entry to program 'cat'",
)  # fmt: skip


def asked(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.mark.requirement("D18", "R7")
def test_the_program_is_the_weaker_role_from_its_login_on_and_becomes_nobody_else(fresh: str) -> None:
    with connection.cursor() as cursor:
        for way in ("set role none", "reset role", "reset session authorization"):
            cursor.execute(way)
            cursor.execute("select session_user, current_user, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user")
            assert cursor.fetchone() == ("gatepass_app", "gatepass_app", False, False, False)
    assert asked("select count(*) from pg_auth_members where member = 'gatepass_app'::regrole") == [(0,)]
    assert asked("select count(*) from pg_class where relowner = 'gatepass_app'::regrole") == [(0,)]
    for statement in STRONGER:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner|must be able|does not exist"):
            asked(statement)


@pytest.mark.requirement("D18")
def test_only_technical_tables_lose_rows_and_written_papers_change_in_no_column(fresh: str) -> None:
    everything = {name for (name,) in asked("select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                                            "where n.nspname = 'public' and c.relkind in ('r', 'p')")}  # fmt: skip
    may = {name for name in everything if asked("select has_table_privilege(%s::regclass, 'delete')", name) == [(True,)]}
    assert may == {table for table in walls.DELETED if table in everything}
    assert not {name for name in everything if asked("select has_table_privilege(%s::regclass, 'truncate')", name) == [(True,)]}
    for table in walls.append_only():
        assert asked("select has_any_column_privilege(%s::regclass, 'update')", table) == [(False,)], table
    for table, columns in walls.FIXED.items():
        known = {str(f.column) for f in walls.tables()[table]._meta.concrete_fields}
        assert columns == ("*",) or set(columns) <= known, table
        for column in known if columns == ("*",) else columns:
            assert asked("select has_column_privilege(%s::regclass, %s, 'update')", table, column) == [(False,)], (table, column)


def test_every_list_names_what_there_is(fresh: str) -> None:
    named = walls.tables()
    columns = {f"{table}.{f.column}" for table, model in named.items() for f in model._meta.concrete_fields}
    assert {*walls.NO_SIGNER, *walls.CHANGING} <= columns
    for table, model in named.items():
        for column in walls.signers(table, model):
            known = "select count(*) from pg_constraint where conrelid = %s::regclass and conname = %s"
            assert asked(known, table, f"known_actor_{column}") == [(1,)]


@pytest.mark.requirement("D6", "R7")
def test_nobody_unknown_signs_and_no_signature_is_written_over(staff: Staff) -> None:
    checked(staff)
    tried = "insert into journal_refusal (at, command, by, clauses, reasons) values (now(), 'x', %s, '[]', '[]')"
    with pytest.raises(IntegrityError, match="known_actor_by"):
        asked(tried, uuid4())
    entry = "insert into journal_entry (uid, act, at, command, event, by, payload, text) values (%s, %s, now(), 'x', 'x', %s, '{}', '{}')"
    with pytest.raises(IntegrityError, match="known_actor_by"):
        asked(entry, uuid4(), uuid4(), uuid4())
    for statement in ("update orders_accountcheck set answered_by = %s", "update orders_accountcheck set answered_by = null"):
        with pytest.raises(IntegrityError, match="written once"):
            asked(statement, *([staff.people["lin"]] if "%s" in statement else []))


def test_everybody_is_an_actor_from_his_first_day_and_so_is_the_system(staff: Staff) -> None:
    assert set(Actor.objects.values_list("uid", flat=True)) == {SYSTEM.person, *Person.objects.values_list("uid", flat=True)}
    assert not Entry.objects.exclude(by__in=Actor.objects.values_list("uid", flat=True)).exists()


def test_the_private_server_asks_for_a_password_and_the_files_are_the_owners_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with postgres.start(data) as server:
        for url in (server.owner, server.url):
            password = urlsplit(url).password or ""
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(url.replace(f":{password}@", "@"))
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(database.other(server.url, "postgres"))
        told = database.environment(server.url)
        assert not any((urlsplit(server.owner).password or "?") in value for value in told.values())
    for role in passwords.ROLES:
        assert stat.S_IMODE((data / passwords.FOLDER / role).stat().st_mode) == 0o600
    (data / passwords.FOLDER / passwords.OWNER).unlink()
    with pytest.raises(postgres.ServerError, match="passwords of the database"):
        postgres.start(data)
    sweep(data)


def test_a_program_given_the_owners_address_does_not_start_and_migrating_needs_both(clones: Clones, tmp_path: Path) -> None:
    url, program = database.other(clones.url, "shop"), database.other(clones.program, "shop")
    alone = gatepass_says(tmp_path / "data", "migrate", DATABASE_URL=program)
    assert alone.returncode == 2 and "GATEPASS_OWNER_URL" in alone.stderr
    misnamed = gatepass_says(tmp_path / "data", "migrate", DATABASE_URL=program, GATEPASS_OWNER_URL=url)
    assert misnamed.returncode == 2 and "carries its name" in misnamed.stderr
    database.prepare(url, program)
    for words in (("serve", "--port", "1"), ("user", "list")):
        refused = gatepass_says(tmp_path / "data", *words, DATABASE_URL=url)
        assert refused.returncode == 2, words
        assert "owns the tables" in refused.stderr
    assert gatepass_says(tmp_path / "data", "user", "list", DATABASE_URL=program).returncode == 0
    clones.drop("shop")
