"""A request as the pages of whoever is signed in see it. The middleware of `site` and htmx put there what it declares."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from gatepass.roles import Sight
from gatepass.words import Language


class SignedIn(HttpRequest):
    """Behind `login_required` there is always somebody: `sight` says who, with his powers and scope.

    htmx: whether a fragment is asked for, truthy or not. menu_counts: what the menu counts, where the page has it at hand.
    """

    sight: Sight
    language: Language
    htmx: object
    menu_counts: Mapping[str, int] | None = None
