"""Samples (C11): the list and one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.dispatch import acts
from gatepass.dispatch.queries import samples
from gatepass.dispatch.views import sight_of
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power
from gatepass.words import Text

PAGE = 50


@login_required
@require_GET
def listing(request: SignedIn) -> HttpResponse:
    sight = sight_of(request)
    if not (sight.may(Power.SEE_ORDERS) or sight.may(Power.PICK)):
        raise Http404
    before = request.GET.get("before", "")
    rows = samples.samples(sight, UUID(before) if _is_uuid(before) else None, PAGE + 1)
    context = {
        "rows": rows[:PAGE], "more": rows[PAGE - 1].uid if len(rows) > PAGE else None, "may_issue": sight.may(Power.ISSUE_NOTICE),
        "empty": Text("还没有样品通知", "No sample notices yet"),
    }  # fmt: skip
    return render(request, "dispatch/samples.html", context)


@login_required
@require_GET
def sample(request: SignedIn, uid: UUID) -> HttpResponse:
    sight = sight_of(request)
    found = samples.sample(sight, uid)
    return render(request, "dispatch/sample.html", {"sample": found, **acts.first(acts.sample_acts(sight, found))})


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
