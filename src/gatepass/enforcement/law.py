"""The law of a moment: parameters with their dates, and the working calendar. Kept in memory by revision."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.db import connection

from gatepass.enforcement import sql
from gatepass.journal.revisions import revisions
from gatepass.regulations import rulebook
from gatepass.workcalendar.queries import calendar_at, revision_at
from gatepass.workdays import Calendar

NEVER: Final = datetime.min.replace(tzinfo=UTC)
Changes = dict[tuple[str, str], tuple[tuple[datetime, Decimal], ...]]


@dataclass(frozen=True)
class CompanyLaw:
    """Parameters of clauses by date, and the calendar."""

    changes: Changes
    calendar: Calendar
    revision: int
    moment: datetime = NEVER

    def value(self, clause: str, name: str, at: datetime) -> Decimal:
        """The parameter in force at a moment: the latest change not after it, else the clause's own number. Raises KeyError."""
        dated = self.changes.get((clause, name), ())
        found = bisect_right(dated, at, key=lambda one: one[0])
        return dated[found - 1][1] if found else rulebook.default(clause, name, self.calendar.local(at))

    def of(self, at: datetime) -> CompanyLaw:
        """With the calendar as it stood at a moment, for judging what happened then."""
        return replace(self, calendar=calendar_at(revision_at(at)))


def current(at: datetime, known: Mapping[str, int] | None = None) -> CompanyLaw:
    """The law at a moment, by the revisions that the database names now (or that the caller just read)."""
    numbers = revisions() if known is None else known
    law = _law(numbers.get("law", 0), numbers.get("calendar", 0), str(connection.settings_dict["NAME"]))
    return replace(law, moment=at)


@lru_cache(maxsize=4)
def _law(law: int, calendar: int, _database: str) -> CompanyLaw:
    dated: defaultdict[tuple[str, str], list[tuple[datetime, Decimal]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql.PARAMETERS)
        for clause, name, value, since in cursor.fetchall():
            dated[clause, name].append((since, value))
    return CompanyLaw({key: tuple(rows) for key, rows in dated.items()}, calendar_at(calendar), law)
