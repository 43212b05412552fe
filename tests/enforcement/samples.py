"""Events with every field filled: what a test does not care about gets a plausible value of its type."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID, uuid4

from gatepass.rules.events import Event

E = TypeVar("E", bound=Event)
PLAIN: dict[type, Any] = {
    int: 1, str: "x", bool: False, Decimal: Decimal(1), date: date(2026, 11, 23), datetime: datetime(2026, 11, 23, 1, tzinfo=UTC)
}  # fmt: skip


def sample(kind: type[E], **given: Any) -> E:
    """An event of this kind with these values."""
    hints = typing.get_type_hints(kind)
    filled = {
        field.name: _some(hints[field.name])
        for field in fields(kind)  # type: ignore[arg-type]
        if field.name not in given and field.default is MISSING and field.default_factory is MISSING
    }
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**filled, **{name: value for name, value in given.items() if name in known})


def _some(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return None if type(None) in typing.get_args(hint) else _some(typing.get_args(hint)[0])
    if typing.get_origin(hint) is tuple:
        return ()
    if hint is UUID:
        return uuid4()
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return PLAIN.get(hint)
