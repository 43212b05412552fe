"""Switches of language and theme (cookies, for the signed in and for everybody else), and the page of specimens."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gatepass.look.ours import back
from gatepass.look.specimens import specimens
from gatepass.look.specimens.forms import PRODUCTS
from gatepass.look.themes import THEMES
from gatepass.words import Text

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
    answer = redirect(back(request, "next", forms=True))
    answer.set_cookie(name, wished, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@require_http_methods(["GET", "POST"])
def specimen(request: HttpRequest) -> HttpResponse:
    """Every component with invented figures; only in the demo. Its form saves nothing and says so."""
    _only_in_demo()
    nothing = Text("样例页：没有保存任何东西", "Page of specimens: nothing was saved")
    return render(request, "look/specimen.html", specimens() | {"saved": nothing if request.method == "POST" else None})


@require_GET
def phone_specimen(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    return render(request, "look/specimen_phone.html", specimens())


@require_GET
def refusal_specimen(request: HttpRequest) -> HttpResponse:
    """The full page of a refusal, as the office gets it."""
    _only_in_demo()
    return render(request, "look/refusal.html", specimens())


@require_GET
def guard_refusal_specimen(request: HttpRequest) -> HttpResponse:
    """The red page of the guard."""
    _only_in_demo()
    found = specimens()
    return render(request, "look/refusal_phone.html", found | {"refusal": found["guard_refusal"]})


@require_GET
def specimen_entries(request: HttpRequest) -> HttpResponse:
    """What opens behind a figure of the specimens."""
    _only_in_demo()
    return render(request, "look/specimen_entries.html")


@require_GET
def specimen_products(request: HttpRequest) -> JsonResponse:
    """What a combobox of the specimens asks: the shape that every `source` answers in."""
    _only_in_demo()
    wanted = request.GET.get("q", "").strip().lower()
    found = [row for row in PRODUCTS if wanted in row["label"].lower() or wanted in row["initials"]]
    return JsonResponse([{key: row[key] for key in ("value", "label", "hint")} for row in found], safe=False)
