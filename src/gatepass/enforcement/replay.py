"""The journal's entries as the events they were, for judging over again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from gatepass.journal.models import Entry, Reference
from gatepass.rules.events import REGISTRY, Event


def revived(code: str, payload: Mapping[str, Any]) -> Event:
    """The event that was journalled under this code. Raises KeyError, or pydantic.ValidationError where its shape has changed."""
    event: Event = _adapter(code).validate_python(dict(payload))
    return event


@cache
def _adapter(code: str) -> TypeAdapter[Any]:
    return TypeAdapter(REGISTRY[code])


def history_of(subject: UUID) -> Iterator[tuple[datetime, Event]]:
    """Everything that concerned one reference, in the order of the journal."""
    entries = Reference.objects.filter(uid=subject).values("entry_id").distinct()
    for at, code, payload in Entry.objects.filter(id__in=entries).order_by("id").values_list("at", "event", "payload"):
        yield at, revived(code, payload)
