"""What a check finds, and how a check reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import Composed

from gatepass.words import Text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: where, what, and the ids or numbers of the rows."""

    where: str
    what: Text
    ids: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        said = asdict(self)
        return {"where": self.where, "zh": self.what.zh, "en": self.what.en, "ids": list(said["ids"])}


class Books:
    """One consistent view of the database: everything is read at one moment."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, row_factory=dict_row)
        self._connection.execute("set transaction isolation level repeatable read read only")
        self._connection.execute("set local timezone = 'UTC'")

    def rows(self, statement: str, **given: Any) -> list[Row]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, given or None)
            return cursor.fetchall()

    def stream(self, statement: str | Composed) -> Iterator[Row]:
        """Rows of a long table, a piece at a time."""
        with self._connection.cursor(name="checking") as cursor:
            cursor.itersize = 2000
            cursor.execute(statement)
            yield from cursor

    def close(self) -> None:
        self._connection.close()


Check = Callable[[Books], Iterator[Finding]]
