"""Finance's desk: account checks to answer, receipts to record, differences to explain, vouchers to sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gatepass.customers.queries import scoped
from gatepass.desks.account_views import address
from gatepass.enforcement.models import Obligation
from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.look.fields import Choice, Field
from gatepass.look.languages import language
from gatepass.money import Money
from gatepass.orders import checks
from gatepass.orders.entry import uid_of
from gatepass.orders.queries import named
from gatepass.people.visits import names_of, need
from gatepass.receivables import queries
from gatepass.receivables.rests import SALES
from gatepass.receivables.routes import VOUCHER
from gatepass.receivables.taking_in import Purse, record_receipt
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import KeyReused, NotFound, Reason, Refused, refusal
from gatepass.words import Text, same

VIEWS = ("", "receipts", "differences", "vouchers")


@login_required
@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """What waits for finance, then the receipts. `shows` narrows it to one list."""
    sight = need(request, Power.RECORD_RECEIPT, Power.CHECK_ACCOUNT, Power.APPROVE_FINANCE, Power.APPROVE_SALES, Power.PREPARE_VOUCHER)
    shows, needle = request.GET.get("shows", ""), request.GET.get("q", "").strip()[:60]
    before = request.GET.get("before", "")
    found = queries.receipts(
        sight, needle=needle, before=int(before) if before.isdigit() and len(before) < 18 else None, most=queries.PAGE + 1
    )
    waiting = checks.waiting(sight) if sight.may(Power.CHECK_ACCOUNT) else []
    clocks = {o.order: o for o in Obligation.objects.filter(clause="D1.2", closed_at=None, order__in=[row.order for row in waiting])}
    differences = [row for _, row in queries.receipts(sight, differences=True)]
    context = {
        "shows": shows if shows in VIEWS else "",
        "q": needle,
        "before": before,
        "waiting": [(row, clocks.get(row.order)) for row in waiting],
        "receipts": [row for _, row in found[: queries.PAGE]],
        "more": found[queries.PAGE - 1][0] if len(found) > queries.PAGE else None,
        "differences": differences,
        "vouchers": queries.vouchers(sight),
        "may_record": sight.may(Power.RECORD_RECEIPT),
        "may_open": sight.may(Power.CHECK_ACCOUNT),
    }
    return render(request, "desks/finance.html", context)


@login_required
@require_GET
def check(request: SignedIn, order: UUID) -> HttpResponse:
    """The answer to an account check as it stands, with its components and the button, as a fragment."""
    sight = need(request, Power.CHECK_ACCOUNT)
    return render(request, "desks/check.html", {"answer": checks.answer(sight, order), "key": new_id()})


@dataclass(frozen=True, slots=True)
class Typed:
    """A receipt as it was posted; matches by order where the clerk named them himself."""

    customer: str = ""
    customer_shown: str = ""
    amount: str = ""
    paid_on: str = ""
    account: str = Purse.BANK.value
    reference: str = ""
    payer: str = ""
    why: str = ""
    again: bool = False
    matches: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def given(self) -> dict[str, Any]:
        """Input of `record_receipt`."""
        loose = {name: getattr(self, name) for name in ("customer", "amount", "paid_on", "account", "reference", "payer", "why")}
        wanted = [{kind: target, "amount": amount} for (target, amount), kind in zip(self.matches, self.kinds, strict=True)]
        return {name: value for name, value in loose.items() if value} | ({"matches": wanted} if wanted else {}) | {"again": self.again}

    def fields(self) -> list[Field]:
        purses = tuple(Choice(p.value, p.text) for p in Purse)
        made = (
            Field(
                "customer",
                Text("客户", "customer"),
                "reference",
                required=True,
                value=self.customer,
                shown=self.customer_shown,
                source="/pick/customer",
            ),
            Field("amount", Text("到账金额（元）", "amount received, yuan"), "money", required=True, value=self.amount),
            Field("paid_on", Text("到账日", "received on"), "date", required=True, value=self.paid_on),
            Field("account", Text("账户", "account"), "choice", required=True, value=self.account, choices=purses),
            Field("reference", Text("流水号", "bank reference"), value=self.reference),
            Field("payer", Text("付款人", "payer"), value=self.payer),
            Field("why", Text("汇款附言，或为何改核销", "what the payer named, or why it is led elsewhere"), value=self.why),
            Field("again", Text("另一笔，不是重复", "another one, not the same again"), "boolean", value=self.again),
        )
        return [replace(one, errors=tuple(r.what for r in self.reasons if r.field == one.name)) for one in made]


def _posted(data: Mapping[str, Any]) -> Typed:
    text: dict[str, Any] = {
        name: str(data.get(name, "")).strip() for name in ("customer", "amount", "paid_on", "account", "reference", "payer", "why")
    }
    named_ones = [(key, str(value).strip()) for key, value in data.items() if key.startswith(("match-", "item-")) and str(value).strip()]
    matches = tuple((key.partition("-")[2], value) for key, value in named_ones)
    kinds = tuple("order" if key.startswith("match-") else "item" for key, _ in named_ones)
    return Typed(**text, customer_shown=str(data.get("customer__shown", "")), again=bool(data.get("again")), matches=matches, kinds=kinds)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Record a receipt, with the customer's open dues beside it; unmatched it goes to the oldest first."""
    sight = need(request, Power.RECORD_RECEIPT)
    if request.method == "GET":
        customer = uid_of(request.GET.get("customer", ""))
        who = scoped(sight).filter(uid=customer).first() if customer else None
        today = timezone.localdate(now()).isoformat()
        return _form(request, sight, Typed(str(customer) if who else "", who.name if who else "", paid_on=today))
    typed = _posted(request.POST)
    try:
        made = record_receipt(by=sight.person, key=request.POST.get("_key") or None, **typed.given())
    except Refused as refused:
        return _form(request, sight, replace(typed, reasons=refused.reasons), key=request.POST.get("_key", ""), status=422)
    except KeyReused as reused:
        again = refusal(
            "已记为 " + reused.made + "。要再记一笔，请再按一次", "Recorded as " + reused.made + ". Press once more to record another"
        )
        return _form(request, sight, replace(typed, reasons=(again,)), status=422)
    except NotFound:
        return _form(
            request,
            sight,
            replace(typed, reasons=(refusal("请从列表中选客户", "Choose a customer from the list", field="customer"),)),
            status=422,
        )
    success(request, Text("{number} 已记", "{number} recorded").fill(number=made.label if made else "").said(language()))
    return HttpResponseRedirect(f"/receipts/{made.uid}/" if made else "/receipts/")


def _form(request: SignedIn, sight: Sight, typed: Typed, *, key: str = "", status: int = 200) -> HttpResponse:
    named_fields = {"customer", "amount", "paid_on", "account", "reference", "payer", "why", "again"}
    loose = [r for r in typed.reasons if r.field not in named_fields and not r.field.startswith("matches.")]
    context = {"fields": typed.fields(), "typed": typed, "loose": loose, "key": key or str(new_id()), "faulty": bool(typed.reasons)}
    return render(request, "desks/receipt_new.html", context | _dues(sight, typed), status=status)


def _dues(sight: Sight, typed: Typed) -> dict[str, Any]:
    """The open dues of the customer, each with what was typed for it and what is wrong with that."""
    customer = uid_of(typed.customer)
    try:
        found = queries.asked_of(sight, customer) if customer else []
        free = queries.account_now(sight, customer).free if customer else ()
    except NotFound:
        found, free, customer = [], (), None
    rows = [cover for cover in found if cover.open_fen > 0]
    old = [rest for rest in free if rest.fen > 0 and rest.item.document_kind != SALES]
    numbers, amounts = named([cover.asked.order for cover in rows]), dict(typed.matches)
    places = {target: n for n, (target, _) in enumerate(typed.matches)}
    wrong = {r.field: r.what for r in typed.reasons if r.field.startswith("matches.")}

    proposed = _proposed(sight, customer, typed.amount) if customer else {}

    def listed(kind: str, target: UUID, name: Text, href: str, fen: int) -> dict[str, Any]:
        return {
            "kind": kind, "target": target, "name": name, "href": href, "open_fen": fen, "proposed": proposed.get(target, 0),
            "typed": amounts.get(str(target), ""), "wrong": wrong.get(f"matches.{places.get(str(target), -1)}"),
        }  # fmt: skip

    dues = [
        listed("item", one.item.uid, one.said, address(one.item.document_kind, one.item.document, one.item.customer), one.fen) for one in old
    ]
    dues += [
        listed("match", one.asked.order, same(numbers.get(one.asked.order, ("", "", None))[0]), f"/orders/{one.asked.order}/", one.open_fen)
        for one in rows
    ]
    return {"dues": dues, "chosen": customer, "open_sum": sum(one["open_fen"] for one in dues)}


def _proposed(sight: Sight, customer: UUID, amount: str) -> dict[UUID, int]:
    """Where the money typed would go by itself: by the order, or by the old debt."""
    try:
        fen = Money.yuan(amount).fen
    except ValueError:
        return {}
    found: dict[UUID, int] = {}
    for bucket in queries.proposed(sight, customer, max(0, fen)).buckets.values():
        for target, part in [(bucket.order, bucket.fen)] if bucket.order else bucket.debts:
            found[target] = found.get(target, 0) + part
    return found


@login_required
@require_GET
def dues(request: SignedIn) -> HttpResponse:
    """The open dues of a customer just chosen, as a fragment."""
    sight = need(request, Power.RECORD_RECEIPT)
    return render(request, "desks/receipt_dues.html", _dues(sight, _posted(request.GET)))


@login_required
@require_GET
def receipt(request: SignedIn, uid: UUID) -> HttpResponse:
    """One receipt: what it was, what it covered, and its difference."""
    sight = need(request, Power.SEE_MONEY)
    row, matched = queries.receipt(sight, uid)
    numbers = named([one.order for one in matched if one.order])
    names = names_of({one for one in (row.recorded_by, row.explained_by) if one})
    context = {
        "receipt": row,
        "matched": [
            (
                one,
                numbers[one.order][0] if one.order in numbers else "",
                address(one.document_kind, one.document, row.customer) if one.document else "",
            )
            for one in matched
        ],
        "by": names.get(row.recorded_by, ""),
        "explained_by": names.get(row.explained_by, "") if row.explained_by else "",
        "may_reverse": row.reversed_at is None and sight.may(Power.RECORD_RECEIPT),
        "may_explain": row.open and sight.may(Power.RECORD_RECEIPT),
    }
    return render(request, "desks/receipt.html", context)


@login_required
@require_GET
def voucher(request: SignedIn, uid: UUID) -> HttpResponse:
    """One voucher with its three people; it is signed on its page of signatures."""
    sight = need(request, Power.SEE_MONEY)
    row = queries.voucher(sight, uid)
    signs = row.waiting and (sight.may(Power.APPROVE_FINANCE) or sight.may(Power.APPROVE_SALES))
    context = {"voucher": row, "signs": signs, "steps": _steps(row, names_of({row.prepared_by}))}
    return render(request, "desks/voucher.html", context)


def _steps(row: queries.VoucherRow, names: dict[UUID, str]) -> list[tuple[Text, str, datetime | None]]:
    """Who prepared and who signed or sent it back, with the moment; what is missing has none."""
    found: list[tuple[Text, str, datetime | None]] = [(Text("制单", "Prepared"), names.get(row.prepared_by, ""), row.prepared_at)]
    found += [(VOUCHER.step(one.step).text if one.given else one.verdict.text, one.name, one.at) for one in row.signatures]
    return found + [(text, "", None) for text in row.missing if row.waiting]
