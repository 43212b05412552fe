"""The printed order of the book, and how a clause is found in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Final

from gatepass.regulations.dispatch import DISPATCH
from gatepass.regulations.office import OFFICE
from gatepass.rules.clauses import Article, Chapter, Clause

BOOK: Final[tuple[Chapter, ...]] = (*DISPATCH, *OFFICE)


def every_article() -> Iterator[Article]:
    for chapter in BOOK:
        yield from chapter.articles


def every_clause() -> Iterator[Clause]:
    """All versions of all sentences, in the book's order."""
    for article in every_article():
        yield from article.clauses


@cache
def article(number: str) -> Article:
    """An article by its number, as in D6. Raises KeyError."""
    return {one.number: one for one in every_article()}[number]


@cache
def clause(number: str, version: int) -> Clause:
    """One version of a sentence. Raises KeyError."""
    return {(one.number, one.version): one for one in every_clause()}[number, version]


def default(number: str, name: str, at: datetime) -> Decimal:
    """The number that the clause's text itself gives, by the version in force at a moment. Raises KeyError."""
    return _defaults(at.date())[number, name]


@cache
def _defaults(day: date) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for one in every_clause():
        for parameter in one.all_parameters():
            if one.in_force(day) or (one.number, parameter.name) not in found:
                found[one.number, parameter.name] = parameter.default
    return found
