"""The open duties of the department that somebody works in: who else has what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.roster import roster
from gatepass.enforcement.scope import mine, seen_by
from gatepass.people.models import Post
from gatepass.roles import Position, Sight

SHOWN: Final = 200


def positions_of_department(sight: Sight) -> frozenset[Position]:
    """The positions of the departments that this person's posts belong to, and of those that report to him."""
    own = [one.value for one in sight.positions]
    departments = Post.objects.filter(kind__in=own).values("department")
    posts = Post.objects.filter(Q(department__in=departments) | Q(reports_to__kind__in=own))
    return frozenset(Position(kind) for kind in posts.values_list("kind", flat=True).distinct())


def department(sight: Sight, *, at: datetime) -> tuple[Duty, ...]:
    """What the others of the department owe, within what this person sees, by what runs out first; at most 200."""
    now = roster(at)
    theirs = Q(holder_position__in=[one.value for one in positions_of_department(sight)])
    rows = labelled(Obligation.objects.filter(seen_by(sight, now), theirs, ~mine(sight, now), closed_at=None))
    return tuple(duty_of(row, now, at) for row in rows.order_by("due_at", "id")[:SHOWN])
