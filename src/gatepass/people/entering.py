"""One-time links on the web: shown once to who keeps people, their code once to the head, and the page on which a person sets his password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.people import queries
from gatepass.people.attempts import FREE, Attempt, Wait, Way, begin, right
from gatepass.people.links import (
    OVER,
    WRONG_CODE,
    confirm_link,
    digest_of,
    issue_link,
    new_code,
    new_link,
    spend_link,
    use_link,
)
from gatepass.people.models import Invitation
from gatepass.people.sign_ins import guessed, wrong
from gatepass.people.visitors import know_device, visitor
from gatepass.people.visits import need
from gatepass.roles import SYSTEM, Power
from gatepass.rules.reasons import NotFound, Reason, Refused, refusal


@login_required
@never_cache
@require_POST
def link(request: SignedIn, uid: UUID) -> HttpResponse:
    """A link for this person, shown on this answer and nowhere else."""
    sight = need(request, Power.KEEP_PEOPLE)
    token, digest = new_link()
    person = queries.one(sight, uid, clock.now())
    try:
        made = issue_link(by=sight.person, person=uid, digest=digest)
    except Refused as refused:
        return render(request, "people/once.html", {"person": person, "reasons": refused.reasons}, status=422)
    needs_code = made is not None and Invitation.objects.filter(uid=made.uid, needs_code=True).exists()
    address = f"{settings.URL}/first/{token}/" if settings.GIVEN_URL else request.build_absolute_uri(f"/first/{token}/")
    return render(request, "people/once.html", {"person": person, "address": address, "needs_code": needs_code})


@login_required
@never_cache
@require_POST
def code(request: SignedIn, uid: UUID) -> HttpResponse:
    """The head confirms a link: its code is shown on this answer and nowhere else."""
    sight = need(request, Power.AMEND_RULEBOOK)
    row = Invitation.objects.select_related("person").filter(uid=uid).first()
    if row is None:
        raise NotFound("link")
    person = queries.one(sight, row.person.uid, clock.now())
    shown, digest = new_code()
    try:
        confirm_link(by=sight.person, link=uid, digest=digest)
    except Refused as refused:
        return render(request, "people/once.html", {"person": person, "reasons": refused.reasons}, status=422)
    return render(request, "people/once.html", {"person": person, "code": shown})


@never_cache
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever came with a link sets his password here, and signs in with it on the next page."""
    row = Invitation.objects.select_related("person").filter(digest=digest_of(token)).first()
    if row is None or not row.person.active:
        guessed(Way.LINK, token, visitor(request))
        raise NotFound("link")
    if row.used_at or row.withdrawn_at or row.expires_at <= clock.now():
        return _shown(request, row, [OVER], 410)
    if request.method == "GET":
        return _shown(request, row, [])
    if request.POST.get("password", "") != request.POST.get("again", ""):
        return _shown(request, row, [refusal("两次输入的密码不一样", "The password was typed differently the second time", field="again")], 422)
    attempt = begin(Way.CODE, str(row.uid), visitor(request))
    if isinstance(attempt, Wait):
        return _shown(request, row, [attempt.reason], 422)
    return _used(request, row, attempt)


def _used(request: HttpRequest, row: Invitation, attempt: Attempt) -> HttpResponse:
    """Only a wrong code is a wrong attempt. Who has set his password is known on this device, whatever strangers tried on his name."""
    try:
        use_link(by=row.person.uid, link=row.uid, code=request.POST.get("code", ""), password=request.POST.get("password", ""))
    except Refused as refused:
        if WRONG_CODE in refused.reasons:
            wrong(attempt)
            if attempt.before + 1 >= FREE:
                spend_link(by=SYSTEM.person, link=row.uid)
        else:
            right(attempt, "")
        return _shown(request, row, list(refused.reasons), 422)
    logout(request)
    answer = redirect("/sign-in/")
    device = know_device(request, answer)
    right(attempt, "")
    vouched = begin(Way.LINK, "", visitor(request), person=row.person.uid, waits=False)
    if isinstance(vouched, Attempt):
        right(vouched, device)
    return answer


def _shown(request: HttpRequest, row: Invitation, reasons: list[Reason], status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"name": row.person.name, "username": row.person.username, "needs_code": row.needs_code, "reasons": reasons,
                               "over": status == 410, "confirmed": row.confirmed_at is not None}  # fmt: skip
    return render(request, "people/first.html", context, status=status)
