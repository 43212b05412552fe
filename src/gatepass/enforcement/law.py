"""The law of a moment: the clauses with everything that was amended, and the working calendar. Kept in memory by revision.

Gates, clocks, pages, print, API and the judge read this one law.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db import connection

from gatepass.enforcement import sql
from gatepass.enforcement.items import Item
from gatepass.journal.revisions import revisions
from gatepass.regulations import rulebook
from gatepass.roles import Position
from gatepass.rules.clauses import Clause, Owes
from gatepass.workcalendar.queries import calendar_at, revision_at
from gatepass.workdays import Calendar

NEVER: Final = datetime.min.replace(tzinfo=UTC)
ON, OFF = "on", "off"
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Amended:
    """What the head set of a sentence: for a moment it covers, nothing else counts but what he set later."""

    uid: UUID
    value: str
    since: datetime
    until: datetime | None

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class CompanyLaw:
    """amendments: by sentence, item and name, in the order in which they take effect; starts: from which day a chapter is in force,
    where the company chose it."""

    amendments: Mapping[Key, tuple[Amended, ...]]
    starts: Mapping[int, date]
    calendar: Calendar
    revision: int
    moment: datetime = NEVER
    defaults: dict[tuple[str, str, date], Decimal] = field(default_factory=dict, compare=False)

    def amended(self, clause: str, item: Item, at: datetime, name: str = "") -> Amended | None:
        """What was set of a sentence and holds at a moment."""
        rows = self.amendments.get((clause, item.value, name), ())
        last = bisect_right(rows, at, key=lambda one: one.since)
        return next((one for one in reversed(rows[:last]) if one.covers(at)), None)

    def value(self, clause: str, name: str, at: datetime) -> Decimal:
        """The parameter in force at a moment: what was set, else the clause's own number. Raises KeyError."""
        found = self.amended(clause, Item.PARAMETER, at, name)
        return Decimal(found.value) if found else self._default(clause, name, self.calendar.local(at).date())

    def in_force(self, clause: Clause, at: datetime) -> bool:
        """By what the head set; else by the day that the company chose for the chapter; else by the clause's own dates. What the database
        keeps as well holds always."""
        if clause.lasting:
            return clause is self.newest(clause)
        day = self.calendar.local(at).date()
        found = self.amended(clause.number, Item.FORCE, at)
        if found is None:
            return self._dated(clause, day)
        if found.value != ON:
            return False
        return self._dated(clause, day) or (clause is self.newest(clause) and not any(self._dated(one, day) for one in _versions(clause)))

    def since(self, clause: Clause) -> date:
        """The first day of a version, amendments aside."""
        return self.starts.get(rulebook.chapter_of(clause.article), clause.since)

    def superseded_by(self, clause: Clause, at: datetime) -> str:
        """The article that took its place, "" for none."""
        found = self.amended(clause.number, Item.FORCE, at)
        return found.value if found and found.value not in (ON, OFF) else clause.superseded_by

    def holder(self, clause: Clause, at: datetime) -> Position | None:
        return self._position(clause, Item.HOLDER, at, clause.says.who if isinstance(clause.says, Owes) else None)

    def superior(self, clause: Clause, at: datetime) -> Position | None:
        return self._position(clause, Item.SUPERIOR, at, clause.says.superior if isinstance(clause.says, Owes) else None)

    def words(self, clause: str, item: Item, at: datetime) -> str:
        """The wording note or the interpretation of a sentence at a moment."""
        found = self.amended(clause, item, at)
        return found.value if found else ""

    def of(self, at: datetime) -> CompanyLaw:
        """With the calendar as it stood at a moment, for judging what happened then."""
        return replace(self, calendar=calendar_at(revision_at(at)))

    def with_value(self, clause: str, name: str, value: Decimal) -> CompanyLaw:
        """As if the number had always been another: what a change would have made of the past."""
        return replace(self, amendments={**self.amendments, (clause, Item.PARAMETER.value, name): (Amended(UUID(int=0), str(value), NEVER, None),)})

    def without(self, uid: UUID) -> CompanyLaw:
        """As if an announced amendment had not been made."""
        return replace(self, amendments={key: tuple(one for one in rows if one.uid != uid) for key, rows in self.amendments.items()})

    def newest(self, clause: Clause) -> Clause:
        return _versions(clause)[-1]

    def _dated(self, clause: Clause, day: date) -> bool:
        start = self.starts.get(rulebook.chapter_of(clause.article))
        if start is None:
            return clause.by_its_dates(day)
        return clause is self.newest(clause) and clause.until is None and start <= day

    def _position(self, clause: Clause, item: Item, at: datetime, own: object) -> Position | None:
        found = self.amended(clause.number, item, at)
        return Position(found.value) if found else own if isinstance(own, Position) else None

    def _default(self, number: str, name: str, day: date) -> Decimal:
        """The number that the text itself gives, by the version in force on a day, else by the newest that has it. Raises KeyError."""
        key = (number, name, day)
        if key not in self.defaults:
            dated = sorted(rulebook.versions(number), key=lambda one: (self._dated(one, day), one.version), reverse=True)
            found = next((parameter for one in dated if (parameter := one.parameter(name))), None)
            if found is None:
                raise KeyError((number, name))
            self.defaults[key] = found.default
        return self.defaults[key]


def _versions(clause: Clause) -> tuple[Clause, ...]:
    return rulebook.versions(clause.number)


def current(at: datetime, known: Mapping[str, int] | None = None) -> CompanyLaw:
    """The law at a moment, by the revisions that the database names now (or that the caller just read)."""
    numbers = revisions() if known is None else known
    law = _law(numbers.get("law", 0), numbers.get("calendar", 0), str(connection.settings_dict["NAME"]))
    return replace(law, moment=at)


@lru_cache(maxsize=4)
def _law(law: int, calendar: int, _database: str) -> CompanyLaw:
    dated: defaultdict[Key, list[Amended]] = defaultdict(list)
    starts: dict[int, date] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql.LAW)
        for uid, clause, item, name, value, since, until in cursor.fetchall():
            if item == Item.CHAPTER.value:
                starts[int(name)] = date.fromisoformat(value)
            else:
                dated[clause, item, name].append(Amended(uid, value, since, until))
    rows = {key: tuple(sorted(found, key=lambda one: one.since)) for key, found in dated.items()}
    return CompanyLaw(rows, starts, calendar_at(calendar), law)
