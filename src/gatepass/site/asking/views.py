"""The generic page of a command: its form, its answer, its refusal. Every command has one; richer pages post to the same address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods

from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.door import COMMANDS, Command, Ref
from gatepass.journal.refusals import tries
from gatepass.journal.visits import SignedIn
from gatepass.look.addresses import address_of, where_to
from gatepass.look.asides import aside_of
from gatepass.look.fields import Form
from gatepass.look.ours import back, ours
from gatepass.people.refusals import cures_of, refusal_of
from gatepass.roles import Sight
from gatepass.rules.reasons import KeyReused, NotFound, Refused
from gatepass.site.asking.about import about
from gatepass.site.asking.about_book import OF_THE_BOOK
from gatepass.site.asking.forms import form_for, posted
from gatepass.site.asking.present import present
from gatepass.site.pickers import pick
from gatepass.words import Text

UNFITTING: Final = Text(
    "选的几样里有一样找不到，或不属于同一件，请重选", "One of the things chosen is not there, or does not belong to the others: choose again"
)
DONE: Final = Text("{title}：{label} 已办", "{title}: {label} done")
SIGNED: Final = ("sign", "send_back", "record_word", "confirm_word")
CODE: Final = re.compile(r"[a-z_]{1,24}")


def named(name: str) -> Command:
    """A command that people may call. Raises Http404."""
    command = COMMANDS.get(name)
    if command is None or command.hidden:
        raise Http404
    return command


@login_required
@require_http_methods(["GET", "POST"])
def do(request: SignedIn, name: str) -> HttpResponse:
    """The form of a command (GET, filled from the query) or its running (POST)."""
    command = named(name)
    sight = request.sight
    if request.method == "GET":
        asked = {key: value for key, value in request.GET.items() if not key.startswith("_")}
        if (command.may is None or sight.may(command.may)) and (page := _page_of(command, asked)):
            return HttpResponseRedirect(page)
        return _form(request, command, form_for(command, sight, present(command, sight, asked) | asked, back=back(request, "_back")), asked)
    given: dict[str, Any] = posted(command, request.POST)
    key = request.POST.get("_key", "")
    try:
        made = command(by=sight.person, key=key or None, **given)
    except KeyReused as reused:
        again = Text("已存为 {made}。要再存一份，请再按一次", "Already saved as {made}. To save another one, press once more").fill(made=reused.made)
        form = form_for(command, sight, given, back=back(request, "_back"), typed=request.POST)
        return _form(request, command, _with_error(form, again), given, 422)
    except NotFound:
        if not _chosen(request):
            raise
        form = form_for(command, sight, given, back=back(request, "_back"), typed=request.POST)
        return _form(request, command, _with_error(form, UNFITTING), given, 422)
    except Refused as refused:
        return refused_page(request, command, refused, given, key)
    return _done(request, command, given, made)


def _page_of(command: Command, asked: Mapping[str, Any]) -> str:
    """The page made for a command, where there is one and it knows what it is about: with goods, figures and addresses filled in."""
    about_it = {one.name for one in command.declaration.fields if one.of and not one.many}
    try:
        things = {name: str(UUID(str(value))) for name, value in asked.items() if name in about_it}
        codes = {one.name: str(asked[one.name]) for one in command.declaration.fields if one.called and one.called.hidden and one.name in asked}
        where = where_to(command.name, {**{name: code for name, code in codes.items() if CODE.fullmatch(code)}, **things})
    except ValueError:
        return ""
    return "" if where.startswith("/do/") else where


def _with_error(form: Form, error: Text) -> Form:
    return replace(form, errors=(error, *form.errors))


def _form(
    request: SignedIn, command: Command, form: Form, given: Mapping[str, Any], status: int = 200, refusal: dict[str, Any] | None = None
) -> HttpResponse:
    """refusal: conditions that are missing besides what is to be mended in the form."""
    fixed = {name: value for name, value in given.items() if name not in _chosen(request)}
    facts = about(command, request.sight, fixed)
    context = {"form": form, "command": command, "facts": facts, "refusal": refusal, "live": command.name in OF_THE_BOOK}
    return render(request, "site/do.html", context, status=status)


@login_required
@require_GET
def beside(request: SignedIn, name: str) -> HttpResponse:
    """The facts beside a form, by what is typed so far: a fragment."""
    command = named(name)
    facts = about(command, request.sight, posted(command, request.GET)) if command.name in OF_THE_BOOK else []
    return render(request, "site/beside.html", {"command": command, "facts": facts, "live": True})


def _chosen(request: SignedIn) -> set[str]:
    """The references that were chosen in this very form: they stay open to another choice when it comes back."""
    return {name.removesuffix("__shown") for name in request.POST if name.endswith("__shown")}


def refused_page(request: SignedIn, command: Command, refused: Refused, given: dict[str, Any], key: str) -> HttpResponse:
    """Problems with the input come back in the form, missing conditions get the page of a refusal: 422, or 409 where somebody else was quicker.
    Nothing typed is lost."""
    sight = request.sight
    input_is_wrong = any(reason.field for reason in refused.reasons)
    if input_is_wrong or not (any(reason.clause for reason in refused.reasons) or _page_of(command, given)):
        missing = [reason for reason in refused.reasons if reason.clause and not reason.field]
        wrong = [reason for reason in refused.reasons if reason not in missing]
        form = form_for(command, sight, given, reasons=wrong, key=key, back=back(request, "_back"), typed=request.POST)
        return _form(request, command, form, given, refused.status, {"cures": cures_of(missing, sight, given)} if missing else None)
    home = back(request, "_back")
    crumb = [(Text("返回", "Back"), home), (command.titled(given), "")]
    refusal = refusal_of(refused, sight, command.titled(given), given=given, crumb=crumb, record=_recorded(command, sight, refused, given))
    for cure in refusal["cures"]:
        if cure["own"] and not cure["action"]:
            cure["action"] = {"text": Text("回去填", "Go back and fill it in"), "href": home}
    facts = aside_of(command.name, sight, given) or [(fact.word, fact.value) for fact in about(command, sight, given)]
    refusal |= {"facts": facts, "again": _again(request), "again_url": home}
    return render(request, "look/refusal.html", {"refusal": refusal}, status=refused.status)


def _recorded(command: Command, sight: Sight, refused: Refused, given: dict[str, Any]) -> Text:
    """That this attempt is on record, by which clauses, and how often it was tried."""
    articles = list(dict.fromkeys(reason.clause.split(".")[0] for reason in refused.reasons if reason.clause))
    said = Text("{at} {who} {title}，未通过 {clauses}，已记录。", "{at} {who}: {title}, refused by {clauses}. This is on record.").fill(
        at=f"{localtime(now()):%H:%M}", who=sight.name, title=command.titled(given), clauses=articles
    )
    times = tries(command.name, sight.person, command.about(given))
    return said + Text("这是第 {n} 次。", " It was try no. {n}.").fill(n=times) if times else said


def _again(request: SignedIn) -> dict[str, Any] | None:
    """The same once more, with what was typed; not where a file was sent, which a page cannot keep."""
    if request.FILES:
        return None
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in ("_key", "csrfmiddlewaretoken")]
    return {"action": request.path, "fields": kept, "key": new_id()}


def _done(request: SignedIn, command: Command, given: Mapping[str, Any], made: Ref | None) -> HttpResponse:
    page = address_of(made.kind, made.uid) if made else "/"
    waits = page.startswith("/approvals/") and command.name not in SIGNED  # its effect comes with somebody's signature
    ended = Text("{title}：{label} 已提交，等人签", "{title}: {label} waits for signatures") if waits else DONE
    success(request, ended.fill(title=command.titled(given), label=made.label if made else "").said(request.language))
    if where := ours(request.POST.get("_next", ""), request.get_host()):
        return HttpResponseRedirect(where)
    return HttpResponseRedirect(page if page != "/" else back(request, "_back"))


@login_required
@require_GET
def lookup(request: SignedIn, kind: str) -> JsonResponse:
    """Rows for a reference field while typing."""
    rows = pick(request.sight, kind, request.GET.get("q", "").strip())
    if rows is None:
        raise Http404
    return JsonResponse(rows, safe=False)
