"""How much somebody has to do, as the menu of every page shows it."""

from __future__ import annotations

from datetime import datetime

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.roster import roster
from gatepass.enforcement.scope import mine
from gatepass.roles import Sight


def open_count(sight: Sight, *, at: datetime) -> int:
    """The number of his open duties, those as a deputy included. Two statements."""
    return Obligation.objects.filter(mine(sight, roster(at)), closed_at=None).count()
