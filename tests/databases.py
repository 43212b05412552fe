"""The databases of a test run: one private server, a template prepared once, a clone for each test that commits."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import connections
from psycopg.sql import Identifier

from gatepass.site import database, postgres, sql
from gatepass.site.postgres import cluster as clusters
from gatepass.site.settings import database as entry

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


class Run:
    """The server of one test run, in a folder of its own that is gone afterwards."""

    def __init__(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="gatepass-tests-"))
        self._server = postgres.start(self.data, settings=FOR_TESTS)
        self.url = self._server.url
        database.prepare(database.other(self.url, EMPTY))

    def end(self) -> None:
        self._server.stop()
        home = clusters.home_of(self.data)
        if home.is_symlink():
            shutil.rmtree(home.resolve())
        shutil.rmtree(self.data)


class Clones:
    """Clones of templates on the run's server. Every name is used once, so that nothing kept in memory fits another."""

    def __init__(self, url: str, worker: str) -> None:
        self.url = url
        self._worker = worker
        self._count = 0
        self._templates = {EMPTY: EMPTY}

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
                build()
            finally:
                self.leave()
            self._templates[name] = made
        return name

    def use(self, name: str) -> None:
        """All connections of this process, in every thread, go to this database from now on, as the weaker role."""
        connections["default"].close()
        connections.settings["default"].update(entry(database.other(self.url, name)))

    def leave(self) -> None:
        connections["default"].close()
        connections.settings["default"]["NAME"] = "no_database_without_the_fixture_fresh"

    def drop(self, name: str) -> None:
        with database.maintenance(self.url) as server:
            server.execute(sql.DROP_DATABASE.format(Identifier(name)))
