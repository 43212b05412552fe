"""Signing in and out, the organisation, a person's page."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.look.ours import ours
from gatepass.people import came_in as attempts
from gatepass.people import queries, waiting
from gatepass.people.attempts import OFTEN, OTHERWISE, Attempt, Wait, Way, begin, right
from gatepass.people.models import Person
from gatepass.people.sign_ins import record_sign_in, wrong
from gatepass.people.visitors import know_device, visitor
from gatepass.roles import Power, Sight
from gatepass.words import Text

WRONG = Text("用户名或密码不对", "Name or password is not right")
BACKEND = "gatepass.people.sign_in.PersonBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By name and password; in the demo also by one press on a person, which is refused as absent anywhere else."""
    errors: list[Text] = []
    if request.method == "POST":
        if request.POST.get("person"):
            return _by_face(request)
        found, errors = _by_password(request)
        if found is not None:
            return _enter(request, *found)
    faces = queries.demo_faces() if settings.DEMO else []
    context = {"people": faces, "form_errors": errors, "next": _next(request), "founded": queries.founded(),
               "typed": request.POST.get("name", "")[:60]}  # fmt: skip
    return render(request, "look/sign_in.html", context, status=422 if errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/sign-in/")


@login_required
@require_GET
def organisation(request: SignedIn) -> HttpResponse:
    """Departments, posts, who holds them, who stands in, and what each position may do."""
    sight = _sight(request)
    context = {
        "departments": queries.organisation(sight, clock.now()),
        "keeps": sight.may(Power.KEEP_PEOPLE),
        "q": request.GET.get("q", ""),
        "found": queries.people(sight, request.GET["q"], inactive=True) if request.GET.get("q") else None,
        "without": _without(sight),
        "waiting": waiting.appointments(sight, clock.now()),
        "links": waiting.links(sight, clock.now()),
    }
    return render(request, "people/organisation.html", context)


@login_required
@require_GET
def person(request: SignedIn, uid: UUID) -> HttpResponse:
    sight = _sight(request)
    context = {"file": queries.one(sight, uid, clock.now()), "keeps": sight.may(Power.KEEP_PEOPLE), "own": uid == sight.person,
               "decides": sight.may(Power.DECIDE_AS_HEAD)}  # fmt: skip
    return render(request, "people/person.html", context)


@login_required
@never_cache
@require_GET
def came_in(request: SignedIn) -> HttpResponse:
    """One's own attempts to come in; all of them for who keeps people."""
    sight = _sight(request)
    shows = request.GET.get("shows", "own")
    rows = attempts.came_in(sight, shows=shows if shows in attempts.FILTERS else "own", before=_uid(request.GET.get("before", "")))
    context = {
        "rows": rows, "shows": shows if shows in attempts.FILTERS else "own", "keeps": sight.may(Power.KEEP_PEOPLE),
        "spraying": attempts.spraying(sight) if shows in ("all", "wrong") else [],
        "further": rows[-1].uid if len(rows) == attempts.SHOWN else None,
    }  # fmt: skip
    return render(request, "people/came_in.html", context)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _without(sight: Sight) -> list[queries.Named]:
    """Active people who hold no post now: shown to who keeps people."""
    if not sight.may(Power.KEEP_PEOPLE):
        return []
    held = {row.uid for department in queries.organisation(sight, clock.now()) for post in department.posts for row in post.holders}
    return [row for row in queries.people(sight) if row.uid not in held]


def _by_password(request: HttpRequest) -> tuple[tuple[Person, Attempt] | None, list[Text]]:
    """Who it is, with his attempt; or what to say, where it is nobody or he has to wait."""
    name = request.POST.get("name", "").strip()[:60]
    attempt = begin(Way.SIGN_IN, name, visitor(request), person=queries.uid_of(name))
    if isinstance(attempt, Wait):
        return None, [OFTEN.fill(n=attempt.minutes), OTHERWISE]
    found = authenticate(request, username=name, password=request.POST.get("password", "")[:200])
    if isinstance(found, Person):
        return (found, attempt), []
    wrong(attempt)
    return None, [WRONG]


def _by_face(request: HttpRequest) -> HttpResponse:
    person = _face(request.POST["person"])
    attempt = begin(Way.FACE, "", visitor(request), person=person.uid, waits=False)
    assert isinstance(attempt, Attempt)  # noqa: S101 - who need not wait never waits
    return _enter(request, person, attempt)


def _face(uid: str) -> Person:
    wanted = _uid(uid)
    found = Person.objects.filter(uid=wanted, active=True).first() if settings.DEMO and wanted else None
    if found is None:
        raise Http404
    return found


def _enter(request: HttpRequest, person: Person, attempt: Attempt) -> HttpResponse:
    """The act, then the session; the device is known from now on."""
    record_sign_in(by=person.uid, way=attempt.way, known=attempt.known)
    login(request, person, backend=BACKEND)
    answer = redirect(_next(request) or "/")
    right(attempt, know_device(request, answer))
    return answer


def _next(request: HttpRequest) -> str:
    """Where the visitor wanted to go, if that is a page of ours."""
    wished = request.POST.get("next") or request.GET.get("next", "")
    return ours(wished, request.get_host())


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
