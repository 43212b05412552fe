"""The book, an article of it, its card on hover, and both as PDF."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from gatepass.enforcement.printing import rulebook_pdf
from gatepass.enforcement.queries import book, fines, statistics
from gatepass.enforcement.queries.articles import open_of_article
from gatepass.enforcement.queries.book import ArticlePage, ParameterRow
from gatepass.enforcement.queries.statistics import Figures
from gatepass.enforcement.views import asked
from gatepass.enforcement.views.asked import do
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.papers.press import PressFailed
from gatepass.roles import Power, Sight
from gatepass.words import Text


@login_required
@require_GET
def whole(request: SignedIn) -> HttpResponse:
    """The book as it stands on ?on=, only what says ?q=."""
    on, needle = asked.day(request), request.GET.get("q", "")
    chapters = book.book(asked.sight(request), on=on, needle=needle)
    context = {"chapters": chapters, "on": on, "today": asked.today(), "needle": needle}
    return render(request, "enforcement/book.html", context)


@login_required
@require_GET
def article(request: SignedIn, number: str) -> HttpResponse:
    """One article: sentences, the month, open cases, who kept it, parameters, versions, proposals."""
    sight, now, today = asked.sight(request), clock.now(), asked.today()
    page = book.article(sight, number, on=today)
    here = f"/rulebook/{page.number}/"
    since, until = statistics.month_of(today)
    trend = statistics.trends(sight, day=today, article=page.number)
    before, after = book.neighbours(page.number)
    context = {
        "page": page, "before": before, "after": after, "today": today,
        "figures": trend[0].now if trend else Figures(), "trend": trend[0] if trend else None,
        "sums": statistics.sees_sums(sight), "people": statistics.sees_people(sight), "timed": any(one.timed for one in page.sentences),
        "gated": any(one.gated for one in page.sentences),
        "blocked": next(iter(statistics.blocked(sight, since=since, until=until, article=page.number)), None),
        "passed": statistics.passed(page.number, since=since, until=until),
        "cases": open_of_article(sight, page.number, at=now), "fines": fines.of_article(sight, page.number),
        "keepers": statistics.keepers(sight, since=since, until=until, article=page.number),
        "parameters": _parameters(sight, page, here), "proposals": _proposals(sight, page, here),
        "propose": do("propose_amendment", here, clause=page.number), "may_amend": sight.may(Power.AMEND_RULEBOOK),
        "findings": asked.findings(sight, here, page.number),
    }  # fmt: skip
    return render(request, "enforcement/article.html", context)


@login_required
@require_GET
def card(request: SignedIn, number: str) -> HttpResponse:
    """What a chip shows on hover and focus."""
    sight, today = asked.sight(request), asked.today()
    page = book.article(sight, number, on=today)
    trend = statistics.trends(sight, day=today, article=page.number)
    shown = [one for one in page.in_force if "." not in number or one.number == number]
    return render(request, "enforcement/card.html", {"page": page, "shown": shown, "trend": trend[0] if trend else None})


@login_required
@require_GET
def pdf(request: SignedIn, number: str = "") -> HttpResponse:
    """The book, or one article, as a PDF in the page's language or ?language=."""
    sight, on, language = asked.sight(request), asked.day(request), asked.language(request)
    one = book.article(sight, number, on=on).number if number else ""
    try:
        paper = rulebook_pdf(sight, on=on, language=language, article=one)
    except PressFailed:
        return render(request, "enforcement/no_pdf.html", status=503)
    name = f"{Text('制度', 'rulebook').said(language)} {one or on.isoformat()}.pdf"
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    return answer


def _parameters(sight: Sight, page: ArticlePage, here: str) -> list[tuple[ParameterRow, str]]:
    """Each parameter with the address of the form that changes it; "" for everybody but the head."""
    rows = book.parameters(sight, page.number, at=clock.now())
    head = sight.may(Power.AMEND_RULEBOOK)
    return [(row, do("change_parameter", here, clause=row.clause, name=row.name) if head else "") for row in rows]


def _proposals(sight: Sight, page: ArticlePage, here: str) -> list[tuple[Any, str]]:
    head = sight.may(Power.AMEND_RULEBOOK)
    rows = book.proposals(sight, page.number)
    return [(row, do("answer_amendment", here, proposal=row.uid) if head and row.answer is None else "") for row in rows]


