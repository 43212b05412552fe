"""Switches of language and theme (cookies, for the signed in and for everybody else), and the page of specimens."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gatepass.look.specimens import specimens
from gatepass.look.themes import THEMES

_YEAR: Final = 365 * 24 * 60 * 60


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """`language`: zh or en."""
    return _remembered(request, "language", ("zh", "en"))


@require_POST
def switch_theme(request: HttpRequest) -> HttpResponse:
    """`theme`: auto, light or dark."""
    return _remembered(request, "theme", THEMES)


def _remembered(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> HttpResponse:
    wished = request.POST.get(name, "")
    if wished not in allowed:
        return HttpResponseBadRequest()
    answer = redirect(_back(request))
    answer.set_cookie(name, wished, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


def _back(request: HttpRequest) -> str:
    """Where the switch was pressed, if that is a page of ours; else the first page."""
    for page in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if page and url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
            return page
    return "/"


@require_GET
def specimen(request: HttpRequest) -> HttpResponse:
    """Every component with invented figures; only in the demo."""
    if not settings.DEMO:
        raise Http404
    return render(request, "look/specimen.html", specimens())


@require_GET
def phone_specimen(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(request, "look/specimen_phone.html", specimens())
