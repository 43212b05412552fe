"""Phones: the warehouse loads and counts, the driver counts, signs, delivers and says where he is."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.door import Command
from gatepass.journal.visits import SignedIn
from gatepass.look.fields import Field
from gatepass.people.refusals import cures_of
from gatepass.roles import Power
from gatepass.rules.reasons import Refused, refusal
from gatepass.transport import board, commands
from gatepass.transport.rows import Stage
from gatepass.transport.views import sight_of
from gatepass.words import Text

UNSIGNED = refusal("还没有签字：在框里签，或打上姓名代替", "Not signed yet: sign in the box, or type the name instead", clause="D9", field="image")
SIGNATURE = Field("image", Text("承运人签字", "Carrier signs"), "signature")


@login_required
@require_GET
def loading(request: SignedIn) -> HttpResponse:
    """Vehicles in the yard that are to be loaded."""
    trips = board.to_load(_may(request, Power.PICK), clock.now())
    return render(request, "transport/loading.html", {"trips": trips})


@login_required
@require_http_methods(["GET", "POST"])
def load(request: SignedIn, uid: UUID) -> HttpResponse:
    """One vehicle: count, record a signature on paper, finish with its seals."""
    sight = _may(request, Power.PICK)
    page = board.trip_page(sight, uid, clock.now())
    reasons: list[dict[str, Any]] = []
    if request.method == "POST":
        reasons = _loaded(request)
        if not reasons:
            unloaded = request.POST.get("do") == "unload"
            return redirect("transport:loading") if unloaded else redirect("transport:load", uid=uid)
    context = {"page": page, "trip": page.trip, "key": new_id(), "refusal": {"cures": reasons} if reasons else None}
    context["open"] = page.trip.left_at is None and page.trip.stage not in (Stage.PASSED, Stage.VOID)
    return render(request, "transport/load.html", context | {"posted": request.POST}, status=422 if reasons else 200)


def _loaded(request: SignedIn) -> list[dict[str, Any]]:
    """What was pressed; a count that was typed is signed before loading is finished, never dropped."""
    known = {"count": commands.count_load, "paper": commands.record_signature_on_paper, "finish": commands.finish_loading}
    counted = request.POST.get("do") == "finish" and request.POST.get("cartons", "").strip()
    if counted and (reasons := _run(request, known, "count")):
        return reasons
    return _run(request, known | {"unload": commands.take_notice_off_trip})


@login_required
@require_GET
def drive(request: SignedIn) -> HttpResponse:
    """A driver's own trips."""
    trips = board.to_drive(_may(request, Power.SIGN_AS_CARRIER), clock.now())
    return render(request, "transport/drive.html", {"trips": trips})


@login_required
@require_http_methods(["GET", "POST"])
def delivery(request: SignedIn, uid: UUID) -> HttpResponse:
    """One trip of his: whom to bring what, consigned or delivered, where he is, arrived."""
    sight = _may(request, Power.SIGN_AS_CARRIER)
    page = board.trip_page(sight, uid, clock.now())
    reasons: list[dict[str, Any]] = []
    if request.method == "POST":
        reasons = _run(request, {"consigned": commands.claim_consigned, "position": commands.report_position,
                                 "arrived": commands.record_arrival})  # fmt: skip
        if not reasons:
            return redirect("transport:delivery", uid=uid)
    context = {"page": page, "trip": page.trip, "key": new_id(), "refusal": {"cures": reasons} if reasons else None}
    return render(request, "transport/delivery.html", context | {"posted": request.POST}, status=422 if reasons else 200)


@login_required
@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, uid: UUID) -> HttpResponse:
    """Count one outbound order and sign it and its waybill on the glass."""
    trip, stop = board.stop_of(_may(request, Power.SIGN_AS_CARRIER), uid, clock.now())
    reasons: list[dict[str, Any]] = []
    if request.method == "POST":
        drawn = request.POST.get("image", "").strip() or request.POST.get("image__typed", "").strip()
        reasons = _run(request, {"sign": commands.sign_as_carrier}) if drawn else cures_of([UNSIGNED], sight_of(request), {})
        if not reasons:
            return redirect("transport:delivery", uid=trip.uid)
    context = {"trip": trip, "stop": stop, "key": new_id(), "signature": SIGNATURE}
    context |= {"refusal": {"cures": reasons} if reasons else None, "posted": request.POST}
    return render(request, "transport/sign.html", context, status=422 if reasons else 200)


def _run(request: SignedIn, known: dict[str, Command], name: str = "") -> list[dict[str, Any]]:
    """Run the command that the pressed button (or `name`) names; gives why it was refused."""
    pressed = name or request.POST.get("do", "")
    command = known.get(pressed)
    if command is None:
        raise Http404
    given: dict[str, Any] = {}
    for one in command.declaration.fields:
        value: Any = request.POST.get(one.name, "").strip()
        if (photo := request.FILES.get(one.name)) is not None:
            value = b64encode(photo.read()).decode()
        if one.type is bool:
            value = value in ("true", "on")
        if value != "":
            given[one.name] = value
    if request.POST.get("image__typed", "").strip():
        given["name"] = request.POST["image__typed"].strip()
    try:
        command(by=sight_of(request).person, key=f"{key}-{pressed}" if (key := request.POST.get("_key")) else None, **given)
    except Refused as refused:
        return cures_of(refused.reasons, sight_of(request), given)
    zh = request.language == "zh"
    success(request, f"{command.title.zh}：已记下" if zh else f"{command.title.en}: recorded")
    return []


def _may(request: SignedIn, power: Power) -> Any:
    """The viewer, where his position has this page; else it does not exist for him."""
    sight = sight_of(request)
    if not sight.may(power):
        raise Http404
    return sight
