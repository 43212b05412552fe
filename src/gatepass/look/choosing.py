"""Texts that a form lets one choose instead of type: the lists are told by whoever has them, because forms know no trade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from gatepass.look.fields import Choice
from gatepass.roles import Sight

Lister = Callable[[Sight, Mapping[str, Any]], Sequence[Choice]]
LISTS: Final[dict[str, Lister]] = {}


def know_choices(**lists: Lister) -> None:
    """Register lists by name. A list may depend on what else the form holds already."""
    LISTS.update(lists)


def choices_of(name: str, sight: Sight, given: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(LISTS[name](sight, given)) if name in LISTS else ()
