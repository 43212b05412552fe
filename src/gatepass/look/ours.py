"""Addresses that may be followed after something was done: paths of ours, and nothing that a browser reads as another's."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest


def ours(wished: str, host: str = "") -> str:
    """The path with its query, where this is one of ours (or a whole address on this very host); "" for anything else.

    Browsers take a backslash for a slash, and leave out tabs and line ends: `/\\evil.example` is another's address.
    """
    if not wished or "\\" in wished or any(ord(letter) < 33 or ord(letter) == 127 for letter in wished):
        return ""
    try:
        parts = urlsplit(wished)
    except ValueError:
        return ""
    another = (parts.scheme or parts.netloc) and (parts.scheme not in ("http", "https") or not host or parts.netloc != host)
    if another or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def back(request: HttpRequest, field: str, *, forms: bool = False, otherwise: str = "/") -> str:
    """Where to go afterwards: what the form or the address says in this field, else where it was pressed, if that is a path of ours.

    forms: whether it may be the form of a command again, as when only the language of the page was changed.
    """
    wished = request.POST.get(field) or request.GET.get(field) or request.headers.get("referer", "")
    path = ours(wished, request.get_host())
    return path if path and (forms or not path.startswith("/do/")) else otherwise
