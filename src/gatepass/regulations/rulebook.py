"""The printed order of the book, and how a clause is found in it."""

from __future__ import annotations

from collections.abc import Iterator
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


@cache
def versions(number: str) -> tuple[Clause, ...]:
    """All versions of a sentence, oldest first; none where the book has no such sentence."""
    return tuple(sorted((one for one in every_clause() if one.number == number), key=lambda one: one.version))


@cache
def chapter_of(article: str) -> int:
    """The number of the chapter that an article stands in. Raises KeyError."""
    return {one.number: chapter.number for chapter in BOOK for one in chapter.articles}[article]
