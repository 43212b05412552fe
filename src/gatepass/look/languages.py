"""The language of the page being made."""

from __future__ import annotations

from django.utils.translation import get_language

from gatepass.words import Language


def language() -> Language:
    """`zh` or `en`; Chinese where nothing was chosen."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"
