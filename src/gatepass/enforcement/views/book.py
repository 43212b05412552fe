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
from gatepass.enforcement.queries.amendments import AmendmentRow, amendments
from gatepass.enforcement.queries.articles import open_of_article
from gatepass.enforcement.queries.book import ArticlePage
from gatepass.enforcement.queries.detailed import RuleRow, detailed
from gatepass.enforcement.queries.parameters import ParameterRow, parameters
from gatepass.enforcement.queries.statistics import Figures
from gatepass.enforcement.views import asked
from gatepass.enforcement.views.asked import do
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.papers.press import PressFailed
from gatepass.roles import Power, Sight
from gatepass.words import Text
from gatepass.workcalendar.queries import current


@login_required
@require_GET
def whole(request: SignedIn) -> HttpResponse:
    """The book as it stands on ?on=, only what says ?q=."""
    sight, on, needle = asked.sight(request), asked.day(request), request.GET.get("q", "")
    chapters = book.book(sight, on=on, needle=needle)
    context = {"chapters": chapters, "on": on, "today": asked.today(), "needle": needle,
               "may_amend": sight.may(Power.AMEND_RULEBOOK)}  # fmt: skip
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
        "page": page, "before": before, "after": after, "today": today, "month": today,
        "figures": trend[0].now if trend else Figures(), "trend": trend[0] if trend else None,
        "sums": statistics.sees_sums(sight), "people": statistics.sees_people(sight), "timed": any(one.timed for one in page.sentences),
        "gated": any(one.gated for one in page.sentences),
        "blocked": next(iter(statistics.blocked(sight, since=since, until=until, article=page.number)), None),
        "passed": statistics.passed(page.number, since=since, until=until),
        "cases": open_of_article(sight, page.number, at=now), "fines": fines.of_article(sight, page.number),
        "keepers": statistics.keepers(sight, since=since, until=until, article=page.number),
        "parameters": _parameters(sight, page, here), "proposals": _proposals(sight, page, here),
        "amended": [(row, _withdraw(sight, row, here)) for row in amendments(sight, page.number)],
        "amend": f"{here}amend/" if sight.may(Power.AMEND_RULEBOOK) else "",
        "propose": do("propose_amendment", here, clause=page.number), "may_amend": sight.may(Power.AMEND_RULEBOOK),
        "detailed": _detailed(sight, page.number, here),
        "lay_down": do("lay_down_rule", here, clause=page.number) if sight.may(Power.CONFIRM_FINE) else "",
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


def _parameters(sight: Sight, page: ArticlePage, here: str) -> list[tuple[ParameterRow, str, list[tuple[AmendmentRow, str, str]]]]:
    """Each number with the address of the form that changes it, and what is announced with those that withdraw and replace it; "" for
    everybody but the head."""
    head = sight.may(Power.AMEND_RULEBOOK)
    return [
        (
            row, do("change_parameter", here, clause=row.clause, name=row.name) if head else "",
            [(one, _withdraw(sight, one, here), _replace(one, here)) for one in row.coming],
        )
        for row in parameters(sight, page.number, on=asked.today())
    ]  # fmt: skip


def _withdraw(sight: Sight, row: AmendmentRow, here: str) -> str:
    announced = row.state == "announced" and sight.may(Power.AMEND_RULEBOOK)
    return do("withdraw_amendment", here, amendment=row.uid) if announced else ""


def _replace(row: AmendmentRow, here: str) -> str:
    since = current().local(row.since).date()
    return do("change_parameter", here, clause=row.clause, name=row.name, since=since.isoformat(), replaces=row.uid)


def _detailed(sight: Sight, number: str, here: str) -> list[tuple[RuleRow, str]]:
    """Each detailed rule with the address of the form that ends it; "" for who leads nobody."""
    leads = sight.may(Power.CONFIRM_FINE)
    return [(row, do("end_rule", here, rule=row.uid) if leads and row.ended is None else "") for row in detailed(sight, number)]


def _proposals(sight: Sight, page: ArticlePage, here: str) -> list[tuple[Any, str, str]]:
    """Each with the address of its answer, and for what was accepted of the change that it leads to; "" for everybody but the head."""
    head = sight.may(Power.AMEND_RULEBOOK)
    return [
        (
            row, do("answer_amendment", here, proposal=row.uid) if head and row.answer is None else "",
            f"{here}amend/?proposal={row.uid}" if head and row.answer and row.answer[0] and not row.led_to else "",
        )
        for row in book.proposals(sight, page.number)
    ]  # fmt: skip
