"""Sending an order to the customer: what would go out, to the fen; and the signed link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.look.languages import language
from gatepass.money import Money, plain
from gatepass.orders import links, proposals, queries
from gatepass.orders.figures import statement_of
from gatepass.orders.inputs import Channel, GiftLine
from gatepass.orders.proposals import SentLine
from gatepass.orders.sending import LINK_DAYS, make_link, new_token, send_order
from gatepass.people.refusals import refusal_of
from gatepass.people.visits import need
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import KeyReused, Refused, refusal
from gatepass.words import Text

HOWS = (Channel.LINK, Channel.CHAT, Channel.FAX, Channel.PHONE, Channel.VISIT)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the sender typed: freight in fen, giveaways by position, reasons, how it goes out. `unread`: positions where no number stands.

    previewed, shown: what his page showed; accepts: what was booked since the account check.
    """

    freight: str
    freight_fen: int
    gifts: Mapping[int, int]
    unread: frozenset[int]
    whys: Mapping[int, str]
    how: str
    previewed: str = ""
    shown: str = ""
    accepts: bool = False

    def by_hand(self, lines: Sequence[SentLine]) -> list[GiftLine] | None:
        """Giveaways that are not the policy's; None where nothing was typed."""
        if not self.gifts:
            return None
        return [
            GiftLine(line.position, self.gifts[line.position], self.whys.get(line.position, ""))
            for line in lines
            if self.gifts.get(line.position, line.by_policy) != line.by_policy
        ]


def _typed(data: Mapping[str, Any]) -> Changes:
    freight = str(data.get("freight", "")).strip()
    try:
        fen = Money.yuan(freight).fen if freight else 0
    except ValueError:
        fen = 0
    rows = [int(key[5:]) for key in data if key.startswith("gift-") and key[5:].isascii() and key[5:].isdigit() and len(key) < 10]
    counts = {n: plain(str(data.get(f"gift-{n}", ""))) or "0" for n in rows}
    gifts = {n: int(text) for n, text in counts.items() if text.isascii() and text.isdigit() and len(text) < 7}
    whys = {n: str(data.get(f"why-{n}", "")).strip() for n in rows}
    unread, how = frozenset(counts.keys() - gifts.keys()), str(data.get("how", Channel.LINK.value))
    previewed, shown = str(data.get("previewed", "")), str(data.get("shown", ""))
    return Changes(freight, fen, gifts, unread, whys, how, previewed, shown, bool(data.get("accepts_changes")))


@login_required
@require_http_methods(["GET", "POST"])
def send(request: SignedIn, uid: UUID) -> HttpResponse:
    """Giveaways by policy, the composition to the fen, then out it goes as it was shown, with what was changed by hand and its reasons."""
    sight = need(request, Power.TAKE_ORDER)
    typed = _typed(request.POST or request.GET)
    if request.method == "GET":
        return _page(request, sight, uid, typed)
    key = request.POST.get("_key") or None
    try:
        _send(sight, uid, typed, request.POST, key)
    except Refused as refused:
        return _page(request, sight, uid, typed, refused)
    except KeyReused:
        return _page(
            request, sight, uid, typed, Refused([refusal("已经发过一次；要再发请再按", "Sent once already; press again to send this")])
        )
    if typed.how == Channel.LINK.value:
        said = Text("订单已定格；生成链接发给客户，等他确认", "The order is frozen; make the link and send it to the customer")
        success(request, said.said(language()))
        return HttpResponseRedirect(f"/orders/{uid}/link/")
    said = Text("订单已发给客户，等确认", "The order is with the customer; waiting for the confirmation")
    success(request, said.said(language()))
    return HttpResponseRedirect(f"/orders/{uid}/")


def _send(sight: Sight, uid: UUID, typed: Changes, data: Mapping[str, Any], key: str | None) -> None:
    if typed.unread:
        raise Refused([refusal("搭赠件数要填整数", "Free cartons must be a whole number", field=f"gift-{n}") for n in sorted(typed.unread)[:1]])
    lines = proposals.sending(sight, uid, day=timezone.localdate(now())).lines
    hand = typed.by_hand(lines)
    send_order(
        by=sight.person, key=key, order=uid, how=typed.how, freight=str(data.get("freight", "")).strip() or 0, previewed=typed.previewed,
        shown=typed.shown, accepts_changes=typed.accepts, gifts=None if hand is None else [asdict(one) for one in hand],
    )  # fmt: skip


def _page(request: SignedIn, sight: Sight, uid: UUID, typed: Changes, refused: Refused | None = None) -> HttpResponse:
    context = _sending(sight, uid, typed) | {"key": str(new_id()), "hows": HOWS, "order": queries.order_row(sight, uid)}
    if refused is not None:
        context["refusal"] = refusal_of(refused, sight, send_order.title, given={"order": uid})
        context["errors"] = {r.field: r.what for r in refused.reasons if r.field}
    return render(request, "orders/send.html", context, status=refused.status if refused else 200)


def _sending(sight: Sight, uid: UUID, typed: Changes) -> dict[str, Any]:
    day = timezone.localdate(now())
    made = proposals.sending(sight, uid, day=day, freight_fen=typed.freight_fen)
    if (hand := typed.by_hand(made.lines)) is not None:
        made = proposals.sending(sight, uid, day=day, freight_fen=typed.freight_fen, by_hand=hand)
    lines = [
        (line, typed.gifts.get(line.position, line.gift), typed.whys.get(line.position) or ("" if line.gift == line.by_policy else line.gift_why))
        for line in made.lines
    ]
    return {"sending": made, "lines": lines, "statement": statement_of(made.parts, made.remit_fen), "typed": typed}


@login_required
@require_GET
def preview(request: SignedIn, uid: UUID) -> HttpResponse:
    """The composition with the freight and giveaways as typed, as a fragment."""
    return render(request, "orders/composition.html", _sending(need(request, Power.TAKE_ORDER), uid, _typed(request.GET)))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: SignedIn, uid: UUID) -> HttpResponse:
    """Makes a link and shows it once, with its QR; only the hash of its token is kept."""
    sight = need(request, Power.TALK_TO_CUSTOMER)
    context: dict[str, Any] = {
        "order": queries.order_row(sight, uid),
        "key": str(new_id()),
        "days": LINK_DAYS,
        "links": links.links(sight, uid),
    }
    if request.method == "GET":
        return render(request, "orders/link.html", context)
    token, digest = new_token()
    try:
        make_link(by=sight.person, key=request.POST.get("_key") or None, order=uid, token_digest=digest, sent_how=Channel.CHAT)
    except Refused as refused:
        context["refusal"] = refusal_of(refused, sight, make_link.title, given={"order": uid})
        return render(request, "orders/link.html", context, status=422)
    except KeyReused:
        context["again"] = True
        return render(request, "orders/link.html", context, status=422)
    context |= {"address": request.build_absolute_uri(f"/c/{token}/"), "links": links.links(sight, uid)}
    return render(request, "orders/link.html", context)
