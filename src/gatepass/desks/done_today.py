"""What somebody got done today: his own entries of the journal, told as a story tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from gatepass.desks import sql
from gatepass.desks.telling import HIDDEN, tell
from gatepass.journal.models import Entry, Reference
from gatepass.journal.reading import value
from gatepass.orders.locking import seen_by
from gatepass.roles import Power, Sight
from gatepass.words import Text
from gatepass.workcalendar.queries import calendar_of

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done: when, what, and about which order ("" for none that the viewer sees)."""

    at: datetime
    what: Text
    order: UUID | None
    number: str


def done_count(sight: Sight, at: datetime) -> int:
    """How many acts of this person the journal holds of today. One statement."""
    return int(value(sql.DONE, {"since": _midnight(sight, at), "person": sight.person, "hidden": list(HIDDEN)}))


def done(sight: Sight, at: datetime) -> list[Done]:
    """The same, newest first, each act by its first entry; at most 200. Three statements."""
    acts: dict[UUID, Entry] = {}
    for entry in _mine(sight, at).order_by("at", "id"):
        if entry.act not in acts and entry.event not in HIDDEN:
            acts[entry.act] = entry
    entries = list(acts.values())[-SHOWN:]
    about = dict(Reference.objects.filter(entry__in=entries, kind="order").values_list("entry_id", "uid"))
    numbers = dict(seen_by(sight).filter(uid__in=about.values()).values_list("uid", "number")) if sight.may(Power.SEE_ORDERS) else {}
    money = sight.may(Power.SEE_MONEY)
    made = [(entry, about.get(entry.id)) for entry in reversed(entries)]
    return [
        Done(entry.at, tell(entry.event, entry.payload, money=money), order if order in numbers else None, numbers.get(order, "") if order else "")
        for entry, order in made
    ]


def _mine(sight: Sight, at: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(by=sight.person, at__gte=_midnight(sight, at))


def _midnight(sight: Sight, at: datetime) -> datetime:
    calendar = calendar_of(sight)
    return calendar.moment(calendar.local(at).date(), time.min)
