"""A company of ten days, played once; each test tampers with a copy of it as the owner of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import pytest

from databases import Clones


@dataclass(frozen=True)
class Copy:
    """A copy of the company: `tamper` runs SQL past every trigger and returns how many rows it touched."""

    url: str

    def tamper(self, statement: str, *given: Any) -> int:
        with psycopg.connect(self.url) as owner:
            owner.execute("set session_replication_role = replica")
            return owner.execute(statement, given).rowcount

    def found(self) -> list[Any]:
        from gatepass.site.checking.everything import check

        return list(check(self.url))


def _build() -> object:
    from gatepass.simulation.play import simulate

    return simulate(date(2026, 11, 2), 9, 5, 3, dealers=15)


@pytest.fixture
def copy(clones: Clones) -> Iterator[Copy]:
    from gatepass.site import database

    builder: Callable[[], object] = _build
    name = clones.clone(clones.template("played", builder))
    yield Copy(database.other(clones.url, name))
    clones.drop(name)
