"""A change of goods (D8) on the phone of whoever is asked: consent, its record, relaying it the next morning."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.dispatch import acts
from gatepass.dispatch.models import ChangeKind
from gatepass.dispatch.queries import notices, picking
from gatepass.dispatch.views import sight_of
from gatepass.identity import new_id
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power


@login_required
@require_GET
def change(request: SignedIn, uid: UUID) -> HttpResponse:
    """What is proposed, by whom and why; the answer of whoever may give it."""
    sight = sight_of(request)
    found = notices.change(sight, uid)
    context = {"change": found, "page": notices.one(sight, found.notice), **acts.first(acts.change_acts(sight, found))}
    return render(request, "dispatch/change.html", context)


@login_required
@require_GET
def relay(request: SignedIn, uid: UUID) -> HttpResponse:
    """Record who was told the morning after."""
    sight = sight_of(request)
    if not sight.may(Power.PICK):
        raise Http404
    context = {"change": notices.change(sight, uid), "people": picking.receivers(), "key": new_id()}
    return render(request, "dispatch/relay.html", context)


@login_required
@require_GET
def propose(request: SignedIn, uid: UUID) -> HttpResponse:
    """Propose a change of goods: a line short, another product instead, more on top."""
    sight = sight_of(request)
    if not (sight.may(Power.PICK) or sight.may(Power.ISSUE_NOTICE)):
        raise Http404
    context = {
        "page": notices.one(sight, uid), "kinds": tuple(ChangeKind), "products": picking.products(), "key": new_id(),
        "kind": request.GET.get("kind", "short"), "line": request.GET.get("line", ""),
    }  # fmt: skip
    return render(request, "dispatch/propose.html", context)
