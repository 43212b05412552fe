"""The rulebook as it stands on a day: chapters, articles, sentences with their numbers, versions and what supersedes them (D18)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from gatepass.enforcement import law
from gatepass.enforcement.items import Item
from gatepass.enforcement.law import CompanyLaw
from gatepass.enforcement.models import Amendment, Proposal, ProposalAnswer
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
STATES: Final = ("in_force", "coming", "suspended", "superseded")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `parameter` where it is a number that the head may change."""

    words: str
    parameter: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One version of a sentence on a day. state: in_force, superseded, coming, suspended (the head put it out of force).

    superseded_by: the article that took its place; note, interpretation: what the head wrote beside it.
    """

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
    note: str = ""
    interpretation: str = ""

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
    """since: the day that the company chose for it; None where its sentences have days of their own."""

    number: int
    title: Text
    articles: tuple[ArticlePage, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """led_to: whether an amendment came of it."""

    uid: UUID
    article: str
    at: datetime
    by: str
    position: Text | None
    text: str
    answer: tuple[bool, str, datetime] | None
    led_to: bool = False


def book(sight: Sight, *, on: date, needle: str = "") -> tuple[ChapterPage, ...]:
    """The whole book as it stands on a day; with a needle only the articles that say it in either language."""
    rules, at = law_on(on)
    wanted = needle.strip().casefold()
    pages = []
    for chapter in rulebook.BOOK:
        shown = (_page(one, on, rules, at) for one in chapter.articles)
        pages.append(ChapterPage(chapter.number, chapter.title, tuple(one for one in shown if _says(one, wanted)), rules.starts.get(chapter.number)))
    return tuple(page for page in pages if page.articles)


def article(sight: Sight, number: str, *, on: date) -> ArticlePage:
    """One article on a day, by its own number or a sentence's. Raises NotFound."""
    try:
        found = rulebook.article(number.partition(".")[0])
    except KeyError:
        raise NotFound("clause") from None
    if "." in number and all(one.number != number for one in found.clauses):
        raise NotFound("clause")
    return _page(found, on, *law_on(on))


def neighbours(number: str) -> tuple[str, str]:
    """The articles before and after in the book's order; "" at its ends."""
    numbers = [one.number for one in rulebook.every_article()]
    place = numbers.index(number)
    return (numbers[place - 1] if place else "", numbers[place + 1] if place + 1 < len(numbers) else "")


def proposals(sight: Sight, number: str) -> tuple[ProposalRow, ...]:
    """What departments proposed for an article, newest first, with the head's answers."""
    return _proposals(Proposal.objects.filter(article=number))


def proposal(sight: Sight, uid: UUID) -> ProposalRow:
    """One of them. Raises NotFound."""
    found = _proposals(Proposal.objects.filter(uid=uid))
    if not found:
        raise NotFound("proposal")
    return found[0]


def _proposals(found: QuerySet[Proposal]) -> tuple[ProposalRow, ...]:
    rows = list(found.order_by("-at", "-id"))
    answers = {one.proposal_id: one for one in ProposalAnswer.objects.filter(proposal__in=rows)}
    names = dict(Person.objects.filter(uid__in=[one.by for one in rows]).values_list("uid", "name"))
    amended = set(Amendment.objects.filter(proposal__in=[one.uid for one in rows]).values_list("proposal", flat=True))
    return tuple(
        ProposalRow(
            one.uid, one.article, one.at, names.get(one.by, ""), Position(one.position).text if one.position else None, one.text,
            (answer.accepted, answer.words, answer.at) if (answer := answers.get(one.pk)) else None, one.uid in amended,
        )
        for one in rows
    )  # fmt: skip


def law_on(on: date) -> tuple[CompanyLaw, datetime]:
    """The law of a day, as it stands at its end; of today as it stands now."""
    now = clock.now()
    calendar = law.current(now).calendar
    at = now if on == calendar.local(now).date() else calendar.midnight_after(on) - timedelta(microseconds=1)
    return law.current(at), at


def _page(found: Article, on: date, rules: CompanyLaw, at: datetime) -> ArticlePage:
    chapter = next(one for one in rulebook.BOOK if any(a.number == found.number for a in one.articles))
    said = (_sentence(one, found, on, rules, at) for one in found.clauses)
    sentences = tuple(sorted(said, key=lambda one: (_natural(one.number), STATES.index(one.state), -one.version)))
    return ArticlePage(found.number, found.title, chapter.title, chapter.number, found.note, sentences)


def _sentence(clause: Clause, of: Article, on: date, rules: CompanyLaw, at: datetime) -> Sentence:
    state, newest = _state(clause, on, rules, at), clause is rules.newest(clause)
    values = {one.name: one.said(rules.value(clause.number, one.name, at) if newest else one.default) for one in clause.all_parameters()}
    if state == "in_force" and not newest:
        values = {one.name: one.said(rules.value(clause.number, one.name, at)) for one in clause.all_parameters()}
    newer = next((one.version for one in of.clauses if one.number == clause.number and one.version > clause.version), None)
    return Sentence(
        number=clause.number, version=clause.version, since=rules.since(clause) if newest else clause.since, until=clause.until, state=state,
        zh=_pieces(clause.zh, {name: text.zh for name, text in values.items()}),
        en=_pieces(clause.en, {name: text.en for name, text in values.items()}),
        verb=VERBS[type(clause.says).__name__ if clause.says else ""], who=_who(clause, rules, at),
        timed=isinstance(clause.says, Owes), gated=isinstance(clause.says, Gate), superseded_by=rules.superseded_by(clause, at),
        newer=newer, note=rules.words(clause.number, Item.NOTE, at) if newest else "",
        interpretation=rules.words(clause.number, Item.INTERPRETATION, at) if newest else "",
    )  # fmt: skip


def _state(clause: Clause, on: date, rules: CompanyLaw, at: datetime) -> str:
    if rules.in_force(clause, at):
        return "in_force"
    if rules.amended(clause.number, Item.FORCE, at) is not None and clause is rules.newest(clause):
        return "suspended" if not rules.superseded_by(clause, at) else "superseded"
    return "coming" if clause.until is None and on < rules.since(clause) else "superseded"


def _natural(number: str) -> tuple[str, int]:
    head, _, tail = number.partition(".")
    return head, int(tail or 0)


def _pieces(sentence: str, values: dict[str, str]) -> tuple[Piece, ...]:
    parts = SPLIT.split(sentence)
    return tuple(Piece(values[part], True) if n % 2 else Piece(part) for n, part in enumerate(parts) if part)


def _who(clause: Clause, rules: CompanyLaw, at: datetime) -> Text:
    """Who owes it to whom, where the sentence is timed."""
    says = clause.says
    if isinstance(says, Gate):
        return Text("凡办此事的人", "whoever does this")
    if not isinstance(says, Owes):
        return Text("各部门", "every department") if isinstance(says, Pays) else Text("", "")
    holder = rules.holder(clause, at)
    who = holder.text if holder else Position.DRIVER.text
    return Text("{who}对{to}负责", "{who} to {to}").fill(who=who, to=says.to) if says.to else who


def _says(page: ArticlePage, wanted: str) -> bool:
    if not wanted:
        return True
    words = [page.number, page.title.zh, page.title.en]
    words += [side for one in page.sentences for side in (one.text.zh, one.text.en, one.note, one.interpretation)]
    return any(wanted in word.casefold() for word in words)
