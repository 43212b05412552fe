"""The open cases of an article, worst first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.scope import asking
from gatepass.people.roster import roster
from gatepass.regulations import rulebook
from gatepass.roles import Power, Sight

MOST: Final = 20


def open_of_article(sight: Sight, article: str, *, at: datetime) -> tuple[Duty, ...]:
    """What is open under an article as far as the viewer sees it, by what runs out first. Two statements."""
    now = roster(at)
    asked = asking(sight, now) | {"clauses": [one.number for one in rulebook.article(article).clauses], "most": MOST}
    return tuple(duty_of(row, now, at) for row in labelled(sql.OF_CLAUSES, asked))


def open_under(sight: Sight, number: str, *, at: datetime) -> int:
    """How many duties are open under a sentence, for who may see the whole company's work."""
    return Obligation.objects.filter(clause=number, closed_at=None).count() if sight.may(Power.SEE_COMPANY) else 0
