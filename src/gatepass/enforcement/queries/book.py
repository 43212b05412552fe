"""The rulebook as it stands on a day: chapters, articles, sentences with their numbers, versions and what supersedes them (D18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.enforcement import law
from gatepass.enforcement.law import CompanyLaw
from gatepass.enforcement.models import ParameterChange, Proposal, ProposalAnswer
from gatepass.journal import clock
from gatepass.people.models import Person
from gatepass.regulations import rulebook
from gatepass.roles import Position, Sight
from gatepass.rules.clauses import Article, Clause, Gate, Owes, Pays
from gatepass.rules.reasons import NotFound
from gatepass.words import Text

SPLIT: Final = re.compile(r"\{(\w+)\}")
VERBS: Final = {
    "Owes": Text("限时", "time limit"),
    "Requires": Text("先决条件", "condition"),
    "Forbids": Text("禁止", "prohibition"),
    "Limits": Text("限额", "limit"),
    "Pays": Text("记违反", "breach"),
    "": Text("规定", "statement"),
}
STATES: Final = ("in_force", "coming", "superseded")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `parameter` where it is a number that the head may change."""

    words: str
    parameter: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One version of a sentence on a day. state: in_force, superseded, coming. `by`: the article or version that took its place."""

    number: str
    version: int
    since: date
    until: date | None
    state: str
    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]
    verb: Text
    who: Text
    timed: bool
    gated: bool
    superseded_by: str
    newer: int | None

    @property
    def text(self) -> Text:
        zh, en = ("".join(piece.words for piece in side) for side in (self.zh, self.en))
        return Text(zh.replace("{", "").replace("}", ""), en.replace("{", "").replace("}", ""))


@dataclass(frozen=True, slots=True)
class ArticlePage:
    number: str
    title: Text
    chapter: Text
    chapter_number: int
    note: Text | None
    sentences: tuple[Sentence, ...]

    @property
    def in_force(self) -> tuple[Sentence, ...]:
        return tuple(one for one in self.sentences if one.state == "in_force")

    @property
    def others(self) -> tuple[Sentence, ...]:
        return tuple(one for one in self.sentences if one.state != "in_force")


@dataclass(frozen=True, slots=True)
class ChapterPage:
    number: int
    title: Text
    articles: tuple[ArticlePage, ...]


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter of a sentence with its number in force and who set it when; `coming`: later changes already made."""

    clause: str
    name: str
    label: Text
    value: Text
    number: Decimal
    since: date
    by: str
    reason: str
    coming: tuple[tuple[datetime, Text], ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    uid: UUID
    at: datetime
    by: str
    position: Text | None
    text: str
    answer: tuple[bool, str, datetime] | None


def book(sight: Sight, *, on: date, needle: str = "") -> tuple[ChapterPage, ...]:
    """The whole book as it stands on a day; with a needle only the articles that say it in either language."""
    rules, at = _law(on)
    wanted = needle.strip().casefold()
    pages = []
    for chapter in rulebook.BOOK:
        shown = (_page(one, on, rules, at) for one in chapter.articles)
        pages.append(ChapterPage(chapter.number, chapter.title, tuple(one for one in shown if _says(one, wanted))))
    return tuple(page for page in pages if page.articles)


def article(sight: Sight, number: str, *, on: date) -> ArticlePage:
    """One article on a day, by its own number or a sentence's. Raises NotFound."""
    try:
        found = rulebook.article(number.partition(".")[0])
    except KeyError:
        raise NotFound("clause") from None
    if "." in number and all(one.number != number for one in found.clauses):
        raise NotFound("clause")
    return _page(found, on, *_law(on))


def neighbours(number: str) -> tuple[str, str]:
    """The articles before and after in the book's order; "" at its ends."""
    numbers = [one.number for one in rulebook.every_article()]
    place = numbers.index(number)
    return (numbers[place - 1] if place else "", numbers[place + 1] if place + 1 < len(numbers) else "")


def parameters(sight: Sight, number: str, *, at: datetime) -> tuple[ParameterRow, ...]:
    """The parameters of an article's sentences in force, with their dates and who set them."""
    rules = law.current(at)
    day = rules.calendar.local(at).date()
    clauses = [one for one in rulebook.article(number).clauses if one.in_force(day)]
    changes = list(ParameterChange.objects.filter(clause__in=[one.number for one in clauses]).order_by("since", "id"))
    names = dict(Person.objects.filter(uid__in=[one.by for one in changes]).values_list("uid", "name"))
    return tuple(_parameters(clauses, changes, names, rules, at))


def _parameters(
    clauses: list[Clause], changes: list[ParameterChange], names: dict[UUID, str], rules: CompanyLaw, at: datetime
) -> Iterator[ParameterRow]:
    for clause in clauses:
        for one in clause.all_parameters():
            own = [change for change in changes if (change.clause, change.name) == (clause.number, one.name)]
            last = next((change for change in reversed(own) if change.since <= at), None)
            number = rules.value(clause.number, one.name, at)
            yield ParameterRow(
                clause.number, one.name, one.text, one.said(number), number,
                rules.calendar.local(last.since).date() if last else clause.since,
                names.get(last.by, "") if last else "", last.reason if last else "",
                tuple((change.since, one.said(change.value)) for change in own if change.since > at),
            )  # fmt: skip


def proposals(sight: Sight, number: str) -> tuple[ProposalRow, ...]:
    """What departments proposed for an article, newest first, with the head's answers."""
    rows = list(Proposal.objects.filter(article=number).order_by("-at", "-id")[:50])
    answers = {one.proposal_id: one for one in ProposalAnswer.objects.filter(proposal__in=rows)}
    names = dict(Person.objects.filter(uid__in=[one.by for one in rows]).values_list("uid", "name"))
    return tuple(
        ProposalRow(
            one.uid, one.at, names.get(one.by, ""), Position(one.position).text if one.position else None, one.text,
            (answer.accepted, answer.words, answer.at) if (answer := answers.get(one.pk)) else None,
        )
        for one in rows
    )  # fmt: skip


def _law(on: date) -> tuple[CompanyLaw, datetime]:
    """The law at noon of a day: what is in force on it."""
    calendar = law.current(clock.now()).calendar
    at = calendar.moment(on, time(12))
    return law.current(at), at


def _page(found: Article, on: date, rules: CompanyLaw, at: datetime) -> ArticlePage:
    chapter = next(one for one in rulebook.BOOK if any(a.number == found.number for a in one.articles))
    said = (_sentence(one, found, on, rules, at) for one in found.clauses)
    sentences = tuple(sorted(said, key=lambda one: (_natural(one.number), STATES.index(one.state), -one.version)))
    return ArticlePage(found.number, found.title, chapter.title, chapter.number, found.note, sentences)


def _sentence(clause: Clause, of: Article, on: date, rules: CompanyLaw, at: datetime) -> Sentence:
    state = "in_force" if clause.in_force(on) else "coming" if on < clause.since else "superseded"
    values = {
        one.name: one.said(rules.value(clause.number, one.name, at) if state == "in_force" else one.default)
        for one in clause.all_parameters()
    }
    newer = next((one.version for one in of.clauses if one.number == clause.number and one.version > clause.version), None)
    return Sentence(
        number=clause.number, version=clause.version, since=clause.since, until=clause.until, state=state,
        zh=_pieces(clause.zh, {name: text.zh for name, text in values.items()}),
        en=_pieces(clause.en, {name: text.en for name, text in values.items()}),
        verb=VERBS[type(clause.says).__name__ if clause.says else ""], who=_who(clause),
        timed=isinstance(clause.says, Owes), gated=isinstance(clause.says, Gate), superseded_by=clause.superseded_by, newer=newer,
    )  # fmt: skip


def _natural(number: str) -> tuple[str, int]:
    head, _, tail = number.partition(".")
    return head, int(tail or 0)


def _pieces(sentence: str, values: dict[str, str]) -> tuple[Piece, ...]:
    parts = SPLIT.split(sentence)
    return tuple(Piece(values[part], True) if n % 2 else Piece(part) for n, part in enumerate(parts) if part)


def _who(clause: Clause) -> Text:
    """Who owes it to whom, where the sentence is timed."""
    says = clause.says
    if isinstance(says, Gate):
        return Text("凡办此事的人", "whoever does this")
    if not isinstance(says, Owes):
        return Text("各部门", "every department") if isinstance(says, Pays) else Text("", "")
    who = says.who.text if isinstance(says.who, Position) else Position.DRIVER.text
    return Text("{who}对{to}负责", "{who} to {to}").fill(who=who, to=says.to) if says.to else who


def _says(page: ArticlePage, wanted: str) -> bool:
    if not wanted:
        return True
    words = [page.number, page.title.zh, page.title.en, *(side for one in page.sentences for side in (one.text.zh, one.text.en))]
    return any(wanted in word.casefold() for word in words)
