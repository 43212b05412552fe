"""The pages of the desks: my desk, the folders, search."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gatepass.desks import done_today, floor, folders, my_desk, search
from gatepass.enforcement.queries.tidying import tidying
from gatepass.identity import new_id
from gatepass.journal import chaining
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power, Sight

MORNING: Final = "morning"  # the cookie that says on which day the desk was opened last


def sight_of(request: SignedIn) -> Sight:
    """Who is asking."""
    found: Sight = request.sight
    return found


@login_required
@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """What somebody must do, most urgent first (A17), with the folders (C19) for who sees orders."""
    sight, moment = sight_of(request), now()
    shown = my_desk.desk_of(sight, moment, request.GET.get("shows", "mine"), later="later" in request.GET)
    if shown.own is not None:
        request.menu_counts = {"desk": shown.own}
    listed = folders.folders(sight, timezone.localdate(moment)) if sight.may(Power.SEE_ORDERS) else floor.floor(sight, moment)
    all_done = shown.empty and (shown.of_department or not any(one.open for one in listed))
    context = {"desk": shown, "folders": listed, "all_done": all_done, "done": done_today.done_count(sight, moment),
               "tidying": tidying(sight, at=moment) if shown.own is not None else None, "tidy_key": new_id()}
    today = timezone.localdate(moment).isoformat()
    morning = request.COOKIES.get(MORNING) != today
    answer = render(request, "desks/desk.html", context | {"chain": chaining.head() if morning else None})
    if morning:
        answer.set_cookie(MORNING, today, max_age=86400, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


@login_required
@require_GET
def done(request: SignedIn) -> HttpResponse:
    """What I got done today."""
    sight, moment = sight_of(request), now()
    return render(request, "desks/done_today.html", {"rows": done_today.done(sight, moment), "at": moment})


@login_required
@require_GET
def folder(request: SignedIn, key: str) -> HttpResponse:
    """One folder's list."""
    sight = sight_of(request)
    if key not in folders.NAMES or not sight.may(Power.SEE_ORDERS):
        raise Http404
    moment = now()
    today = timezone.localdate(moment)
    context = {
        "key": key,
        "moment": moment,
        "name": folders.NAMES[key],
        "orders": folders.folder_orders(sight, key) if key in ("paid", "unpaid") else [],
        "notices": folders.day_notices(sight, today) if key == "today" else [],
        "matters": folders.matters(sight, today) if key == "other" else [],
        "today": today,
    }
    return render(request, "desks/folder.html", context)


@login_required
@require_GET
def find(request: SignedIn) -> HttpResponse:
    """The command bar: customers, orders, notices, clauses and commands by a few letters."""
    groups = search.find(sight_of(request), request.GET.get("q", "").strip()[:60])
    if "application/json" in request.headers.get("accept", ""):
        return JsonResponse(groups, safe=False)
    return render(request, "desks/search.html", {"groups": groups, "q": request.GET.get("q", "")})
