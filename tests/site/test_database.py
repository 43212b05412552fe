"""The database guards itself: the program's role may not touch what is written, and triggers stop even the owner."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection
from django.utils import timezone

from databases import Clones
from gatepass.journal.models import Refusal
from gatepass.roles import SYSTEM
from gatepass.site import database, walls


def a_refusal() -> Refusal:
    return Refusal.objects.create(at=timezone.now(), command="release", by=SYSTEM.person)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def as_owner(clones: Clones, name: str, statement: str) -> None:
    with psycopg.connect(database.other(clones.url, name)) as owner:
        owner.execute(statement)


CHANGES = [
    "update journal_refusal set command = 'other'",
    "delete from journal_refusal",
    "truncate journal_refusal",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_programs_role_may_not_change_what_is_written(fresh: str, statement: str) -> None:
    a_refusal()
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)
    assert Refusal.objects.get().command == "release"


@pytest.mark.parametrize("statement", CHANGES)
def test_a_trigger_stops_even_the_owner_of_the_database(fresh: str, clones: Clones, statement: str) -> None:
    a_refusal()
    with psycopg.connect(database.other(clones.url, fresh)) as owner, pytest.raises(psycopg.IntegrityError, match="append-only"):
        owner.execute(statement)
    assert Refusal.objects.get().command == "release"


def test_every_model_that_says_append_only_is_guarded(fresh: str, clones: Clones) -> None:
    assert "journal_entry" in walls.append_only()
    assert database.unprotected() == []
    as_owner(clones, fresh, "alter table journal_entry disable trigger append_only_rows")
    assert database.unprotected() == ["journal_entry"]


def test_the_programs_role_may_not_change_tables_or_triggers(fresh: str) -> None:
    for statement in ("drop table journal_entry", "alter table journal_entry disable trigger all", "create table x()"):
        with pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
            run(statement)


def test_preparing_again_changes_nothing(fresh: str, clones: Clones) -> None:
    a_refusal()
    connection.close()
    database.prepare(database.other(clones.url, fresh), database.other(clones.program, fresh))
    assert Refusal.objects.count() == 1
    assert database.unprotected() == []


def test_a_database_that_cannot_be_reached_is_refused_in_plain_words() -> None:
    with pytest.raises(database.DatabaseError, match="could not be made"):
        database.prepare("postgresql://nobody@/gatepass?host=/nowhere&port=1", "postgresql://no_app@/gatepass?host=/nowhere&port=1")


def test_the_web_application_refuses_to_start_without_a_secret() -> None:
    environment = database.environment("postgresql:///none") | {"GATEPASS_SECRET": ""}
    program = [sys.executable, "-c", "import gatepass.site.wsgi"]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "GATEPASS_SECRET" in done.stderr
