"""Stock by product and by batch, with what is set aside for which order."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.orders.queries import named
from gatepass.people.visits import need
from gatepass.roles import Power
from gatepass.stock import queries
from gatepass.transport.tracing import trace

MOST = 100


@login_required
@require_GET
def stock(request: SignedIn) -> HttpResponse:
    """Products with what is on hand, set aside and free."""
    sight = need(request, Power.SEE_STOCK, Power.KEEP_STOCK)
    q, after = request.GET.get("q", "").strip()[:40], request.GET.get("after", "")[:20]
    rows = queries.stock(sight, q, timezone.localdate(now()), after=after, most=MOST + 1)
    more = rows[MOST - 1].product.code if len(rows) > MOST else ""
    context = {"rows": rows[:MOST], "q": q, "after": after, "more": more, "may_keep": sight.may(Power.KEEP_STOCK)}
    return render(request, "desks/stock.html", context)


@login_required
@require_GET
def product(request: SignedIn, uid: UUID) -> HttpResponse:
    """One product: batches, moves, and the orders that it is set aside for, by number."""
    sight = need(request, Power.SEE_STOCK, Power.KEEP_STOCK)
    found = queries.product(sight, uid, timezone.localdate(now()))
    numbers = named([order for order, _, _ in found.reserved])
    context = {
        "stock": found,
        "reserved": [(order, numbers.get(order, ("", "", None))[0], cartons, at) for order, cartons, at in found.reserved],
        "may_keep": sight.may(Power.KEEP_STOCK),
        "sees_orders": sight.may(Power.SEE_ORDERS) and sight.regions is None,
    }
    return render(request, "desks/stock_product.html", context)


@login_required
@require_GET
def batch(request: SignedIn, uid: UUID) -> HttpResponse:
    """One batch: its quality, which notices hold cartons of it, and what left on which vehicle."""
    sight = need(request, Power.SEE_STOCK, Power.KEEP_STOCK)
    found, of = queries.batch(sight, uid, timezone.localdate(now()))
    held = trace(sight, uid)
    context = {
        "batch": found, "product": of, "inside": [one for one in held if not one.sent and not one.void], "sent": [one for one in held if one.sent],
        "may_keep": sight.may(Power.KEEP_STOCK), "sees_orders": sight.may(Power.SEE_ORDERS),
    }  # fmt: skip
    return render(request, "desks/stock_batch.html", context)
