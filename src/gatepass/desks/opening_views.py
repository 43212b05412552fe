"""Opening balances (D17): finance prepares and approves them, the head ends the cut-over."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.journal.visits import SignedIn
from gatepass.people.visits import need
from gatepass.receivables.opening_queries import openings
from gatepass.roles import Power


@login_required
@require_GET
def page(request: SignedIn) -> HttpResponse:
    """The lists that wait and those that were booked, what they sum to, and how the cut-over ends."""
    sight = need(request, Power.CHECK_ACCOUNT, Power.APPROVE_FINANCE, Power.DECIDE_AS_HEAD)
    found = openings(sight)
    context = {
        "page": found, "prepares": sight.may(Power.CHECK_ACCOUNT) and not found.ended,
        "ends": sight.may(Power.DECIDE_AS_HEAD) and not found.ended, "signs": sight.may(Power.APPROVE_FINANCE),
    }  # fmt: skip
    return render(request, "desks/openings.html", context)
