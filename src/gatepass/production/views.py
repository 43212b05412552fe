"""Pages between sales and production: demand with its reports, shipping days with their plans, and the hand-over of an order."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.look.languages import language
from gatepass.papers.queries import papers_of
from gatepass.people.refusals import refusal_of
from gatepass.people.visits import names_of, need
from gatepass.production import queries
from gatepass.production.commands import ShortKind, hand_over_demand
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import KeyReused, Refused, refusal
from gatepass.stock.models import Quality
from gatepass.words import Text

INSIDE = (Power.REPORT_READY, Power.SEE_STOCK, Power.HAND_OVER_DEMAND)


@login_required
@require_GET
def demands(request: SignedIn) -> HttpResponse:
    """Demand by day and product; production reports in place."""
    sight = need(request, *INSIDE)
    missing, q = request.GET.get("show", "missing") == "missing", request.GET.get("q", "").strip()[:40]
    rows = queries.demands(sight, q=q, missing=missing and not q)
    by_day = [(day, list(found)) for day, found in groupby(rows, key=lambda row: row.expected_on)]
    context = {
        "days": by_day,
        "missing": missing and not q,
        "q": q,
        "today": timezone.localdate(now()),
        "may_report": sight.may(Power.REPORT_READY),
        "may_talk": sight.may(Power.TALK_TO_CUSTOMER),
        "to_make": sum(row.missing for row in rows),
    }
    return render(request, "production/demands.html", context)


@login_required
@require_GET
def report(request: SignedIn, uid: UUID) -> HttpResponse:
    """The two forms for one demand, as a fragment below its row: ready, or short."""
    sight = need(request, Power.REPORT_READY)
    context = {
        "demand": queries.demand(sight, uid),
        "today": timezone.localdate(now()),
        "qualities": tuple(Quality),
        "kinds": tuple(ShortKind),
        "key": new_id(),
        "other_key": new_id(),
    }
    return render(request, "production/report.html", context)


@login_required
@require_GET
def plans(request: SignedIn) -> HttpResponse:
    """Shipping days to come with what they need, and the plans handed over."""
    sight = need(request, *INSIDE)
    today = timezone.localdate(now())
    rows = [(row, new_id()) for row in queries.days(sight, today)]
    context = {"days": rows, "plans": queries.plans(sight), "may_hand": sight.may(Power.HAND_OVER_DEMAND), "today": today}
    return render(request, "production/plans.html", context)


@login_required
@require_GET
def plan(request: SignedIn, uid: UUID) -> HttpResponse:
    """A plan as it was handed over, with its paper."""
    sight = need(request, *INSIDE)
    found = queries.plan(sight, uid)
    paper = next((row[0] for row in papers_of(sight, uid)), None)
    return render(
        request, "production/plan.html", {"plan": found, "paper": paper, "by": names_of({found.handed_by}).get(found.handed_by, "")}
    )


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: SignedIn, order: UUID) -> HttpResponse:
    """Hand an order's demand to production, with remarks; a remark that tells an address or a phone is refused in place (C24)."""
    sight = need(request, Power.HAND_OVER_DEMAND)
    if request.method == "GET":
        return _handing(request, sight, order)
    said = {key[7:]: str(value).strip() for key, value in request.POST.items() if key.startswith("remark-") and str(value).strip()}
    remarks = [{"product": product, "remark": text} for product, text in said.items()]
    expected = request.POST.get("expected_on", "")
    given: dict[str, Any] = {"expected_on": expected} if expected else {}
    try:
        hand_over_demand(by=sight.person, key=request.POST.get("_key") or None, order=order, remarks=remarks, **given)
    except Refused as refused:
        return _handing(request, sight, order, refused=refused, said=said, expected=expected)
    except KeyReused:
        again = Refused([refusal("已交过一次", "Handed over once already", clause="D3")])
        return _handing(request, sight, order, refused=again, said=said, expected=expected)
    success(request, Text("需货计划已交生产", "The demand is with production").said(language()))
    return HttpResponseRedirect(f"/orders/{order}/")


def _handing(
    request: SignedIn,
    sight: Sight,
    order: UUID,
    *,
    refused: Refused | None = None,
    said: dict[str, str] | None = None,
    expected: str = "",
) -> HttpResponse:
    row, wanted = queries.handing(sight, order, timezone.localdate(now()))
    day = row.promised_on or row.wanted_on
    context: dict[str, Any] = {
        "order": row,
        "wanted": [(one, (said or {}).get(str(one.product), "")) for one in wanted],
        "key": str(new_id()),
        "expected": expected or (day.isoformat() if day else ""),
        "to_make": sum(one.to_make for one in wanted),
        "from_stock": sum(one.from_stock for one in wanted),
    }
    if refused is not None:
        context["refusal"] = refusal_of(refused, sight, hand_over_demand.title, given={"order": order})
    return render(request, "production/hand_over.html", context, status=422 if refused else 200)
