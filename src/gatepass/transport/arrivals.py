"""The page on which a customer says whether his goods are there: opened from the signed link of his order, no sign-in, phone first (D11)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gatepass.orders.links import Letter
from gatepass.orders.models import Link
from gatepass.orders.public import by_link, gone
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import KeyReused, NotFound, Refused
from gatepass.transport.commands import answer_arrival
from gatepass.transport.models import Consignment


@dataclass(frozen=True, slots=True)
class Arrival:
    """Goods of the order that left the gate, as its customer may know them."""

    uid: UUID
    number: str
    cartons: int
    left_at: datetime | None
    said_at: datetime | None
    there_at: datetime | None


def arrivals(digest: str) -> list[Arrival]:
    """What has left of the order behind a link, by the hash of its token; goods that came back are not on it."""
    order = Link.objects.filter(digest=digest).values("composition__order__uid")
    rows = Consignment.objects.filter(order__in=order, left_at__isnull=False, voided_at=None).order_by("left_at", "id")
    return [
        Arrival(
            uid=row.uid, number=row.number, cartons=row.cartons, left_at=row.left_at,
            said_at=row.consigned_claimed if row.is_claimed else None, there_at=row.consigned_claimed if row.consigned_at else None,
        )
        for row in rows
    ]  # fmt: skip


@by_link
def goods(request: HttpRequest, token: str, shown: Letter) -> HttpResponse:
    """What left, and per consignment two answers: it is here, or it is not."""
    try:
        if request.method == "POST":
            return _answered(request, shown.digest)
    except NotFound:
        return gone(request)
    except Refused as refused:
        reasons = [reason.seen(sums=False) for reason in refused.reasons]
        typed = {"note": request.POST.get("note", ""), "about": request.POST.get("goods")}
        return _page(request, token, shown, {"reasons": reasons} | typed, status=422)
    return _page(request, token, shown, {})


def _answered(request: HttpRequest, digest: str) -> HttpResponse:
    there = request.POST.get("answer") == "there"
    try:
        goods_uid = UUID(request.POST.get("goods", ""))
    except ValueError:
        raise NotFound("consignment") from None
    key = f"there-{digest[:20]}-{goods_uid}" if there else f"not-there-{digest[:20]}-{goods_uid}-{request.POST.get('said', '')[:40]}"
    note = request.POST.get("note", "").strip()
    with suppress(KeyReused):  # answered before with other words: the page shows what counts
        answer_arrival(by=SYSTEM.person, key=key, digest=digest, consignment=goods_uid, arrived=there, note=note)
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, token: str, shown: Letter, more: dict[str, Any], *, status: int = 200) -> HttpResponse:
    given = {"letter": shown, "letter_token": token, "goods": arrivals(shown.digest)}
    return render(request, "transport/arrivals.html", given | more, status=status)
