"""What every request passes: language, who is asking, absence, security headers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from gatepass.journal.who import sight_of
from gatepass.people.models import Person
from gatepass.roles import Sight
from gatepass.rules.reasons import KeyReused, NotFound
from gatepass.site import errors, troubles
from gatepass.words import LANGUAGES, Language

UNEXPECTED = 422  # of a constraint that no command had foreseen: the log has to say where
log = logging.getLogger("gatepass.site")
Handler = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
DEVICES = "camera=(self), geolocation=(self), microphone=(), payment=()"


class Visit(HttpRequest):
    """A request as views see it: its language, and who is asking (None: nobody signed in)."""

    language: Language
    sight: Sight | None


def preferences(get_response: Handler) -> Handler:
    """The language: the cookie of the switch, else the person's, else Chinese."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        visit = cast(Visit, request)
        visit.language = language_of(request)
        with translation.override("en" if visit.language == "en" else "zh-hans"):
            response = get_response(request)
        response.headers.setdefault("Content-Language", "en" if visit.language == "en" else "zh-Hans")
        return response

    return middleware


def language_of(request: HttpRequest) -> Language:
    wished = request.COOKIES.get("language")
    if wished not in LANGUAGES and settings.SESSION_COOKIE_NAME in request.COOKIES:
        wished = getattr(request.user, "language", None)
    return "en" if wished == "en" else "zh"


def viewer(get_response: Handler) -> Handler:
    """`request.sight`: the powers and scope of whoever is signed in, read when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        visit = cast(Visit, request)
        person = request.user
        known = isinstance(person, Person)
        visit.sight = cast(Sight, SimpleLazyObject(lambda: sight_of(cast(Person, person).uid))) if known else None
        return get_response(request)

    return middleware


class Absence:
    """What is outside one's scope is answered as what does not exist, the same page, byte for byte. A key that was used, a field that is
    missing, and every trouble of the database are answers too: the one handler of all doors.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            return errors.not_found(request, exception)
        if isinstance(exception, KeyReused):
            return errors.key_reused(request, exception.made)
        if trouble := troubles.of(exception):
            log.error("%s: %s", request.path, exception, exc_info=trouble.status == UNEXPECTED)
            return errors.troubled(request, trouble)
        return None


def spoken_methods(get_response: Handler) -> Handler:
    """That a method is not for an address is said in words too, by the API as a problem."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        return errors.wrong_method(request, response.headers.get("Allow", "")) if response.status_code == 405 else response

    return middleware


def security_headers(get_response: Handler) -> Handler:
    """No inline script or style, nothing from elsewhere. A view that needs more sets a policy of its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", DEVICES)
        if request.path.startswith("/api/") or (getattr(request, "sight", None) is not None and not request.path.startswith("/static/")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
