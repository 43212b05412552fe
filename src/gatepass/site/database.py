"""Making a database ready, as its owner: created, migrated, its append-only tables guarded, the weaker role granted.

The program itself then works as the role `gatepass_app` (GATEPASS_ROLE, see settings.py), which may not touch what is
written.
"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.sql import Identifier

from gatepass.site import sql
from gatepass.site.processes import this_code

ROLE = "gatepass_app"


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
    try:
        with maintenance(url) as connection:
            if connection.execute(sql.DATABASE_EXISTS, [name]).fetchone():
                return False
            connection.execute(sql.CREATE_DATABASE.format(Identifier(name)))
            return True
    except psycopg.Error as error:
        raise DatabaseError(f"the database {name} could not be made: {error}") from error


def environment(url: str, *, role: str = ROLE) -> dict[str, str]:
    """The environment of a program that works on this database, by default as the weaker role."""
    chosen = {"DATABASE_URL": url, "GATEPASS_ROLE": role, "DJANGO_SETTINGS_MODULE": "gatepass.site.settings"}
    return this_code() | chosen


def prepare(url: str) -> None:
    """Bring the database of this address (the owner's) to this version's shape; safe to repeat. Raises DatabaseError.

    Runs in a process of its own: Django is bound to one address and role for the life of a process.
    """
    create(url)
    done = subprocess.run(
        [sys.executable, "-m", "gatepass.site.database"],
        env=environment(url, role="") | {"GATEPASS_SECRET": os.environ.get("GATEPASS_SECRET") or "only to migrate"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise DatabaseError(f"the database could not be prepared:\n{(done.stdout + done.stderr)[-4000:]}")


def append_only_tables() -> list[str]:
    """The tables of all models that carry `append_only = True`. Needs Django."""
    from django.apps import apps

    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def unprotected() -> list[str]:
    """Append-only tables whose triggers are missing or switched off. Needs Django."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql.UNPROTECTED, [append_only_tables()])
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
        call_command("migrate", interactive=False, verbosity=0)
        cursor.execute(sql.ROLE)
        cursor.execute(sql.GRANTS)
        cursor.execute(sql.GUARD)
        for table in append_only_tables():
            cursor.execute(sql.PROTECT, [table])
        for guard in guards():
            cursor.execute(guard)
    first.begin()


if __name__ == "__main__":
    main()
