"""The duties behind a figure: those that it counts, one by one, as far as the viewer sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from gatepass.enforcement import sql as counting
from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.queries.statistics import month_of, sees_people
from gatepass.enforcement.scope import asking
from gatepass.journal.prepared import prepared
from gatepass.people.roster import roster
from gatepass.roles import Sight
from gatepass.words import Text

MOST: Final = 200
OWN: Final = "own"
SHOWS: Final = {
    "applied": Text("适用", "applied"), "kept": Text("按时办到", "kept in time"), "broken": Text("违反", "broken"),
    "running": Text("时限内", "within time"), "still_open": Text("违反且仍未办", "broken and still open"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A duty that a figure counts, with when it was missed and when it was done."""

    duty: Duty
    key: int
    missed_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entries:
    """counted: how many the figure counts on this page; hidden: how many of them the viewer does not see; further: where it goes on."""

    rows: tuple[EntryRow, ...]
    counted: int
    further: int | None

    @property
    def hidden(self) -> int:
        return self.counted - len(self.rows)


def entries(sight: Sight, *, month: date, article: str, shows: str, whose: str, after: int, at: datetime) -> Entries:
    """Of one month by the day it began. whose: own, or the key of a keeper, which only who leads may ask for."""
    own = sight.carrier is not None or whose == OWN or (whose != "" and not sees_people(sight))
    key = str(sight.carrier or sight.person) if own else whose
    since, until = month_of(month)
    asked: dict[str, Any] = {"since": since, "until": until, "article": article, "shows": shows, "whose": key, "after": after, "most": MOST}
    with prepared() as cursor:
        cursor.execute(counting.ENTRIES, asked)
        ids = [number for (number,) in cursor.fetchall()]
    now = roster(at)
    scope = {"everything": True} if own else {}
    rows = labelled(sql.SEEN_OF_IDS, asking(sight, now) | scope | {"ids": ids})
    listed = tuple(EntryRow(duty_of(row, now, at), row.pk, row.breached_at, row.closed_at) for row in rows)
    return Entries(listed, len(ids), ids[-1] if len(ids) == MOST else None)
