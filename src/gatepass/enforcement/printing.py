"""The rulebook on paper, in either language, as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gatepass.enforcement.queries import book
from gatepass.enforcement.queries.book import ArticlePage, Sentence
from gatepass.enforcement.queries.detailed import RuleRow, detailed
from gatepass.enforcement.queries.parameters import parameters
from gatepass.journal import clock
from gatepass.journal.models import Seal
from gatepass.papers import sheets
from gatepass.papers.packing import assembled
from gatepass.papers.press import press
from gatepass.people.models import Company
from gatepass.roles import Sight
from gatepass.words import Language, Text, same


def rulebook_pdf(sight: Sight, *, on: date, language: Language, article: str = "") -> bytes:
    """The whole book, or one article of it, as a PDF. Raises papers.press.PressFailed."""
    return press("rulebook", assembled(_sheet(sight, on, language, article)), language=language)


def rulebook_lines(sight: Sight, *, on: date, language: Language) -> Iterator[str]:
    """The book as plain text: chapters, articles, sentences in force, superseded ones in brackets."""
    for chapter in book.book(sight, on=on):
        yield f"\n{_chapter(chapter.number, chapter.title, chapter.since).said(language)}"
        for page in chapter.articles:
            yield f"\n{page.number}  {page.title.said(language)}"
            for one in page.in_force:
                yield f"  {one.number}  {one.text.said(language)}"
                yield from (f"      {beside.said(language)}" for beside in _beside(one))
            for one in page.others:
                yield f"  [{one.number}  {one.text.said(language)}  {_period(one).said(language)}]"
            for rule in detailed(sight, page.number, on=on):
                yield f"    {_rule(rule).said(language)}"


def _chapter(number: int, title: Text, since: date | None) -> Text:
    if since is None:
        return Text("第 {n} 章 {title}", "Chapter {n}: {title}").fill(n=number, title=title)
    return Text("第 {n} 章 {title}（{since} 起施行）", "Chapter {n}: {title} (in force from {since})").fill(n=number, title=title, since=since)


def _beside(one: Sentence) -> Iterator[Text]:
    """What the head wrote beside a sentence."""
    if one.note:
        yield Text("说明：{text}", "Note: {text}").fill(text=one.note)
    if one.interpretation:
        yield Text("解释：{text}", "Interpretation: {text}").fill(text=one.interpretation)


def _rule(rule: RuleRow) -> Text:
    said = Text("细则（{department}，{since} 起）：{text}", "Detailed rule ({department}, from {since}): {text}")
    return said.fill(department=rule.department, since=rule.since, text=rule.text)


def _period(one: Sentence) -> Text:
    if one.state == "suspended":
        return Text("停用", "out of force")
    if one.state == "coming":
        return Text("{since} 起施行", "in force from {since}").fill(since=one.since)
    if one.until is None:
        return _fate(one)
    return Text("{since} 至 {until}，{fate}", "{since} to {until}, {fate}").fill(since=one.since, until=one.until, fate=_fate(one))


def _fate(one: Sentence) -> Text:
    """What took the place of a superseded version."""
    if one.superseded_by:
        return Text("由 {by} 取代", "superseded by {by}").fill(by=one.superseded_by)
    if one.newer is None:
        return Text("已废止", "abolished")
    return Text("改为第 {n} 版", "replaced by version {n}").fill(n=one.newer)


def _sheet(sight: Sight, on: date, language: Language, article: str) -> sheets.Rulebook:
    now = clock.now()
    company = Company.objects.filter(id=1).values_list("name", "name_en").first() or ("", "")
    chapters = (
        sheets.Chapter(title=_chapter(one.number, one.title, one.since), clauses=tuple(_clauses(sight, one.articles, article, on)))
        for one in book.book(sight, on=on)
    )
    return sheets.Rulebook(
        company=company[1] if language == "en" and company[1] else company[0], number=on.isoformat(), made_at=now, as_of=on,
        chapters=tuple(one for one in chapters if one.clauses),
        head=Seal.objects.order_by("-position").values_list("hash", flat=True).first() or "",
    )  # fmt: skip


def _clauses(sight: Sight, pages: Iterable[ArticlePage], article: str, on: date) -> Iterator[sheets.BookClause]:
    for page in pages:
        if article in ("", page.number):
            rows = parameters(sight, page.number, on=on)
            rules = tuple(_rule(row) for row in detailed(sight, page.number, on=on))
            yield sheets.BookClause(
                number=page.number, title=page.title, who=_who(page), wordings=tuple(_wordings(page)),
                rules=rules, parameters=tuple(
                    sheets.Parameter(name=same(f"{row.clause} ") + row.label, value=row.value, since=row.since) for row in rows
                ),
            )  # fmt: skip


def _who(page: ArticlePage) -> Text:
    """Who owes something by this article, each once."""
    named = list(dict.fromkeys(one.who for one in page.in_force if one.timed))
    return Text("{who}", "{who}").fill(who=named)


def _wordings(page: ArticlePage) -> Iterator[sheets.Wording]:
    """What is in force as one wording, sentence by sentence; then what is coming and what was superseded."""
    now = page.in_force
    if now:
        text = Text("\n".join(_lines(now, "zh")), "\n".join(_lines(now, "en")))
        yield sheets.Wording(version=max(one.version for one in now), since=max(one.since for one in now), text=text)
    for one in page.others:
        yield sheets.Wording(
            version=one.version, since=one.since, until=one.until, text=same(f"{one.number}  ") + one.text,
            reason=_period(one) if one.state == "suspended" else _fate(one) if one.state == "superseded" else None,
        )  # fmt: skip


def _lines(sentences: Iterable[Sentence], language: Language) -> Iterator[str]:
    for one in sentences:
        yield f"{one.number}  {one.text.said(language)}"
        yield from (beside.said(language) for beside in _beside(one))
