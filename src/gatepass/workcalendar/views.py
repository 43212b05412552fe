"""The calendar's page and its forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.roles import Sight
from gatepass.rules.reasons import KeyReused, Reason, Refused, refusal
from gatepass.workcalendar import queries
from gatepass.workcalendar.events import DayKind
from gatepass.workcalendar.forms import FORMS, STRETCHES
from gatepass.workcalendar.pages import year_page
from gatepass.workcalendar.trial import TermChoice, try_deadline


@login_required
@require_GET
def this_year(request: SignedIn) -> HttpResponse:
    return redirect("workcalendar:year", year=queries.current().local(clock.now()).year)


@login_required
@require_GET
def year(request: SignedIn, year: int) -> HttpResponse:
    """The year, with the deadline that the query asks for. `saved` names the form that was just saved."""
    saved = FORMS.get(request.GET.get("saved", ""))
    return _page(request, year, {"saved": saved.saved if saved else None})


@login_required
@require_POST
def change(request: SignedIn, year: int, change: str) -> HttpResponse:
    """Run the form's command; when refused, the page again with every reason and what was entered."""
    form = FORMS.get(change)
    if form is None:
        raise Http404
    key = request.POST.get("_key") or None
    try:
        form.command(by=_sight(request).person, key=key, **form.read(request.POST, year))
    except Refused as refused:
        return _page(request, year, _refused(request, change, refused.reasons), status=422)
    except KeyReused:
        again = refusal("这张表已经存过；要再存一次请再点", "This form was saved before; press again to save this too")
        return _page(request, year, _refused(request, change, [again]), status=422)
    return redirect(f"{reverse('workcalendar:year', args=[year])}?saved={change}")


def _refused(request: SignedIn, change: str, reasons: Sequence[Reason]) -> dict[str, Any]:
    opens, closes = request.POST.getlist("opens"), request.POST.getlist("closes")
    return {
        "refused": change,
        "reasons": reasons,
        "posted": request.POST.dict(),
        "posted_weekdays": request.POST.getlist("weekdays"),
        "stretches": list(zip(opens, closes, strict=False)),
    }


def _page(request: SignedIn, year: int, more: dict[str, Any], *, status: int = 200) -> HttpResponse:
    calendar, now = queries.current(), clock.now()
    today = calendar.local(now).date()
    hours = [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in calendar.hours_of(today).intervals]
    context = {
        "page": year_page(_sight(request), calendar, year, today),
        "trial": try_deadline(request.GET.dict(), now, calendar),
        "term_choices": tuple(TermChoice),
        "day_kinds": tuple(DayKind),
        "today": today,
        "key": new_id(),
        "stretches": (hours + [("", "")] * STRETCHES)[: max(STRETCHES, len(hours))],
    }
    return render(request, "workcalendar/year.html", context | more, status=status)


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
