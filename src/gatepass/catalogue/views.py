"""Products, price lists, promotions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from gatepass.catalogue import queries
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power, Sight


@login_required
@require_GET
def listed(request: SignedIn) -> HttpResponse:
    """Products by family, found by name, pinyin, initials or code."""
    sight = _sight(request)
    q, family = (request.GET.get(name, "").strip()[:80] for name in ("q", "family"))
    retired = request.GET.get("retired") == "1"
    rows = queries.products(
        sight, q, family=family, retired=retired, after=request.GET.get("after", "")[:20], most=queries.PAGE + 1
    )
    more = len(rows) > queries.PAGE
    rows = rows[: queries.PAGE]
    kept = {"q": q, "family": family, "retired": "1" if retired else ""}
    context = _shared(sight) | {
        "rows": rows, "q": q, "family": family, "retired": retired, "families": queries.families(sight),
        "next_page": f"/products/?{urlencode(kept | {'after': rows[-1].code})}" if more else "",
    }  # fmt: skip
    return render(request, "catalogue/products.html", context)


@login_required
@require_GET
def one(request: SignedIn, uid: UUID) -> HttpResponse:
    """A product with the lists it stands on and the promotions that reach it."""
    sight, day = _sight(request), _today()
    prices = queries.prices_of(sight, uid, day)
    policies = queries.promotions(sight, product=uid) if queries.sees_prices(sight) else []
    context = _shared(sight) | {
        "product": queries.one(sight, uid),
        "prices": prices,
        "policies": [row for row in policies if row.until is None or row.until >= day],
        "day": day,
    }
    return render(request, "catalogue/product.html", context)


@login_required
@require_GET
def price_lists(request: SignedIn) -> HttpResponse:
    sight, day = _sight(request), _today()
    rows = queries.price_lists(sight)
    context = _shared(sight) | {"rows": [(row, _state(row.since, row.until, day)) for row in rows], "day": day}
    return render(request, "catalogue/price_lists.html", context)


@login_required
@require_GET
def price_list(request: SignedIn, uid: UUID) -> HttpResponse:
    sight, day = _sight(request), _today()
    row, prices = queries.price_list(sight, uid)
    context = _shared(sight) | {"row": row, "prices": prices, "state": _state(row.since, row.until, day), "day": day}
    return render(request, "catalogue/price_list.html", context)


@login_required
@require_GET
def promotions(request: SignedIn) -> HttpResponse:
    """Promotion policies: those of the day that is asked for, or all."""
    sight, today = _sight(request), _today()
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    rows = queries.promotions(sight, day)
    context = _shared(sight) | {"rows": [(row, _state(row.since, row.until, today)) for row in rows], "day": day, "today": today}
    return render(request, "catalogue/promotions.html", context)


def _state(since: date, until: date | None, day: date) -> str:
    """`now`, `future` or `past`, as the template says it in words."""
    if since > day:
        return "future"
    return "now" if until is None or until >= day else "past"


def _shared(sight: Sight) -> dict[str, object]:
    return {"keeps": sight.may(Power.KEEP_PRODUCTS), "sees_prices": queries.sees_prices(sight)}


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
