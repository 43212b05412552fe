"""How much somebody has to do, as the menu of every page shows it."""

from __future__ import annotations

from datetime import datetime

from gatepass.enforcement.queries import sql
from gatepass.enforcement.roster import roster
from gatepass.enforcement.scope import asking
from gatepass.journal.reading import value
from gatepass.roles import Sight


def open_count(sight: Sight, *, at: datetime) -> int:
    """The number of his open duties, those as a deputy included. Two statements."""
    return int(value(sql.MINE, asking(sight, roster(at))))
