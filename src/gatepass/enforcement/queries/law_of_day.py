"""The law of a day as data: every sentence with its state, its numbers and bounds, and who owes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gatepass.enforcement.law import CompanyLaw
from gatepass.enforcement.queries.book import Sentence, book, law_on
from gatepass.regulations import rulebook
from gatepass.roles import Position, Sight
from gatepass.rules.clauses import Clause
from gatepass.rules.parameters import Unit
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number or a time of day (minutes after midnight, -1 for close of office) on a day, between its bounds."""

    name: str
    text: Text
    value: Decimal
    said: Text
    unit: Unit
    bounds: Text
    set_by: Position


@dataclass(frozen=True, slots=True)
class LawRow:
    """A sentence of the book on a day. state: in_force, coming, suspended, superseded."""

    number: str
    version: int
    article: str
    title: Text
    chapter: int
    state: str
    text: Text
    since: date
    until: date | None
    holder: Position | None
    superior: Position | None
    superseded_by: str
    note: str
    interpretation: str
    numbers: tuple[NumberRow, ...]


def law_of_day(sight: Sight, *, on: date, article: str = "") -> list[LawRow]:
    """Every version of every sentence, in the order of the book; of one article where it is named."""
    return list(_rows(sight, on, article))


def _rows(sight: Sight, on: date, article: str) -> Iterator[LawRow]:
    rules, at = law_on(on)
    for chapter in book(sight, on=on):
        for page in chapter.articles:
            for one in page.sentences if article in ("", page.number) else ():
                clause = rulebook.clause(one.number, one.version)
                yield LawRow(
                    one.number, one.version, page.number, page.title, chapter.number, one.state, one.text, one.since, one.until,
                    rules.holder(clause, at), rules.superior(clause, at), one.superseded_by, one.note, one.interpretation,
                    tuple(_numbers(rules, clause, one, at)),
                )  # fmt: skip


def _numbers(rules: CompanyLaw, clause: Clause, one: Sentence, at: datetime) -> Iterator[NumberRow]:
    """Of an older version the numbers of its own text."""
    for found in clause.all_parameters():
        own = one.state == "superseded" and one.newer is not None
        value = found.default if own else rules.value(clause.number, found.name, at)
        yield NumberRow(found.name, found.text, value, found.said(value), found.unit, found.bounds, found.set_by)
