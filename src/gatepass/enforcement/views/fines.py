"""How the rulebook is enforced: fines to decide, what was refused, what was kept; one fine; one deadline explained."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.enforcement.queries import arithmetic, duties, fines, statistics
from gatepass.enforcement.queries.entries import OWN, SHOWS, entries
from gatepass.enforcement.queries.fines import FineCase
from gatepass.enforcement.views import asked
from gatepass.enforcement.views.asked import do
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.regulations import rulebook
from gatepass.roles import Position, Power, Sight
from gatepass.words import Text

WEEK = timedelta(days=7)
ARTICLES: Final = frozenset(one.number for one in rulebook.every_article())


@login_required
@require_GET
def overview(request: SignedIn) -> HttpResponse:
    """The month of ?month=; fines to decide and the refusals of the last seven days whatever the month."""
    sight, now, month = asked.sight(request), clock.now(), asked.month(request)
    if sight.carrier is not None:
        return HttpResponseRedirect("/enforcement/own/")
    since, until = statistics.month_of(month)
    trends = statistics.trends(sight, day=month)
    context = {
        "month": month, "earlier": statistics.months_back(month, 2)[0], "later": _later(request), "to_decide": fines.to_decide(sight),
        "decided": fines.decided(sight, since=since, until=until), "blocked": statistics.blocked(sight, since=now - WEEK, until=now),
        "trends": trends, "total": sum((one.now for one in trends), statistics.Figures()),
        "keepers": statistics.keepers(sight, since=since, until=until), "sums": statistics.sees_sums(sight),
        "people": statistics.sees_people(sight), "may_decide": sight.may(Power.CONFIRM_FINE), "findings": asked.findings(sight, "/enforcement/"),
    }  # fmt: skip
    return render(request, "enforcement/overview.html", context)


def _later(request: SignedIn) -> object:
    """The month after, unless the page shows the present one."""
    month, present = asked.month(request), asked.today().replace(day=1)
    return (month + timedelta(days=32)).replace(day=1) if month < present else None


@login_required
@require_GET
def own(request: SignedIn) -> HttpResponse:
    """One's own record: how one kept what was one's own to do, and one's fines."""
    sight, month = asked.sight(request), asked.month(request)
    since, until = statistics.month_of(month)
    context = {
        "month": month, "earlier": statistics.months_back(month, 2)[0], "later": _later(request), "trends": statistics.own(sight, day=month),
        "fines": fines.own(sight), "decided": fines.own_decided(sight, since=since, until=until), "whose": OWN,
    }  # fmt: skip
    return render(request, "enforcement/own.html", context)


@login_required
@require_GET
def opened(request: SignedIn) -> HttpResponse:
    """The duties behind a figure: ?month= ?article= ?shows= ?whose=, further after ?after=."""
    sight, month, given = asked.sight(request), asked.month(request), request.GET
    shows = given.get("shows", "") if given.get("shows", "") in SHOWS else "applied"
    article, whose, after = given.get("article", "")[:12], given.get("whose", "")[:40], given.get("after", "")
    found = entries(
        sight, month=month, article=article, shows=shows, whose=whose, after=int(after) if after.isdecimal() and len(after) < 18 else 0,
        at=clock.now(),
    )  # fmt: skip
    asked_for = {"month": f"{month:%Y-%m}", "article": article, "shows": shows, "whose": whose, "after": found.further}
    context = {
        "found": found, "shows": SHOWS[shows], "month": month, "article": article if article in ARTICLES else "", "whose": whose,
        "own": whose == OWN or sight.carrier is not None, "further": f"?{urlencode(asked_for)}" if found.further else "",
    }  # fmt: skip
    return render(request, "enforcement/entries.html", context)


@login_required
@require_GET
def fine(request: SignedIn, uid: UUID) -> HttpResponse:
    """One fine: facts, arithmetic, and what its reader may do about it."""
    sight = asked.sight(request)
    found = fines.fine(sight, uid, at=clock.now())
    context = {"case": found, "row": found.row, "actions": _actions(sight, found), "sums": True}
    return render(request, "enforcement/fine.html", context)


def _actions(sight: Sight, found: FineCase) -> list[tuple[Text, str]]:
    """What may be done about it, the usual first; nothing once it is decided, nothing about one's own."""
    row = found.row
    if row.state not in ("proposed", "asked") or found.own:
        return []
    head = Position.HEAD in sight.positions
    confirm = not found.found_himself and sight.may(Power.CONFIRM_FINE) and (row.state == "proposed" or head)
    offered = [
        (confirm, Text("确认罚款", "Confirm the fine"), "confirm_fine"),
        (sight.may(Power.CONFIRM_FINE) and row.state == "proposed" and not head, Text("提请免罚", "Propose to waive"), "propose_waiver"),
        (sight.may(Power.WAIVE_FINE), Text("免除罚款", "Waive the fine"), "waive_fine"),
    ]
    return [(words, do(command, row.address, fine=row.uid)) for allowed, words, command in offered if allowed]


@login_required
@require_GET
def finding(request: SignedIn, uid: UUID) -> HttpResponse:
    """To the fine that a finding brought about."""
    return HttpResponseRedirect(fines.of_finding(asked.sight(request), uid))


@login_required
@require_GET
def why(request: SignedIn, uid: UUID) -> HttpResponse:
    """The arithmetic of one deadline, as a fragment."""
    sight, now = asked.sight(request), clock.now()
    duty = duties.one(sight, uid, at=now)
    theirs = duty.position in sight.positions or sight.may(Power.CONFIRM_FINE)
    open_now = not duty.closed and duty.position is not None and duty.refused_at is None
    context = {"counted": arithmetic(sight, uid, at=now), "decline": do("refuse_work", "/", obligation=uid) if theirs and open_now else "",
               "refused_at": duty.refused_at}  # fmt: skip
    return render(request, "enforcement/why.html", context)
