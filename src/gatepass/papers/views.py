"""A paper in the browser: its pages as pictures within ours, and the PDF by button, which is counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from gatepass.journal.visits import SignedIn
from gatepass.papers import printing, queries
from gatepass.papers.press import PressFailed
from gatepass.papers.queries import Altered, PaperRow
from gatepass.papers.sheets import TITLES
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Language

View = Callable[[SignedIn, UUID], HttpResponse]


def _sight(request: SignedIn) -> Sight:
    return request.sight


def _language(request: SignedIn) -> Language:
    """Of the page, unless the paper is wanted in another: ?language=en for a clerk who works in Chinese."""
    wished = request.GET.get("language") or get_language() or "zh"
    return "en" if wished.startswith("en") else "zh"


def _copies(request: SignedIn, row: PaperRow) -> tuple[str, ...]:
    """The copy asked for, else all that the viewer may have, else the one paper that has no copies. Raises NotFound."""
    own = tuple(each.key for each in row.copies)
    wished = request.GET.get("copy", "")
    if wished and wished not in own:
        raise NotFound
    return (wished,) if wished else own or ("",)


def _made(view: View) -> View:
    """A paper that cannot be made is told as such, on a page, with nothing counted."""

    @wraps(view)
    def told(request: SignedIn, uid: UUID) -> HttpResponse:
        try:
            return view(request, uid)
        except PressFailed as error:
            why = str(error).partition("\n")[0][:200]
            return render(request, "papers/failed.html", {"why": why, "altered": isinstance(error, Altered)}, status=503)

    return told


@login_required
@require_GET
@_made
def paper(request: SignedIn, uid: UUID) -> HttpResponse:
    row = queries.paper(_sight(request), uid)
    copy, language = _copies(request, row)[0], _language(request)
    given = {
        "paper": row,
        "title": TITLES[row.kind],
        "copy": copy,
        "paper_language": language,
        "pages": range(1, len(printing.preview(row, copy=copy, language=language)) + 1),
        "prints": queries.prints(row),
    }
    return render(request, "papers/paper.html", given)


@login_required
@require_GET
@cache_control(private=True, no_store=True)
@_made
def pdf(request: SignedIn, uid: UUID) -> HttpResponse:
    """Every request is a print: it is counted, with person and copy."""
    row, sight = queries.paper(_sight(request), uid), _sight(request)
    made = printing.printed(row, person=sight.person, name=sight.name, copies=_copies(request, row), language=_language(request))
    named = content_disposition_header(False, f"{row.number}-{row.version}.pdf") or "inline"
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": named})


@login_required
@require_GET
@cache_control(private=True, no_store=True)
@_made
def png(request: SignedIn, uid: UUID) -> HttpResponse:
    """One page of the preview: ?page=1 and on."""
    row = queries.paper(_sight(request), uid)
    wished = request.GET.get("page", "1")
    pages = printing.preview(row, copy=_copies(request, row)[0], language=_language(request))
    if not (wished.isascii() and wished.isdigit() and 1 <= int(wished[:6]) <= len(pages)):
        raise NotFound
    return HttpResponse(pages[int(wished) - 1], content_type="image/png")
