"""One's own page: password, language and theme, tokens, deputies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.people import queries
from gatepass.people.accounts import NOT_THE_PRESENT, Theme, Tongue, change_password, set_preferences
from gatepass.people.attempts import Wait, Way, begin, right
from gatepass.people.models import Person
from gatepass.people.sign_ins import wrong
from gatepass.people.tokens import issue_token, new_token, revoke_token
from gatepass.people.visitors import know_device, visitor
from gatepass.rules.reasons import KeyReused, Reason, Refused, refusal
from gatepass.words import Text

YEAR: Final = 365 * 24 * 60 * 60
SAVED: Final = {
    "password": Text("密码已改，别处的登录都已退出", "The password is changed; you are signed out everywhere else"),
    "preferences": Text("设置已存", "Your preferences are saved"),
    "revoke": Text("令牌已收回", "The token is revoked"),
}


@login_required
@never_cache
@require_GET
def account(request: SignedIn) -> HttpResponse:
    return _page(request, {"saved": SAVED.get(request.GET.get("saved", ""))})


@login_required
@never_cache
@require_POST
def change(request: SignedIn, what: str) -> HttpResponse:
    """One of the page's forms; when refused, the page again with every reason."""
    handler = HANDLERS.get(what)
    if handler is None:
        raise Http404
    try:
        return handler(request)
    except Refused as refused:
        return _refused(request, what, refused.reasons)
    except KeyReused:
        return _refused(request, what, [refusal("这张表已经存过", "This form was saved before")])


def _password(request: SignedIn) -> HttpResponse:
    """Without a key: pressed twice, the second time finds the present password changed."""
    new = request.POST.get("password", "")
    if new != request.POST.get("again", ""):
        raise Refused([refusal("两次输入的新密码不一样", "The new password was typed differently the second time", field="again")])
    me = _me(request)
    attempt = begin(Way.PASSWORD, me.username, visitor(request), person=me.uid)
    if isinstance(attempt, Wait):
        raise Refused([attempt.reason])
    try:
        change_password(by=me.uid, current=request.POST.get("current", ""), password=new)
    except Refused as refused:
        if NOT_THE_PRESENT in refused.reasons:
            wrong(attempt)
        else:
            right(attempt, "")
        raise
    answer = redirect("/me/?saved=password")
    right(attempt, know_device(request, answer))
    update_session_auth_hash(request, Person.objects.get(pk=me.pk))
    return answer


def _preferences(request: SignedIn) -> HttpResponse:
    """Kept for the person, and in this browser's cookies, which the switches of every page set too."""
    chosen = {name: request.POST.get(name, "") for name in ("language", "theme")}
    set_preferences(by=_me(request).uid, key=_key(request), language=chosen["language"], theme=chosen["theme"])
    answer = redirect("/me/?saved=preferences")
    for name, value in chosen.items():
        answer.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return answer


def _token(request: SignedIn) -> HttpResponse:
    """The token is shown on this answer and nowhere else."""
    token, digest = new_token()
    only_reads, named = request.POST.get("only_reads") == "1", request.POST.get("commands", "").replace(",", " ").split()
    issue_token(
        by=_me(request).uid, name=request.POST.get("name", ""), digest=digest, days=request.POST.get("days", "90") or "90",
        reads=only_reads or request.POST.get("reads") == "1", acts=not only_reads, commands=[] if only_reads else named,
    )  # fmt: skip
    return _page(request, {"token": token})


def _revoke(request: SignedIn) -> HttpResponse:
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        raise Http404 from None
    revoke_token(by=_me(request).uid, key=_key(request), token=token)
    return redirect("/me/?saved=revoke")


HANDLERS: Final[dict[str, Callable[[SignedIn], HttpResponse]]] = {
    "password": _password, "preferences": _preferences, "token": _token, "revoke": _revoke,
}  # fmt: skip


def _refused(request: SignedIn, what: str, reasons: Sequence[Reason]) -> HttpResponse:
    return _page(request, {"refused": what, "reasons": reasons, "typed": request.POST if what == "token" else {}}, status=422)


def _page(request: SignedIn, more: dict[str, Any], *, status: int = 200) -> HttpResponse:
    sight = request.sight
    context = {
        "me": _me(request), "file": queries.one(sight, sight.person, clock.now()), "tokens": queries.tokens(sight),
        "languages": tuple(Tongue), "themes": tuple(Theme), "key": new_id(),
    }  # fmt: skip
    return render(request, "people/account.html", context | more, status=status)


def _me(request: SignedIn) -> Person:
    """Who is signed in; login_required has seen to it."""
    return Person.objects.get(uid=request.sight.person)


def _key(request: SignedIn) -> str | None:
    return request.POST.get("_key") or None
