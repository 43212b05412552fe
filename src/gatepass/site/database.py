"""Making a database ready, as its owner: created, migrated, its append-only tables guarded, the weaker role granted.

The program itself connects as another role, which owns nothing and may do what walls.py says: nothing that is written for good can be
changed by it, and there is no stronger role that it could take.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from gatepass.site import sql
from gatepass.site.processes import this_code
from gatepass.site.proving import sql as proofs

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from django.db.models import Model

OWNER, PROGRAM = "GATEPASS_OWNER_URL", "GATEPASS_PROGRAM_URL"
TOO_STRONG = (
    "DATABASE_URL names the role {role}, which owns the tables or may make itself their owner. The program works as a weaker role: "
    "set GATEPASS_OWNER_URL to the owner's address, DATABASE_URL to the program's, and run `gatepass migrate` (docs/operations.md)"
)


class DatabaseError(RuntimeError):
    """The database could not be made ready; the words say why."""


def name_of(url: str) -> str:
    """The database's name in a libpq address."""
    return urlsplit(url).path.lstrip("/") or "gatepass"


def other(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def maintenance(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection, committing at once, from which databases can be made and dropped. The caller closes it."""
    return psycopg.connect(other(url, "postgres"), autocommit=True)


def create(url: str) -> bool:
    """Create the database of this address unless it exists. True when it was made."""
    name = name_of(url)
    with suppress(psycopg.OperationalError), psycopg.connect(url):
        return False
    try:
        with maintenance(url) as connection:
            if connection.execute(sql.DATABASE_EXISTS, [name]).fetchone():
                return False
            connection.execute(sql.CREATE_DATABASE.format(Identifier(name)))
            return True
    except psycopg.Error as error:
        raise DatabaseError(f"the database {name} could not be made: {error}") from error


def environment(url: str) -> dict[str, str]:
    """The environment of a program that works on this database: it is told the program's address, never the owner's."""
    kept = {name: value for name, value in this_code().items() if name not in (OWNER, PROGRAM)}
    return kept | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "gatepass.site.settings"}


def prepare(owner: str, program: str) -> None:
    """Bring the database to this version's shape, as its owner, and grant the program's role what it needs; safe to repeat.

    owner, program: addresses of the same database. Raises DatabaseError. Runs in a process of its own: Django is bound to one address
    for the life of a process.
    """
    create(owner)
    done = subprocess.run(
        [sys.executable, "-m", "gatepass.site.database"],
        env=environment(owner) | {PROGRAM: program, "GATEPASS_SECRET": os.environ.get("GATEPASS_SECRET") or "only to migrate"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise DatabaseError(f"the database could not be prepared:\n{(done.stdout + done.stderr)[-4000:]}")


def too_strong(url: str) -> str:
    """Why the role of this address may not be the program's, or "". Raises DatabaseError where nobody answers."""
    try:
        with psycopg.connect(url) as connection:
            name = urlsplit(url).username or connection.info.user
            row = connection.execute(sql.POWER_OF, [name]).fetchone()
    except psycopg.Error as error:
        raise DatabaseError(f"the database does not answer: {error}") from error
    return TOO_STRONG.format(role=name) if row and row[0] else ""


def unprotected() -> list[str]:
    """Append-only tables whose triggers are missing or switched off. Needs Django."""
    from django.db import connection

    from gatepass.site import walls

    with connection.cursor() as cursor:
        cursor.execute(sql.UNPROTECTED, [walls.append_only()])
        return [row[0] for row in cursor.fetchall()]


def guards() -> list[str]:
    """The triggers of the rooms, as `GUARDS` in their sql.py: each text may be run again. Needs Django."""
    from importlib import import_module
    from importlib.util import find_spec

    from gatepass.site.settings import MODULES

    rooms = [f"gatepass.{name}.sql" for name in MODULES]
    return [guard for room in rooms if find_spec(room) for guard in getattr(import_module(room), "GUARDS", ())]


def main() -> None:
    """Migrate and guard the database of DATABASE_URL, as its owner; one program at a time."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from gatepass.workcalendar import first

    with connection.cursor() as cursor:
        cursor.execute(sql.ONE_AT_A_TIME)
        cursor.execute(sql.NO_HURRY)
        cursor.execute(sql.EXTENSIONS)
        if connection.introspection.table_names(cursor):
            call_command("migrate", interactive=False, verbosity=0)
        else:
            _found()
        for guard in (sql.GUARD, proofs.ACT, proofs.PROVE, proofs.FORGET, proofs.ENTRY, *guards()):
            cursor.execute(guard)
        protect(cursor)
        let_work(cursor, os.environ[PROGRAM])
    first.begin()


def _found() -> None:
    """An empty database gets the tables that the models describe, and our migrations, which describe the same, are noted as applied.

    Step by step Django draws every model anew for each: four times as long, at each founding, restore and first start.
    """
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = dict.fromkeys(settings.MODULES)
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    settings.MIGRATION_MODULES = {}
    call_command("migrate", fake=True, interactive=False, verbosity=0)


def protect(cursor: CursorWrapper) -> None:
    """Triggers and keys that stop even the owner's statements: append-only tables, signers that are known and written once."""
    from gatepass.site import walls

    for table in walls.append_only():
        cursor.execute(sql.PROTECT, [table])
    for table, key in walls.proven().items():
        for trigger in sql.PROVEN:
            cursor.execute(trigger.format(table=Identifier(table), key=Literal(key)))
    for table, model in walls.tables().items():
        if columns := walls.once(table, model):
            listed, names = SQL(", ").join(map(Identifier, columns)), SQL(", ").join(map(Literal, columns))
            cursor.execute(sql.ONCE.format(table=Identifier(table), columns=listed, names=names))
        for column in walls.signers(table, model):
            name = f"known_actor_{column}"
            cursor.execute(sql.HAS_CONSTRAINT, [f'"{table}"', name])
            if cursor.fetchone() is None:
                cursor.execute(sql.KNOWN_ACTOR.format(table=Identifier(table), name=Identifier(name), column=Identifier(column)))


def let_work(cursor: CursorWrapper, program: str) -> None:
    """Grant the program's role what walls.py says, no more; make the role where the owner may."""
    from gatepass.site import walls

    role = urlsplit(program).username or ""
    cursor.execute(sql.ROLE_EXISTS, [role])
    if cursor.fetchone() is None:
        cursor.execute(sql.CREATE_ROLE.format(Identifier(role), Literal(unquote(urlsplit(program).password or ""))))
    for database in (sql.KEEP_STRANGERS_OUT.format(Identifier(name_of(program))), sql.LET_IN.format(Identifier(name_of(program)), Identifier(role))):
        cursor.execute(database)
    for statement in sql.NOTHING_YET:
        cursor.execute(statement.format(role=Identifier(role)))
    named = walls.tables()
    cursor.execute(sql.FOREIGN_TABLES, [list(named)])
    for table in [*named, *(name for (name,) in cursor.fetchall())]:
        for statement in _grants(table, named.get(table)):
            cursor.execute(statement.format(table=Identifier(table), role=Identifier(role)))
        if table in walls.FIXED and table not in walls.append_only():
            columns = SQL(", ").join(map(Identifier, walls.changeable(table, named[table])))
            cursor.execute(sql.MAY_CHANGE_SOME.format(columns=columns, table=Identifier(table), role=Identifier(role)))


def _grants(table: str, model: type[Model] | None) -> list[SQL]:
    """What is granted on a whole table beyond reading and adding."""
    from gatepass.site import walls

    if table in walls.READ_ONLY:
        return [sql.MAY_ONLY_READ]
    granted = [sql.MAY_DELETE] if table in walls.DELETED else []
    settled = table in walls.FIXED or getattr(model, "append_only", False)
    return granted if settled else [*granted, sql.MAY_CHANGE]


if __name__ == "__main__":
    main()
