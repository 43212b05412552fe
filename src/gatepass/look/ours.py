"""Addresses that may be followed after something was done: paths of ours, and nothing that a browser reads as another's."""

from __future__ import annotations

from urllib.parse import urlsplit


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
