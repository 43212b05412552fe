"""A customer's account: where it stands, its ledger, open items and dues; every figure opens its entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.journal.visits import SignedIn
from gatepass.orders.figures import Behind
from gatepass.orders.queries import named
from gatepass.people.visits import need
from gatepass.receivables import queries
from gatepass.receivables.queries import AccountPage
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.transport.consignment_accounts import shares_of
from gatepass.words import Text, same


@login_required
@require_GET
def account(request: SignedIn, uid: UUID) -> HttpResponse:
    """The page; within a customer's file only the account itself, as a fragment."""
    sight = need(request, Power.SEE_MONEY)
    before = request.GET.get("before", "")
    page = queries.account(sight, uid, before=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None)
    whole = not request.htmx
    template = "desks/account.html" if whole else "desks/account_part.html"
    return render(request, template, _context(sight, page) | {"before": before, "whole": whole})


def _context(sight: Sight, page: AccountPage) -> dict[str, Any]:
    orders = named([*(due.order for due in page.dues), *(item.order for item in page.items if item.order)])
    shares = shares_of(sight, [due.order for due in page.dues])

    def number(order: UUID | None) -> str:
        return orders[order][0] if order in orders else ""

    return {
        "account": page,
        "statement": _statement(page),
        "ledger": [(row, address(row.document_kind, row.document, page.customer)) for row in page.ledger],
        "dues": [(due, number(due.order), shares.get(due.order, ())) for due in page.dues],
        "items": [(item, number(item.order), address(item.document_kind, item.document, page.customer)) for item in page.items],
        "may_record": sight.may(Power.RECORD_RECEIPT),
        "may_prepare": sight.may(Power.PREPARE_VOUCHER),
        "may_take": sight.may(Power.TAKE_ORDER),
        "may_open": sight.may(Power.CHECK_ACCOUNT) and not page.ledger,
    }


def _statement(page: AccountPage) -> list[dict[str, Any]]:
    """From the ledger's balance to what the next order would state as previous balance; every figure opens its entries."""
    now, base = page.standing, f"/customers/{page.customer}/account"
    sides = Text("欠为正，余为负", "owed positive, in credit negative")
    inside = Text("货款、运费、运补", "goods, freight, subsidy")
    asked = Text("已发订单还要的款", "what sent orders still ask for")
    free = Text("没有订单并入的运费、费用、支持", "freight, fees, support in no order")
    as_now = Text("现在接单就按这个数", "as an order taken now would state it")
    return [
        _line(Text("账面余额", "Balance in the ledger"), sides, now.balance, f"{base}/balance/entries"),
        _line(Text("已定格未出门", "Sent, not left yet"), inside, now.committed, f"{base}/committed/entries"),
        _line(Text("其中待汇", "To be remitted"), asked, -now.awaited, f"{base}/awaited/entries"),
        _line(Text("待并入的项目", "To be included"), free, -now.items, f"{base}/items/entries"),
        _line(Text("下一单的原欠", "Next previous balance"), as_now, now.previous, "") | {"kind": "total"},
    ]


def _line(name: Text, source: Text, fen: int, href: str) -> dict[str, Any]:
    return {"name": name, "source": source, "fen": fen, "href": href}


PAGES = {
    "receipt": "/receipts/{}/",
    "voucher": "/receipts/vouchers/{}/",
    "order": "/orders/{}/",
    "consignment": "/trips/consignments/{}/",
    "waybill": "/waybills/{}/",
    "notice": "/notices/{}/",
}


def address(kind: str, uid: UUID, customer: UUID) -> str:
    """Where the document behind a ledger line is to be seen; its movements as a fragment where it has no page."""
    return PAGES[kind].format(uid) if kind in PAGES else f"/customers/{customer}/account/{uid}/entries"


@login_required
@require_GET
def entries(request: SignedIn, uid: UUID, what: str) -> HttpResponse:
    """The entries behind a figure of the account, as a fragment."""
    return render(request, "orders/entries.html", {"entries": _behind(need(request, Power.SEE_MONEY), uid, what)})


def _behind(sight: Sight, uid: UUID, what: str) -> list[Behind]:
    if what == "balance":
        return [
            Behind(
                None,
                Text("{day} {kind} {label}", "{day} {kind} {label}").fill(day=p.day, kind=p.kind, label=p.said),
                p.fen,
                address(p.document_kind, p.document, uid),
            )
            for p in queries.made_of(sight, uid)
        ]
    if what in ("committed", "awaited"):
        queries.sees(sight, uid)
        rows = queries.dues(uid)
        names = named([row.order for row in rows])
        fens = [(row, row.inside_fen if what == "committed" else -row.open_fen) for row in rows]
        return [Behind(None, same(names.get(row.order, ("", "", None))[0]), fen, f"/orders/{row.order}/") for row, fen in fens if fen]
    if what == "items":
        queries.sees(sight, uid)
        free = [item for item in queries.items(uid) if item.order is None]
        said = Text("{kind} {label}", "{kind} {label}")
        return [
            Behind(i.opened_at.date(), said.fill(kind=i.kind, label=i.label), -i.fen, address(i.document_kind, i.document, uid))
            for i in free
        ]
    try:
        rows_of = queries.documented(sight, uid, UUID(what))
    except ValueError:
        raise NotFound("figure") from None
    return [
        Behind(row.at.date(), Text("{kind} {label}", "{kind} {label}").fill(kind=row.kind, label=row.label), row.fen) for row in rows_of
    ]
