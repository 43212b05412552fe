"""The open cases of an article, worst first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.roster import roster
from gatepass.enforcement.scope import seen_by
from gatepass.regulations import rulebook
from gatepass.roles import Sight

MOST: Final = 20


def open_of_article(sight: Sight, article: str, *, at: datetime) -> tuple[Duty, ...]:
    """What is open under an article as far as the viewer sees it, by what runs out first. Two statements."""
    now = roster(at)
    numbers = {one.number for one in rulebook.article(article).clauses}
    rows = labelled(Obligation.objects.filter(seen_by(sight, now), clause__in=numbers, closed_at=None)).order_by("due_at", "id")
    return tuple(duty_of(row, now, at) for row in rows[:MOST])
