"""The list of carriers and a carrier's file: vehicles, drivers, rates, a quote."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from gatepass.carriers import queries
from gatepass.carriers.policies import Quote
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power, Sight


@login_required
@require_GET
def listed(request: SignedIn) -> HttpResponse:
    sight = _sight(request)
    q, idle = request.GET.get("q", "").strip()[:80], request.GET.get("idle") == "1"
    rows = queries.search(sight, q, after=request.GET.get("after", "")[:20], idle=idle, most=queries.PAGE + 1)
    more = len(rows) > queries.PAGE
    rows = rows[: queries.PAGE]
    context = {
        "rows": rows, "q": q, "idle": idle, "keeps": sight.may(Power.KEEP_CARRIERS),
        "next_page": f"/carriers/?{urlencode({'q': q, 'idle': '1' if idle else '', 'after': rows[-1].code})}" if more else "",
    }  # fmt: skip
    return render(request, "carriers/list.html", context)


@login_required
@require_GET
def one(request: SignedIn, uid: UUID) -> HttpResponse:
    """A carrier; with the figures of a load in the query, what his rates ask for it."""
    sight = _sight(request)
    day = timezone.localtime(clock.now()).date()
    file = queries.one(sight, uid)
    context = {
        "file": file,
        "day": day,
        "keeps": sight.may(Power.KEEP_CARRIERS),
        "decides": sight.may(Power.DECIDE_AS_HEAD),
        "running": [r for r in file.rates if r.until is None or r.until >= day],
        "over": [r for r in file.rates if r.until is not None and r.until < day],
        "asked": bool(request.GET.get("destination")),
        "quote": _quote(request, uid, file),
        "given": request.GET,
    }
    return render(request, "carriers/file.html", context)


def _quote(request: SignedIn, carrier: UUID, file: queries.CarrierFile) -> Quote | None:
    """The quote for the load in the query: cartons, kilograms, cubic metres. None without figures or without a rate."""
    destination = request.GET.get("destination", "").strip()
    if not destination or not file.rates:
        return None
    kg, m3, cartons = (_figure(request.GET.get(name, "")) for name in ("kg", "m3", "cartons"))
    return queries.freight(
        carrier, destination, cartons=int(cartons), weight_g=int(kg * 1000), volume_cm3=int(m3 * 1_000_000),
        day=timezone.localtime(clock.now()).date(),
    )  # fmt: skip


def _figure(text: str) -> Decimal:
    """A figure of at most nine digits before the point; 0 for anything else."""
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and 0 <= found < 1_000_000_000 else Decimal(0)


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
