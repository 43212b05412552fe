"""How much somebody has to do, as the menu of every page shows it."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from gatepass.approvals.queries import count
from gatepass.enforcement.queries import sql
from gatepass.enforcement.scope import asking
from gatepass.journal.reading import value
from gatepass.people.roster import roster
from gatepass.regulations import rulebook
from gatepass.roles import Sight
from gatepass.rules.clauses import Owes


def open_count(sight: Sight, *, at: datetime) -> int:
    """The number of his open duties, those as a deputy included, and of the signatures that wait for him. Four statements at most."""
    now = roster(at)
    return int(value(sql.MINE, asking(sight, now) | {"signing": list(signing())})) + count(sight, now)


@cache
def signing() -> tuple[str, ...]:
    """The sentences whose duty is a signature."""
    return tuple(sorted({one.number for one in rulebook.every_clause() if isinstance(one.says, Owes) and one.says.signs}))
