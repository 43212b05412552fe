"""The list of customers and a customer's file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from gatepass.customers import queries
from gatepass.customers.policies import WANTED
from gatepass.journal.labels import label
from gatepass.journal.visits import SignedIn
from gatepass.roles import Power, Sight
from gatepass.words import Text

FIELDS = {"address": "change_customer", "phone": "change_customer", "terms": "change_customer", "region": "change_customer",
          "name": "change_customer", "forwarder": "designate_forwarder", "delivery": "add_address"}  # fmt: skip


@login_required
@require_GET
def listed(request: SignedIn) -> HttpResponse:
    """Customers by region, class or what is missing, found by name, pinyin, initials, code or phone; page after page."""
    sight = _sight(request)
    q, region, grade = (request.GET.get(name, "").strip()[:80] for name in ("q", "region", "grade"))
    incomplete = request.GET.get("missing") == "1"
    rows = queries.customers(
        sight, q, region=region, grade=grade, incomplete=incomplete, after=_cursor(request), most=queries.PAGE + 1
    )
    more = len(rows) > queries.PAGE
    kept = {"q": q, "region": region, "grade": grade, "missing": "1" if incomplete else ""}
    rows = rows[: queries.PAGE]
    context = {
        "rows": rows, "q": q, "region": region, "grade": grade, "incomplete": incomplete,
        "next_page": _address(kept | {"after": str(rows[-1].uid)}) if more else "",
        "first_page": _address(kept) if request.GET.get("after") else "",
        "regions": queries.regions(sight), "grades": queries.grades(sight), "keeps": sight.may(Power.KEEP_CUSTOMERS),
        "opens": sight.may(Power.CHECK_ACCOUNT) or sight.may(Power.DECIDE_AS_HEAD),
    }  # fmt: skip
    return render(request, "customers/list.html", context)


@login_required
@require_GET
def one(request: SignedIn, uid: UUID) -> HttpResponse:
    """A customer's file: how complete, addresses with history, contacts; his account loads into its slot."""
    sight = _sight(request)
    file = queries.one(sight, uid)
    context = {
        "file": file,
        "missing": [(WANTED[name], _cure(name, uid)) for name in file.row.file.missing],
        "keeps": sight.may(Power.KEEP_CUSTOMERS),
        "decides": sight.may(Power.DECIDE_AS_HEAD),
        "current": [a for a in file.addresses if a.until is None],
        "former": [a for a in file.addresses if a.until is not None],
        "contacts": [c for c in file.contacts if c.until is None],
        "former_contacts": [c for c in file.contacts if c.until is not None],
        "sees_account": sight.may(Power.SEE_MONEY),
        "changes": _changes(file.editions),
    }
    return render(request, "customers/file.html", context)


def _changes(editions: tuple[queries.EditionRow, ...]) -> list[tuple[datetime, list[tuple[Text, Any, Any]]]]:
    """Each edition with what it changed: (moment, [(field, before, after)]), the newest first."""
    found = []
    for new, old in zip(editions, [*editions[1:], None], strict=False):
        before = old.file if old else {}
        different = [(label(name), before.get(name), value) for name, value in new.file.items() if before.get(name) != value]
        found.append((new.since, different if old else []))
    return found


def _cure(missing: str, customer: UUID) -> str:
    """The form that fills in what is missing."""
    given = {"customer": str(customer), "_next": f"/customers/{customer}/"}
    if missing in ("business", "receiving"):
        return f"/do/add_contact/?{urlencode(given | {'kind': missing})}"
    return f"/do/{FIELDS[missing]}/?{urlencode(given)}"


def _address(query: dict[str, str]) -> str:
    return f"/customers/?{urlencode({name: value for name, value in query.items() if value})}"


def _cursor(request: SignedIn) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
