"""The desk's pages of trips and waybills."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.papers.queries import latest
from gatepass.people.refusals import cures_of
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import Reason, Refused
from gatepass.transport import board, commands, waybill_pages
from gatepass.transport.models import CarrierSignature
from gatepass.transport.pictures import media_type
from gatepass.transport.waybill_pages import UNITS, Filter
from gatepass.words import Text

PRINTED = Text("托运单票面所写", "as printed on the waybill")


@login_required
@require_GET
def day_board(request: SignedIn) -> HttpResponse:
    """Vehicles of a day (`?day=`), what is still open of other days, notices that wait for a vehicle."""
    day = asked_day(request)
    shown = board.board(sight_of(request), day, clock.now())
    near = {"before": day - timedelta(days=1), "after": day + timedelta(days=1), "today": timezone.localdate(clock.now())}
    return render(request, "transport/board.html", {"board": shown, "key": new_id(), **near})


@login_required
@require_GET
def trip(request: SignedIn, uid: UUID) -> HttpResponse:
    sight = sight_of(request)
    page = board.trip_page(sight, uid, clock.now())
    waiting = board.waiting() if sight.may(Power.ARRANGE_TRANSPORT) and not page.trip.left_at else ()
    may = {power.value: sight.may(power) for power in Power}
    papers = latest("outbound", [stop.uid for stop in page.trip.stops])
    return render(request, "transport/trip.html", {"papers": [(stop.number,
    papers[stop.uid]) for stop in page.trip.stops if stop.uid in papers], "page": page, "trip": page.trip,
    "waiting": waiting, "may": may, "key": new_id()})


@login_required
@require_GET
def consignment(request: SignedIn, uid: UUID) -> HttpResponse:
    return redirect("transport:trip", uid=board.trip_of(sight_of(request), uid))


@login_required
@require_GET
def signature(request: SignedIn, uid: UUID) -> HttpResponse:
    """The latest signature of a consignment, as a picture."""
    board.trip_of(sight_of(request), uid)
    row = CarrierSignature.objects.filter(consignment__uid=uid, image__isnull=False).order_by("-id").first()
    data = bytes(row.image or b"") if row else b""
    kind = media_type(data)
    if kind is None:
        raise Http404
    return HttpResponse(data, content_type=kind, headers={"Cache-Control": "private, max-age=60"})


@login_required
@require_GET
def waybills(request: SignedIn) -> HttpResponse:
    wanted = next((one for one in Filter if one.value == request.GET.get("show")), Filter.OPEN)
    needle = request.GET.get("q", "").strip()
    lines = waybill_pages.listed(sight_of(request), wanted, needle)
    return render(request, "transport/waybills.html", {"lines": lines, "filters": tuple(Filter), "wanted": wanted, "q": needle})


@login_required
@require_GET
def waybill(request: SignedIn, uid: UUID) -> HttpResponse:
    return _waybill(request, uid)


@login_required
@require_GET
def correction(request: SignedIn, uid: UUID) -> HttpResponse:
    """A correction stands on the page of its waybill."""
    return redirect("transport:waybill", uid=waybill_pages.waybill_of(sight_of(request), uid))


@login_required
@require_POST
def receive(request: SignedIn, uid: UUID) -> HttpResponse:
    """Finance signs for the paper and posts its freight; where posting is refused the paper stays received, and both are shown."""
    key, by = request.POST.get("_key", ""), sight_of(request).person
    page = waybill_pages.waybill_page(sight_of(request), uid)
    if page.line.handed_in_at is None:
        try:
            commands.hand_in_waybill(by=by, key=f"{key}-in", waybill=uid)
        except Refused as refused:
            return _waybill(request, uid, refused.reasons, 422)
    if printed := request.POST.get("printed", "").strip():
        try:
            made = commands.record_printed_freight(by=by, key=f"{key}-printed", waybill=uid, printed=printed, reason=PRINTED.said(request.language))
        except Refused as refused:
            return _waybill(request, uid, refused.reasons, 422)
        said = Text("托运单已收；票面运费等财务另一人同意：{number}", "Waybill received; a second person of finance has to agree: {number}")
        success(request, said.fill(number=made.label if made else "").said(request.language))
        return redirect("transport:waybill", uid=uid)
    if page.deducted:
        said = Text("托运单已收；运补已在订单账款里扣，不再入账", "Waybill received; the order took the subsidy off, nothing is posted")
        success(request, said.said(request.language))
        return redirect("transport:waybill", uid=uid)
    try:
        commands.credit_freight(by=by, key=f"{key}-credit", waybill=uid)
    except Refused as refused:
        return _waybill(request, uid, refused.reasons, 422)
    zh = request.language == "zh"
    success(request, "托运单已收，运费已入账" if zh else "Waybill received, its freight posted")
    return redirect("transport:waybill", uid=uid)


def _waybill(request: SignedIn, uid: UUID, reasons: tuple[Reason, ...] = (), status: int = 200) -> HttpResponse:
    sight = sight_of(request)
    page = waybill_pages.waybill_page(sight, uid)
    values = waybill_pages.form_values(sight, uid) if page.may_fill else {}
    refusal = {"cures": cures_of(reasons, sight, {"waybill": uid})} if reasons else None
    context = {"page": page, "line": page.line, "values": values, "units": UNITS, "key": new_id(), "refusal": refusal}
    context["paper"] = latest("waybill", [uid]).get(uid)
    return render(request, "transport/waybill.html", context, status=status)


def asked_day(request: SignedIn) -> date:
    """The day that is asked for, within a hundred years; today where none is, or no such day."""
    today = timezone.localdate(clock.now())
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return asked if abs(asked.year - today.year) < 100 else today


def sight_of(request: SignedIn) -> Sight:
    return request.sight
