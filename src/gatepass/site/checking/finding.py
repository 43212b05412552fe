"""What a check finds, and how a check reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import Composed

from gatepass.words import Text

Row = dict[str, Any]
PIECE: Final = 2000


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

    def __init__(self, url: str, told: Sequence[tuple[int, str]] = ()) -> None:
        """told: heads of the chain from paper, each a position and the first digits of its hash."""
        self.told = tuple(told)
        self._connection = psycopg.connect(url, row_factory=dict_row)
        self._connection.execute("set transaction isolation level repeatable read read only")
        self._connection.execute("set local timezone = 'UTC'")
        self._connection.execute("set local cursor_tuple_fraction = 1")
        self._cursors = 0

    def rows(self, statement: str | Composed, **given: Any) -> Iterator[Row]:
        """Rows a piece at a time, however many there are: what a check keeps of them is its own matter."""
        self._cursors += 1
        with self._connection.cursor(name=f"checking{self._cursors}") as cursor:
            cursor.itersize = PIECE
            cursor.execute(statement, given or None)
            yield from cursor

    def some(self, statement: str, **given: Any) -> list[Row]:
        """The rows of a table that does not grow with the work: terms, the calendar, the catalogue of the database."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, given or None)
            return cursor.fetchall()

    def close(self) -> None:
        self._connection.close()


Check = Callable[[Books], Iterator[Finding]]
