"""The guard's phone: type a code, compare, release once; or stop the vehicle."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gatepass.gate import commands, pages
from gatepass.gate.codes import typed
from gatepass.gate.commands.releases import UNKNOWN
from gatepass.gate.reading import code_in
from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.people.duty import on_duty
from gatepass.people.refusals import cures_of
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import NotFound, Reason, Refused, refusal
from gatepass.transport.views import sight_of
from gatepass.words import Text

PAD = ("1234567890", "ABCDEFGH", "JKLMNPQR", "STUVWXYZ")  # a plate has neither I nor O
UNREADABLE = refusal(
    "照片里没有读出二维码", "No code could be read in the photo", clause="D10", field="photo",
    cure=Text("对准、拍近一点，或者输入编码", "Take it closer and straight, or type the code"),
)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def look_up(request: SignedIn) -> HttpResponse:
    """Type the code, or take a photo of it; a guard's authorities stand below."""
    sight = _guard(request)
    if request.method == "POST":
        photo = request.FILES.get("photo")
        code = code_in(photo.read()) if photo else request.POST.get("code", "")
        if photo and not code:
            return _red(request, [UNREADABLE])
        try:
            page = pages.guard_page(sight, code, clock.now())
        except NotFound:
            return _red(request, [UNKNOWN], typed=code)
        return redirect("gate:shown", code=typed(page.row.code))
    now = clock.now()
    context = {
        "typed": request.GET.get("typed", ""), "authorities": pages.on_authority(sight, now), "desk": on_duty_at_the_desk(),
        "gone": pages.gone_lately(sight, now),
    }  # fmt: skip
    return render(request, "gate/look_up.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def shown(request: SignedIn, code: str) -> HttpResponse:
    """The pass, green or red; the release is decided by the server when the button is pressed, never before."""
    try:
        page = pages.guard_page(_guard(request), code, clock.now())
    except NotFound:
        return _red(request, [UNKNOWN])
    if request.method == "GET":
        return render(request, "gate/shown.html", {"page": page, "row": page.row, "key": new_id(), "pad": PAD, "desk": on_duty_at_the_desk()})
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("plate", "cartons", "seals")}
    try:
        commands.release_vehicle(by=_guard(request).person, key=request.POST.get("_key") or None, code=code, **given)
    except Refused as refused:
        return _red(request, refused.reasons, code=code, given={"gate_pass": page.row.uid})
    return _released(request, page.row.plate)


@login_required
@require_http_methods(["GET", "POST"])
def by_authority(request: SignedIn, uid: UUID, trip: UUID) -> HttpResponse:
    """After hours: collect the copies, compare, release."""
    sight, now = _guard(request), clock.now()
    found = next((one for one in pages.on_authority(sight, now) if one.uid == uid), None)
    row = next((one for one in found.trips if one.uid == trip), None) if found else None
    if found is None or row is None:
        raise Http404
    if request.method == "GET":
        return render(request, "gate/by_authority.html", {"authority": found, "trip": row, "key": new_id(), "pad": PAD})
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("plate", "cartons", "seals")}
    given["copies_collected"] = request.POST.get("copies_collected") == "true"
    try:
        commands.release_on_authority(by=sight.person, key=request.POST.get("_key") or None, authority=uid, trip=trip, **given)
    except Refused as refused:
        return _red(request, refused.reasons, given={"trip": trip})
    return _released(request, row.plate)


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: SignedIn) -> HttpResponse:
    """Vehicle and load do not agree: what, and a photo."""
    sight = _guard(request)
    code, refused = request.GET.get("code", ""), None
    if request.method == "POST":
        photo = request.FILES.get("photo")
        given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("code", "plate", "what")}
        given["photo"] = b64encode(photo.read()).decode() if photo else ""
        try:
            commands.stop_vehicle(by=sight.person, key=request.POST.get("_key") or None, **given)
        except Refused as found:
            refused, code = {"cures": cures_of(found.reasons, sight, given)}, given["code"]
        else:
            zh = request.language == "zh"
            success(request, "已拦下并记录" if zh else "Stopped, and on record")
            return redirect("gate:guard")
    context = {"code": code, "key": new_id(), "refusal": refused, "posted": request.POST}
    return render(request, "gate/stop.html", context, status=422 if refused else 200)


def _released(request: SignedIn, plate: str) -> HttpResponse:
    zh = request.language == "zh"
    success(request, f"{plate} 已放行" if zh else f"{plate} released")
    return redirect("gate:guard")


def _red(
    request: SignedIn, reasons: tuple[Reason, ...] | list[Reason], *, code: str = "", given: dict[str, Any] | None = None,
    typed: str = "",
) -> HttpResponse:
    """The red page: every reason at once, what to do, whom to call. It is on record already. typed: a code of no pass, to be mended."""
    order = Text("{n} 处不符。请车靠边，别出门", "What does not agree: {n}. Pull it over, keep it inside").fill(n=len(reasons))
    shown = {
        "title": Text("不能放行", "Do not release"),
        "order": order,
        "cures": cures_of(reasons, sight_of(request), given or {}),
        "record": Text("已记录。截图、照片不能当出门条", "On record. A picture of a pass is no pass"),
    }  # fmt: skip
    context = {"refusal": shown, "code": code, "typed": typed, "desk": on_duty_at_the_desk()}
    return render(request, "gate/red.html", context, status=422)


def on_duty_at_the_desk() -> Text:
    """Who is at the gate-pass desk: names only, the guard sees no phone numbers of others."""
    names = on_duty(Position.CLIENT_ADMIN)
    return Text("、".join(names), ", ".join(names))


def _guard(request: SignedIn) -> Sight:
    sight = sight_of(request)
    if not sight.may(Power.RELEASE):
        raise Http404
    return sight


