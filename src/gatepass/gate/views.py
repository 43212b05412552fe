"""The gate-pass desk."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gatepass.gate import pages
from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.papers.queries import latest
from gatepass.roles import Power
from gatepass.transport.views import sight_of
from gatepass.workcalendar.queries import current


@login_required
@require_GET
def desk(request: SignedIn) -> HttpResponse:
    now, calendar = clock.now(), current()
    midnight = calendar.moment(calendar.local(now).date(), time.min)
    shown = pages.desk(sight_of(request), now, midnight)
    return render(request, "gate/desk.html", {"desk": shown, "key": new_id()})


@login_required
@require_GET
def one_pass(request: SignedIn, uid: UUID) -> HttpResponse:
    row = pages.one_pass(sight_of(request), uid, clock.now())
    return render(request, "gate/pass.html", {"row": row, "may_issue": bool(row.code), "paper": latest("gatepass", [uid]).get(uid)})


@login_required
@require_GET
def authority(request: SignedIn, uid: UUID) -> HttpResponse:
    """Authorities stand on the desk's page; a guard has his on the gate's."""
    where = "gate:desk" if any(sight_of(request).may(power) for power in pages.SEES) else "gate:guard"
    return redirect(f"{reverse(where)}#a-{uid}")


@login_required
@require_GET
def new_authority(request: SignedIn) -> HttpResponse:
    """Name the guard, the notices and the period; from close of office until it opens again, unless said otherwise."""
    sight, now = sight_of(request), clock.now()
    if not sight.may(Power.ISSUE_PASS):
        raise Http404
    shown = pages.desk(sight, now, now)
    since, until = pages.evening(now, current())
    context = {"trips": shown.ready, "guards": pages.guards(), "since": since, "until": until, "key": new_id()}
    return render(request, "gate/new_authority.html", context)
