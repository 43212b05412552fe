"""The order plan book as pages, searched, and printed for one order; its account check printed."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.look.languages import language
from gatepass.orders import checks, plan_book, queries
from gatepass.orders.entry import uid_of
from gatepass.papers.packing import assembled
from gatepass.papers.press import press
from gatepass.papers.shapes import Printing
from gatepass.papers.sheets import BookedLine, PlanBook
from gatepass.people.firm import firm
from gatepass.people.visits import need
from gatepass.roles import Power

MOST = 60


@login_required
@require_GET
def book(request: SignedIn) -> HttpResponse:
    """The lines of all orders in sight, newest first, by search; older ones by keyset."""
    sight = need(request, Power.SEE_ORDERS)
    needle, before = request.GET.get("q", "").strip(), request.GET.get("before", "")
    order = uid_of(request.GET.get("order", ""))
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    found = plan_book.lines(sight, needle=needle, order=order, before=last, most=MOST + 1)
    context = {
        "lines": found[:MOST], "more": found[MOST - 1].id if len(found) > MOST else None, "q": needle, "before": before,
        "order": queries.order_row(sight, order) if order else None,
    }  # fmt: skip
    return render(request, "orders/book.html", context)


@login_required
@require_GET
def checked(request: SignedIn, uid: UUID) -> HttpResponse:
    """The account check that an order rests on, as a PDF."""
    paper = checks.checked_pdf(need(request, Power.SEE_MONEY), uid, now(), language())
    return _pdf(paper, f"{uid}-account-check.pdf")


def _pdf(paper: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@login_required
@require_GET
def printed(request: SignedIn, uid: UUID) -> HttpResponse:
    """An order's plan book, whole, as a PDF of this moment."""
    sight = need(request, Power.SEE_ORDERS)
    row, at = queries.order_row(sight, uid), now()
    lines = tuple(BookedLine(at=one.at, kind=one.kind, by=one.by, said=one.said) for one in plan_book.whole(sight, uid))
    sheet = PlanBook(company=firm().name, number=row.number, made_at=at, customer=row.customer_name, lines=lines)
    paper = press("planbook", assembled(sheet, printing=Printing(person=sight.name, at=at)), language=language())
    return _pdf(paper, f"{row.number}-plan-book.pdf")
