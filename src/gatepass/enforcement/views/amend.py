"""The head's page of an article: everything of it that may be amended, as it stands, each with its form."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.enforcement.queries import book
from gatepass.enforcement.queries.amendable import amendable
from gatepass.enforcement.views import asked
from gatepass.enforcement.views.asked import do
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound


@login_required
@require_GET
def amend(request: SignedIn, number: str) -> HttpResponse:
    """For the head; everybody else reads the article. ?proposal= is the accepted proposal that leads here."""
    sight, today = asked.sight(request), asked.today()
    page = book.article(sight, number, on=today)
    here = f"/rulebook/{page.number}/"
    if not sight.may(Power.AMEND_RULEBOOK):
        return HttpResponseRedirect(here)
    wished = _uid(request.GET.get("proposal", ""))
    proposal = book.proposal(sight, wished) if wished else None
    given = {"proposal": proposal.uid} if proposal else {}
    sentences = amendable(page.number, on=today, form=lambda command, **fixed: do(command, here, **fixed, **given))
    return render(request, "enforcement/amend.html", {"page": page, "sentences": sentences, "proposal": proposal, "today": today})


@login_required
@require_GET
def proposal(request: SignedIn, uid: UUID) -> HttpResponse:
    """Where a proposal leads: what the head accepted to the form of the change, anything else to its article."""
    sight = asked.sight(request)
    row = book.proposal(sight, uid)
    accepted = sight.may(Power.AMEND_RULEBOOK) and row.answer is not None and row.answer[0]
    return HttpResponseRedirect(f"/rulebook/{row.article}/amend/?proposal={uid}" if accepted else f"/rulebook/{row.article}/")


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound("proposal") from None
