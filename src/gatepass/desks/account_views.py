"""A customer's account: what is not matched, who holds it, what orders ask, the ledger; every figure opens its entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.journal.visits import SignedIn
from gatepass.orders.figures import Behind, behind_rest, page_of
from gatepass.orders.queries import named
from gatepass.people.visits import need
from gatepass.receivables import queries
from gatepass.receivables.queries import AccountPage
from gatepass.receivables.rests import summed
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.transport.consignment_accounts import shares_of
from gatepass.words import Text


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
    held = [rest.holder for rest in page.standing.held if rest.holder]
    orders = named([*(cover.asked.order for cover in page.asking), *held])
    shares = shares_of(sight, [cover.asked.order for cover in page.asking])
    backs = _backs(page) if sight.may(Power.CHECK_ACCOUNT) else {}

    def number(order: UUID | None) -> str:
        return orders[order][0] if order in orders else ""

    return {
        "account": page,
        "statement": _statement(page),
        "ledger": [(row, address(row.document_kind, row.document, page.customer), backs.get(row.document, "")) for row in page.ledger],
        "dues": [(cover, number(cover.asked.order), shares.get(cover.asked.order, ())) for cover in page.asking],
        "rests": [(rest, number(rest.holder), address(rest.item.document_kind, rest.item.document, page.customer)) for rest in page.standing.rests],
        "may_record": sight.may(Power.RECORD_RECEIPT),
        "may_prepare": sight.may(Power.PREPARE_VOUCHER),
        "may_take": sight.may(Power.TAKE_ORDER),
        "may_open_clearing": sight.may(Power.CHECK_ACCOUNT),
        "clearings": queries.clearings(sight, page.customer),
        "may_open": sight.may(Power.CHECK_ACCOUNT) and not page.ledger,
    }


def _backs(page: AccountPage) -> dict[UUID, str]:
    """Where a booking of the ledger that still stands is taken back, by its document; receipts and freight have pages of their own."""
    forms = {
        "voucher": "reverse_voucher/?voucher={document}", "opening": "reverse_opening/?customer={customer}",
        "clearing": "reverse_write_off/?clearing={document}",
    }  # fmt: skip
    listed = [row for row in page.ledger if row.document_kind in forms and not (row.document_kind == "clearing" and row.fen > 0)]
    stand = queries.standing_documents(row.document for row in listed)
    return {
        row.document: "/do/" + forms[row.document_kind].format(document=row.document, customer=page.customer)
        for row in listed
        if row.document in stand
    }


def _statement(page: AccountPage) -> list[dict[str, Any]]:
    """From the ledger's balance to what the next composition would name; every figure opens its entries."""
    now, base = page.standing, f"/customers/{page.customer}/account"
    sides = Text("欠为正，余为负；未核销的项目合计", "owed positive, in credit negative; what is not matched, together")
    by_orders = Text(
        "已发订单占用，到货款到齐或撤回为止；退款单占用，到付出为止", "held by sent orders until they end, and by refunds until they are paid"
    )
    as_now = Text("现在发单就并入这些", "what an order sent now would name")
    return [
        _line(Text("账面余额", "Balance in the ledger"), sides, now.balance, f"{base}/balance/entries"),
        _line(Text("其中订单占用", "Held by orders"), by_orders, -summed(now.held), f"{base}/held/entries"),
        _line(Text("下一单并入", "For the next order"), as_now, summed(now.free), f"{base}/free/entries") | {"kind": "total"},
    ]


def _line(name: Text, source: Text, fen: int, href: str) -> dict[str, Any]:
    return {"name": name, "source": source, "fen": fen, "href": href}


def address(kind: str, uid: UUID, customer: UUID) -> str:
    """Where the document behind a ledger line is to be seen; its movements as a fragment where it has no page."""
    return page_of(kind, uid) or f"/customers/{customer}/account/{uid}/entries"


@login_required
@require_GET
def entries(request: SignedIn, uid: UUID, what: str) -> HttpResponse:
    """The entries behind a figure of the account, as a fragment."""
    return render(request, "orders/entries.html", {"entries": _behind(need(request, Power.SEE_MONEY), uid, what)})


def _behind(sight: Sight, uid: UUID, what: str) -> list[Behind]:
    if what in ("balance", "held", "free"):
        now = queries.account_now(sight, uid)
        rests = {"balance": now.rests, "held": now.held, "free": now.free}[what]
        return [behind_rest(rest, -1 if what == "held" else 1) for rest in rests]
    try:
        rows_of = queries.documented(sight, uid, UUID(what))
    except ValueError:
        raise NotFound("figure") from None
    return [
        Behind(row.at.date(), Text("{kind} {label}", "{kind} {label}").fill(kind=row.kind, label=row.label), row.fen) for row in rows_of
    ]
