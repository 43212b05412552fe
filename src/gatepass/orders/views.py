"""Pages of orders: the list and the entry of a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gatepass.customers.queries import one as customer_file
from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.look.languages import language
from gatepass.orders import figures, proposals, queries
from gatepass.orders.entry import Entry, Typed, blank_row, numbers, posted, uid_of
from gatepass.orders.models import Order
from gatepass.orders.offering import offers
from gatepass.orders.taking import change_order, take_order
from gatepass.people.refusals import cures_of
from gatepass.people.visits import need, sight_of
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import KeyReused, NotFound, Refused, refusal
from gatepass.words import Text

TABS = (
    ("open", Text("在办", "under way")),
    ("unchecked", Text("等核账", "to be checked")),
    ("unsent", Text("待发客户", "to be sent")),
    ("unconfirmed", Text("等确认", "to be confirmed")),
    ("unpaid", Text("待催款", "to be collected")),
    ("unsigned", Text("待签批", "to be signed for")),
    ("paid", Text("待发货", "to be shipped")),
    ("shipped", Text("已发完", "shipped")),
    ("all", Text("全部", "all")),
)
MOST = 50


def today() -> date:
    return timezone.localdate(now())


@login_required
@require_GET
def listed(request: SignedIn) -> HttpResponse:
    """Orders by filter and search, newest first, a page at a time by keyset."""
    sight = need(request, Power.SEE_ORDERS)
    shows, needle = request.GET.get("show", "open"), request.GET.get("q", "").strip()[:60]
    customer = uid_of(request.GET.get("customer", ""))
    after = request.GET.get("after", "")
    rows = queries.orders(
        sight, shows=shows, needle=needle, customer=customer, before=queries.cursor(sight, after) if after else None, most=MOST + 1
    )
    context = {
        "rows": rows[:MOST],
        "more": rows[MOST - 1].uid if len(rows) > MOST else None,
        "after": after,
        "shows": shows,
        "q": needle,
        "tabs": [(key, text, key == shows) for key, text in TABS],
        "today": today(),
        "may_take": sight.may(Power.TAKE_ORDER),
        "customer": customer_file(sight, customer).row if customer else None,
    }
    return render(request, "orders/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """The entry page, and the taking of the order: what is wrong comes back beside its line with everything typed."""
    sight = need(request, Power.TAKE_ORDER)
    if request.method == "GET":
        return _entry(request, sight, _for(sight, request.GET.get("customer", "")))
    entry = posted(request.POST)
    try:
        made = take_order(by=sight.person, key=request.POST.get("_key") or None, **entry.given())
    except Refused as refused:
        return _entry(request, sight, replace(entry, reasons=refused.reasons), key=request.POST.get("_key", ""), status=422)
    except KeyReused as reused:
        again = refusal(
            "已存为 " + reused.made + "。要再存一张，请再按一次", "Saved as " + reused.made + ". Press once more to save another"
        )
        return _entry(request, sight, replace(entry, reasons=(again,)), status=422)
    except NotFound:
        gone = refusal("客户或地址已不在，请重选", "The customer or address is gone: choose again", field="customer")
        return _entry(request, sight, replace(entry, reasons=(gone,)), status=422)
    said = Text("{number} 已存，已请财务核账", "{number} saved; finance is asked to check the account").fill(
        number=made.label if made else ""
    )
    success(request, said.said(language()))
    return HttpResponseRedirect(f"/orders/{made.uid}/" if made else "/orders/")


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, uid: UUID) -> HttpResponse:
    """Other goods for an order that is not with the customer, on the same grid."""
    sight = need(request, Power.TAKE_ORDER)
    page = queries.order(sight, uid)
    known = Entry(customer=str(page.customer), customer_shown=page.customer_name, address=str(page.row.address.uid))
    if request.method == "GET":
        rows = tuple(Typed(str(n), str(line.product), line.name, str(line.cartons), line.remark) for n, line in enumerate(page.lines))
        return _entry(request, sight, replace(known, rows=rows), order=page.row)
    entry = replace(posted(request.POST), customer=known.customer, customer_shown=known.customer_shown, address=known.address)
    try:
        change_order(by=sight.person, key=request.POST.get("_key") or None, order=uid, lines=entry.given()["lines"], reason=entry.note)
    except Refused as refused:
        return _entry(request, sight, replace(entry, reasons=refused.reasons), key=request.POST.get("_key", ""), status=422, order=page.row)
    except KeyReused:
        again = refusal("已改过一次；要再改请再按一次", "Changed once already; press once more to change it again")
        return _entry(request, sight, replace(entry, reasons=(again,)), status=422, order=page.row)
    success(request, Text("{number} 已改", "{number} changed").fill(number=page.row.number).said(language()))
    return HttpResponseRedirect(f"/orders/{uid}/")


def _for(sight: Sight, customer: str) -> Entry:
    uid = uid_of(customer)
    return Entry(customer=customer, customer_shown=customer_file(sight, uid).row.name) if uid else Entry()


def _entry(
    request: SignedIn, sight: Sight, entry: Entry, *, key: str = "", status: int = 200, order: Order | None = None
) -> HttpResponse:
    customer = uid_of(entry.customer)
    made = proposals.proposal(sight, customer, [row.wish for row in entry.rows], today())
    context = {
        "entry": entry,
        "fields": entry.fields(),
        "rows": entry.grid(made.lines),
        "blank": blank_row(),
        "proposal": made,
        "key": key or str(new_id()),
        "cures": cures_of(entry.loose, sight, {"customer": entry.customer}),
        "moment": now(),
        "order": order,
        **_caller(sight, customer, entry.address, order.uid if order else None),
    }
    return render(request, "orders/new.html", context, status=status)


def _caller(sight: Sight, customer: UUID | None, address: str, but: UUID | None = None) -> dict[str, Any]:
    try:
        who = proposals.caller(sight, customer, but) if customer else None
    except NotFound:
        who = None
    return {"caller": who, "address": address}


@login_required
@require_GET
def caller(request: SignedIn) -> HttpResponse:
    """The customer's strip and his previous dispatch, as fragments for the entry page."""
    sight = need(request, Power.TAKE_ORDER)
    context = _caller(sight, uid_of(request.GET.get("customer", "")), request.GET.get("address", ""))
    return render(request, "orders/caller.html", context | {"moment": now(), "apart": True})


@login_required
@require_POST
def sums(request: SignedIn) -> HttpResponse:
    """Giveaways, prices, amounts and totals of what is typed so far, as fragments."""
    sight = need(request, Power.TAKE_ORDER)
    entry = posted(request.POST)
    made = proposals.proposal(sight, uid_of(entry.customer), [row.wish for row in entry.rows], today())
    filled = {row.number: (line, row.doubt(line)) for row, line in zip(entry.rows, made.lines, strict=True)}
    rows = [(number, *filled.get(number, (proposals.ProposedLine(), None))) for number in numbers(request.POST)]
    return render(request, "orders/sums.html", {"rows": rows, "proposal": made})


@login_required
@require_GET
def products(request: SignedIn) -> JsonResponse:
    """What the picker of the grid offers for what is typed, for the customer of the form."""
    sight = need(request, Power.TAKE_ORDER)
    found = offers(sight, uid_of(request.GET.get("customer", "")), request.GET.get("q", "").strip()[:60], today())
    rows = [
        {"value": str(one.uid), "label": f"{one.name} {one.spec}", "shown": one.name, "hint": one.hint.said(language())} for one in found
    ]
    return JsonResponse(rows, safe=False)


@login_required
@require_GET
def part(request: SignedIn, uid: UUID, what: str) -> HttpResponse:
    """The entries behind a figure of the order's account, as a fragment."""
    return render(request, "orders/entries.html", {"entries": figures.behind(sight_of(request), uid, what)})
