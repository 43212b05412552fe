"""The pages of signing: what waits for my signature, and one thing to sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.approvals.line import levels
from gatepass.approvals.page import MatterPage, page
from gatepass.approvals.queries import SHOWN, count, waiting
from gatepass.approvals.routes import Step, route_of
from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.people.roster import roster

ALL = 20_000


@login_required
@require_GET
def waiting_list(request: SignedIn) -> HttpResponse:
    """The signatures that wait for who looks; the first two hundred of many, or with `?all` every one."""
    at = now()
    rows = waiting(request.sight, at=at, most=ALL if "all" in request.GET else SHOWN)
    total = count(request.sight, roster(at)) if len(rows) >= SHOWN else len(rows)
    return render(request, "approvals/waiting.html", {"rows": rows, "total": max(total, len(rows))})


@login_required
@require_GET
def matter(request: SignedIn, route: str, subject: UUID) -> HttpResponse:
    """What exactly is signed, what changed since the version before, who said what, and the verdict of who looks."""
    at = now()
    shown = page(request.sight, route_of(route), subject, at=at)
    rows = waiting(request.sight, at=at)
    place = next((n for n, one in enumerate(rows) if (one.route.code, one.subject) == (route, subject)), None)
    context: dict[str, Any] = {
        "page": shown, "href": shown.route.page.format(subject=subject), "key": new_id(), "back_key": new_id(), "word_key": new_id(),
        "place": place + 1 if place is not None else None, "total": len(rows),
        "before": rows[place - 1].href if place else "", "after": rows[place + 1].href if place is not None and place + 1 < len(rows) else "",
        "sayers": _sayers(shown), "next": rows[place + 1].href if place is not None and place + 1 < len(rows) else "",
    }  # fmt: skip
    return render(request, "approvals/matter.html", context)


def _sayers(shown: MatterPage) -> list[tuple[str, str]]:
    """Who may have given his word for the step, as id and name."""
    return _able(shown.word) if shown.word else []


def _able(step: Step) -> list[tuple[str, str]]:
    return [(str(one.person), one.name) for one in levels(step, roster(now()))[0]]
