"""What stands beside the refusal of a command: the facts of the very thing it was about. Modules register theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from gatepass.roles import Sight
from gatepass.words import Text

Aside = Callable[[Sight, Mapping[str, Any]], list[tuple[Text, Any]]]
ASIDES: Final[dict[str, Aside]] = {}


def aside_of(command: str, sight: Sight, given: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    """Facts as (word, value), for look/kv.html; nothing where a command registered none."""
    made = ASIDES.get(command)
    return made(sight, given) if made else []
