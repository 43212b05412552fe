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
from gatepass.people import queries, waiting
from gatepass.people.models import Person
from gatepass.people.throttle import failed, forgiven
from gatepass.people.throttle import waiting as minutes_left
from gatepass.roles import Power, Sight
from gatepass.words import Text

WRONG = Text("用户名或密码不对", "Name or password is not right")
OFTEN = Text("试错太多次，{n} 分钟后再试", "Too many wrong attempts: try again in {n} minutes")
BACKEND = "gatepass.people.sign_in.PersonBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By name and password; in the demo also by one press on a person, which is refused as absent anywhere else."""
    errors: list[Text] = []
    if request.method == "POST":
        if request.POST.get("person"):
            return _enter(request, _face(request.POST["person"]))
        person, errors = _by_password(request)
        if person is not None:
            return _enter(request, person)
    faces = queries.demo_faces() if settings.DEMO else []
    context = {"people": faces, "form_errors": errors, "next": _next(request), "founded": queries.founded()}
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
    context = {"file": queries.one(sight, uid, clock.now()), "keeps": sight.may(Power.KEEP_PEOPLE), "own": uid == sight.person}
    return render(request, "people/person.html", context)


def _without(sight: Sight) -> list[queries.Named]:
    """Active people who hold no post now: shown to who keeps people."""
    if not sight.may(Power.KEEP_PEOPLE):
        return []
    held = {row.uid for department in queries.organisation(sight, clock.now()) for post in department.posts for row in post.holders}
    return [row for row in queries.people(sight) if row.uid not in held]


def _by_password(request: HttpRequest) -> tuple[Person | None, list[Text]]:
    name = request.POST.get("name", "").strip()[:60]
    minutes = minutes_left(name)
    if minutes:
        return None, [OFTEN.fill(n=minutes)]
    found = authenticate(request, username=name, password=request.POST.get("password", "")[:200])
    if isinstance(found, Person):
        forgiven(name)
        return found, []
    failed(name)
    return None, [WRONG]


def _face(uid: str) -> Person:
    try:
        wanted = UUID(uid)
    except ValueError:
        raise Http404 from None
    found = Person.objects.filter(uid=wanted, active=True).first() if settings.DEMO else None
    if found is None:
        raise Http404
    return found


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    login(request, person, backend=BACKEND)
    return redirect(_next(request) or "/")


def _next(request: HttpRequest) -> str:
    """Where the visitor wanted to go, if that is a page of ours."""
    wished = request.POST.get("next") or request.GET.get("next", "")
    return ours(wished, request.get_host())


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
