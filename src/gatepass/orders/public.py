"""The page that a customer opens by a signed link: no sign-in, phone first, the frozen document and two answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gatepass.catalogue.policies import reason_told
from gatepass.journal.clock import now
from gatepass.orders.answering import answer_link, open_link
from gatepass.orders.figures import statement_of
from gatepass.orders.links import Letter, letter
from gatepass.people.attempts import Way
from gatepass.people.sign_ins import guessed
from gatepass.people.visitors import visitor
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import KeyReused, NotFound, Refused
from gatepass.words import LANGUAGES

View = Callable[[HttpRequest, str], HttpResponse]
YEAR = 60 * 60 * 24 * 365
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store, private"}


def discreet(view: View) -> View:
    """Kept out of caches, search engines and referrers: the address alone opens the document."""

    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answered


def by_link(view: Callable[[HttpRequest, str, Letter], HttpResponse]) -> View:
    """A page for whoever holds a link: nothing else is asked for, a token of nobody's gets one clear page and is counted."""

    @csrf_exempt  # the secret is in the address; with no referrer a browser sends no origin either
    @discreet
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        try:
            shown = letter(token, now())
        except NotFound:
            guessed(Way.LETTER, token, visitor(request))
            return gone(request)
        if (language := request.GET.get("language")) in LANGUAGES:
            answer = HttpResponseRedirect(request.path)
            answer.set_cookie("language", str(language), max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
            return answer
        return view(request, token, shown)

    return answered


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "orders/letter_gone.html", status=404)


@by_link
def customer(request: HttpRequest, token: str, shown: Letter) -> HttpResponse:
    """The document and the answer. What is over or withdrawn says so."""
    if request.method == "POST":
        return _answer(request, token, shown)
    if request.method == "GET" and shown.opened_at is None and shown.state == "open":
        open_link(by=SYSTEM.person, digest=shown.digest)
    return _page(request, shown)


def _answer(request: HttpRequest, token: str, shown: Letter) -> HttpResponse:
    confirms, note = request.POST.get("answer") == "confirm", request.POST.get("note", "").strip()
    try:
        answer_link(
            by=SYSTEM.person,
            key=f"link-{shown.digest[:40]}-{'yes' if confirms else 'no'}",
            digest=shown.digest,
            confirms=confirms,
            note=note,
        )
    except Refused as refused:
        reasons = [reason.seen(sums=False) for reason in refused.reasons]
        return _page(request, letter(token, now()), {"reasons": reasons, "note": note, "objecting": not confirms}, status=422)
    except KeyReused:
        pass  # answered before with other words: the page shows what counts
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, shown: Letter, more: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    lines = [line | {"policy": reason_told(line["why"])} for line in shown.data["lines"]]
    statement = statement_of(shown.data["parts"], shown.remit_fen)
    return render(request, "orders/letter.html", {"letter": shown, "lines": lines, "statement": statement} | (more or {}), status=status)
