"""Events that happen by themselves, through the door: the way in for tests of clauses without their modules."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gatepass.journal.declaration import declare
from gatepass.journal.door import Case, Command, Ref
from gatepass.roles import SYSTEM
from gatepass.rules.events import Event
from gatepass.words import Text

_NEXT: list[Event] = []


def _happen(case: Case) -> Ref:
    case.decide(*_NEXT)
    return Ref("act", case.entry)


_COMMAND = Command("happen", Text("发生", "Happen"), None, _happen, declare("happen", _happen), hidden=True)


def happen(*events: Event, at: datetime, by: UUID = SYSTEM.person) -> UUID:
    """Journal these events in one act with everything that follows from them; gates hold. Gives the entry of the first."""
    _NEXT[:] = events
    made = _COMMAND(by=by, at=at)
    assert made is not None
    return made.uid
