"""What happens, as frozen records of ids, dates and figures. Names, phones and addresses never enter an event."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform
from uuid import UUID

from gatepass.words import Text

KINDS: Final = frozenset({
    "person", "position", "customer", "product", "price_list", "promotion", "carrier", "vehicle", "driver", "order",
    "check", "composition", "receipt", "voucher", "demand", "ready_report", "plan", "notice", "approval", "doubt",
    "change", "trip", "consignment", "waybill", "gate_pass", "authority", "obligation", "fine", "batch", "day",
    "clause", "finding", "rule", "amendment", "unpaid_signature", "link", "import_", "sample", "supplier_return",
})  # fmt: skip
PLURALS: Final = {f"{kind}s": kind for kind in KINDS}

REGISTRY: Final[dict[str, type[Event]]] = {}


@dataclass(frozen=True)
class Event:
    """Something that happened. `code` is its stable name in the journal, `text` what a story line says."""

    code: ClassVar[str]
    text: ClassVar[Text]

    def concerns(self) -> tuple[tuple[str, UUID], ...]:
        """Typed references: every field named after a kind (or its plural) that holds ids."""
        found: list[tuple[str, UUID]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in KINDS and isinstance(value, UUID):
                found.append((field.name, value))
            elif field.name in PLURALS and isinstance(value, tuple):
                found.extend((PLURALS[field.name], one) for one in value)
        return tuple(found)

    def reference(self, kind: str) -> UUID | None:
        """The id of this kind that the event is about, or None."""
        value = getattr(self, kind, None)
        return value if isinstance(value, UUID) else None

    def payload(self) -> dict[str, Any]:
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


E = TypeVar("E", bound=Event)


@dataclass_transform(frozen_default=True)
def event(code: str, text: Text) -> Callable[[type[E]], type[E]]:
    """Declare an event class: a frozen dataclass registered under its code."""

    def declare(cls: type[E]) -> type[E]:
        made: type[E] = dataclass(frozen=True)(cls)
        made.code, made.text = code, text
        if code in REGISTRY and REGISTRY[code].__qualname__ != made.__qualname__:
            raise ValueError(f"two events are called {code}")
        REGISTRY[code] = made
        return made

    return declare


def plain(value: Any) -> Any:
    """A value as JSON knows it. Money keeps whole fen, decimals and moments become text."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if hasattr(value, "fen"):
        return value.fen
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def canonical(value: Any) -> str:
    """The one way to write a value as JSON text: sorted keys, no spaces, no escapes of Chinese. Hashes are taken over this."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
