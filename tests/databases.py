"""The databases of a test run: one private server, a template prepared once, clones of it for the tests, which commit.

A clone costs half a second of two cores, an empty table nothing: a test therefore borrows a standing clone (tests/standing.py),
which afterwards gets back the rows that it began with.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg.sql import Identifier

from gatepass.site import database, postgres, sql
from gatepass.site.postgres import cluster as clusters
from gatepass.site.postgres import passwords
from gatepass.site.settings import database as entry
from standing import Standing

FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
}
EMPTY = "empty"
# The owner makes and drops databases here, and tampers past every trigger; the program's role is as weak as anywhere.
OWNER_OF_TESTS = (
    "alter role gatepass createdb",
    "grant pg_signal_backend to gatepass",
    "grant set on parameter session_replication_role to gatepass",
    "grant connect on database postgres to gatepass",
)


class Run:
    """The server of one test run, in a folder of its own that is gone afterwards."""

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="gatepass-tests-"))
        self._server = postgres.start(self.data, settings=FOR_TESTS if settings is None else settings)
        self.url, self.program = self._server.owner, self._server.url
        known = passwords.of(self.data, fresh=False)
        folder = clusters.ready_at(clusters.cluster_of(clusters.home_of(self.data).resolve()))
        assert folder is not None
        with psycopg.connect(clusters.url_of(folder, passwords.SUPERUSER, known.superuser, "postgres"), autocommit=True) as server:
            for statement in OWNER_OF_TESTS:
                server.execute(statement)
        database.prepare(database.other(self.url, EMPTY), database.other(self.program, EMPTY))

    def end(self) -> None:
        self._server.stop()
        home = clusters.home_of(self.data)
        if home.is_symlink():
            shutil.rmtree(home.resolve())
        shutil.rmtree(self.data)


class Clones:
    """Clones of templates on the run's server."""

    def __init__(self, url: str, program: str, worker: str) -> None:
        self.url, self.program = url, program
        self._worker = worker
        self._count = 0
        self._templates = {EMPTY: EMPTY}
        self._built: dict[str, object] = {}
        self._standing: dict[str, Standing] = {}

    def clone(self, template: str = EMPTY) -> str:
        """A new database, like the template; gives its name."""
        self._count += 1
        name = f"{self._worker}_{self._count}"
        with database.maintenance(self.url) as server:
            server.execute(sql.CLONE_DATABASE.format(Identifier(name), Identifier(self._templates[template])))
        return name

    def template(self, name: str, build: Callable[[], object]) -> str:
        """A further template: the empty one after `build()`, which runs once per worker. Gives its name for clone()."""
        if name not in self._templates:
            made = self.clone()
            self.use(made)
            try:
                self._built[name] = build()
            finally:
                self.leave()
            self._templates[name] = made
        return name

    def built(self, template: str) -> Any:
        """What a template's `build()` gave back, for one test alone."""
        return deepcopy(self._built[template])

    def borrow(self, template: str = EMPTY) -> Standing:
        """A standing clone of a template, with just its rows, in use by this process until it is given back."""
        if template not in self._standing:
            self._standing[template] = Standing(self.url, self.clone(template))
        self.use(self._standing[template].name)
        return self._standing[template]

    def give_back(self, standing: Standing) -> None:
        """Clean it for the next test; where a test changed more than rows, or many have passed, the next one gets a new clone."""
        _forget()
        if standing.cleaned():
            return
        self.leave()
        standing.close()
        self._standing = {template: one for template, one in self._standing.items() if one is not standing}
        self.drop(standing.name)

    def use(self, name: str) -> None:
        """All connections of this process, in every thread, go to this database from now on, as the program does."""
        if connections.settings["default"]["NAME"] == name:
            return
        connections["default"].close()
        connections.settings["default"].update(entry(database.other(self.program, name)))

    def leave(self) -> None:
        connections["default"].close()
        connections.settings["default"]["NAME"] = "no_database_without_the_fixture_fresh"

    def drop(self, name: str) -> None:
        with database.maintenance(self.url) as server:
            server.execute(sql.DROP_DATABASE.format(Identifier(name)))


def _forget() -> None:
    """What the program keeps in memory per database would fit the next test's rows by name only."""
    from gatepass.enforcement import law
    from gatepass.people import firm
    from gatepass.workcalendar import queries

    for kept in (law._law, firm._firm, queries._calendar_at):
        kept.cache_clear()
