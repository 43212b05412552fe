"""The desk's pages: the list, a notice, writing and changing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.dispatch import acts
from gatepass.dispatch.queries import notices, writing
from gatepass.dispatch.views import sight_of
from gatepass.identity import new_id
from gatepass.journal.visits import SignedIn
from gatepass.look.turning import turning_of
from gatepass.papers.queries import papers_of
from gatepass.papers.sheets import TITLES
from gatepass.roles import Power
from gatepass.words import Text

PAGE = 50


@login_required
@require_GET
def listing(request: SignedIn) -> HttpResponse:
    """The notices in sight, newest first; `shows` one of the filters, `q` a number or customer, `before` the last row seen."""
    sight = sight_of(request)
    shows = request.GET.get("shows", "open")
    if shows not in notices.FILTERS or not (sight.may(Power.SEE_ORDERS) or sight.may(Power.PICK)):
        raise Http404
    before = request.GET.get("before", "")
    needle = request.GET.get("q", "").strip()
    rows = notices.notices(sight, shows=shows, needle=needle, before=int(before) if before.isdigit() else None, most=PAGE + 1)
    counted = notices.counts(sight)
    filters = [(name, text, counted.get(name, "")) for name, (text, _) in notices.FILTERS.items()]
    context = {
        "rows": rows[:PAGE], "more": rows[PAGE - 1].id if len(rows) > PAGE else None, "filters": filters, "shows": shows, "needle": needle,
        "picks": sight.may(Power.PICK), "samples": sight.may(Power.SEE_ORDERS) or sight.may(Power.PICK),
        "empty": Text("这里没有通知单", "No notices here"),
        "empty_line": Text("换一个筛选看看，或从订单开通知单", "Try another filter, or issue one from an order"),
    }  # fmt: skip
    return render(request, "dispatch/notices.html", context)


@login_required
@require_GET
def notice(request: SignedIn, uid: UUID) -> HttpResponse:
    """A notice with everything that hangs on it."""
    sight = sight_of(request)
    page = notices.one(sight, uid)
    papers = [(paper, TITLES[kind], number, version) for paper, kind, number, version in papers_of(sight, uid)]
    changes = [(change, acts.change_acts(sight, change)) for change in page.changes]
    context = {"page": page, "papers": papers, "changes": changes, "turning": turning_of("notice", sight, uid, request.GET.dict())}
    return render(request, "dispatch/notice.html", context | acts.first(acts.acts(sight, page)))


@login_required
@require_GET
def new(request: SignedIn, order: UUID) -> HttpResponse:
    """Write a notice for what an order still has open."""
    sight = sight_of(request)
    if not sight.may(Power.ISSUE_NOTICE):
        raise Http404
    context = {"draft": writing.for_order(sight, order), "key": new_id(), "action": "issue_notice", "back": f"/orders/{order}/"}
    return render(request, "dispatch/write.html", context)


@login_required
@require_GET
def rewrite(request: SignedIn, uid: UUID) -> HttpResponse:
    """Write a further version."""
    sight = sight_of(request)
    if not sight.may(Power.ISSUE_NOTICE):
        raise Http404
    context = {"draft": writing.for_notice(sight, uid), "key": new_id(), "action": "change_notice", "back": f"/notices/{uid}/"}
    return render(request, "dispatch/write.html", context)
