"""The warehouse's phone pages (mockup 06c): the line in hand, its batches, doubt, shortage."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepass.dispatch.commands.doubts import raise_doubt
from gatepass.dispatch.commands.picking import finish_picking, pick_line, start_picking
from gatepass.dispatch.queries import picking
from gatepass.dispatch.queries.picking import PickPage
from gatepass.dispatch.views import sight_of
from gatepass.identity import new_id
from gatepass.journal.visits import SignedIn
from gatepass.people.refusals import cures_of
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import KeyReused, Reason, Refused, refusal


@login_required
@require_GET
def listing(request: SignedIn) -> HttpResponse:
    """What is to be picked, by planned day."""
    sight = _picker(request)
    return render(request, "dispatch/picking_list.html", {"rows": picking.to_pick(sight)})


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: SignedIn, uid: UUID) -> HttpResponse:
    """Start, pick the line in hand, finish. What is refused is said on the same page, with what was ticked kept."""
    sight = _picker(request)
    if request.method == "GET":
        return _shown(request, picking.picking(sight, uid, _uuid(request.GET.get("line"))))
    page = picking.picking(sight, uid, _uuid(request.POST.get("line")))
    try:
        _run(request, sight, page)
    except KeyReused:
        return redirect("dispatch:picking", uid=uid)
    except Refused as refused:
        return _shown(request, picking.picking(sight, uid, _uuid(request.POST.get("line"))), refused.reasons)
    return redirect("dispatch:picking", uid=uid)


def _run(request: SignedIn, sight: Sight, page: PickPage) -> None:
    """The button that was pressed. Raises Refused."""
    key = request.POST.get("_key") or None
    match request.POST.get("do"):
        case "start":
            start_picking(by=sight.person, key=key, notice=page.row.uid)
        case "finish":
            finish_picking(by=sight.person, key=key, notice=page.row.uid)
        case "pick":
            if page.current is None:
                raise Refused([refusal("这一行已经不在通知单上", "This line is no longer on the notice")])
            pick_line(by=sight.person, key=key, notice=page.row.uid, line=page.current.line.uid, batches=_batches(request, page))
        case _:
            raise Http404


def _batches(request: SignedIn, page: PickPage) -> list[dict[str, Any]]:
    """Ticked batches with their cartons, and the one whose code was typed: for what is then still wanted unless a number stands beside it.
    Raises Refused."""
    found: list[dict[str, Any]] = [
        {"batch": one, "cartons": request.POST.get(f"cartons-{one}", "")} for one in request.POST.getlist("batch")
    ]
    code = request.POST.get("code", "").strip()
    if code and page.current is not None:
        batch = picking.batch_of_code(page.current.line, code)
        if batch is None:
            raise Refused([refusal("没有这个批次", "There is no such batch", field="code")])
        rest = page.current.line.left - sum(int(one["cartons"]) for one in found if str(one["cartons"]).isdigit())
        found.append({"batch": batch, "cartons": request.POST.get("code_cartons", "").strip() or rest})
    return found


@login_required
@require_http_methods(["GET", "POST"])
def doubt(request: SignedIn, uid: UUID, line: UUID) -> HttpResponse:
    """A question that stops the notice."""
    sight = _picker(request)
    page = picking.picking(sight, uid, line)
    reasons: tuple[Reason, ...] = ()
    question = request.POST.get("question", "")
    if request.method == "POST":
        try:
            raise_doubt(by=sight.person, key=request.POST.get("_key") or None, notice=uid, line=line, question=question)
        except Refused as refused:
            reasons = refused.reasons
        except KeyReused:
            return redirect("dispatch:picking", uid=uid)
        else:
            return redirect("dispatch:picking", uid=uid)
    context = {"page": page, "question": question, "refusal": _small(request, reasons, uid), "key": new_id()}
    return render(request, "dispatch/doubt.html", context, status=422 if reasons else 200)


@login_required
@require_GET
def short(request: SignedIn, uid: UUID, line: UUID) -> HttpResponse:
    """There is not enough: fewer, or another product instead, with the consent of sales."""
    sight = _picker(request)
    page = picking.picking(sight, uid, line)
    missing = page.current.line.left - sum(offer.propose for offer in page.current.offers) if page.current else 0
    context = {"page": page, "missing": missing or 1, "products": picking.products(), "key": new_id()}
    return render(request, "dispatch/short.html", context)


def _shown(request: SignedIn, page: PickPage, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    ticked = request.POST.getlist("batch")
    context = {
        "page": page,
        "refusal": _small(request, reasons, page.row.uid),
        "key": new_id(),
        "ticked": ticked,
        "code": request.POST.get("code", ""),
        "code_cartons": request.POST.get("code_cartons", ""),
    }
    return render(request, "dispatch/picking.html", context, status=422 if reasons else 200)


def _small(request: SignedIn, reasons: tuple[Reason, ...], notice: UUID) -> dict[str, Any] | None:
    """The reasons as they stand in place on a phone: who can cure each, by when."""
    return {"cures": cures_of(reasons, sight_of(request), {"notice": notice})} if reasons else None


def _picker(request: SignedIn) -> Sight:
    sight = sight_of(request)
    if not sight.may(Power.PICK):
        raise Http404
    return sight


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
