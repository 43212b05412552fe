"""Light, dark, or as the system has it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

THEMES: Final = ("auto", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """From the cookie, else as the person keeps it, else as the system has it."""
    for wished in (request.COOKIES.get("theme"), getattr(getattr(request, "user", None), "theme", None)):
        if wished in THEMES:
            return str(wished)
    return "auto"
