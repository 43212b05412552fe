"""Icons as SVG in the page: the lucide set by name, and the program's own gate."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon

_OWN: Final = {"gate": '<path d="M3.75 21V5.25M3.75 9l16.5-4.5M3.75 9v3.750l16.5-4.5M20.25 21V4.500"/>'}


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """The SVG of an icon, hidden from screen readers: words stand beside it. Raises lucide.IconDoesNotExist."""
    if name in _OWN:
        shapes = _OWN[name]
    else:
        svg = ElementTree.fromstring(_render_icon(name, None))  # noqa: S314 -- our own package's file
        shapes = "".join(ElementTree.tostring(shape, encoding="unicode") for shape in svg)
    return mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>')  # noqa: S308
