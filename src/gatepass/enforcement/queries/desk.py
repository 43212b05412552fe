"""The desk of one person: his duties, what he waits for, what his people left open (A17). Three statements, however much there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.db.models import CharField, Count, Q, Value

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries.duties import Duty, duty_of
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.roster import Roster, roster
from gatepass.enforcement.scope import mine
from gatepass.orders.models import Order
from gatepass.regulations import rulebook
from gatepass.roles import Position, Sight
from gatepass.rules.clauses import Owes
from gatepass.workcalendar.queries import calendar_of
from gatepass.workdays import Calendar

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, also beyond what is shown. `today`: falls due before midnight, overdue ones not counted again."""

    mine: int
    overdue: int
    today: int
    waiting: int
    left_open: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Each by what runs out first, at most 200 rows. `left_open`: of the people below, overdue or left at the close of office."""

    mine: tuple[Duty, ...]
    waiting: tuple[Duty, ...]
    left_open: tuple[Duty, ...]
    counts: Counts


def desk(sight: Sight, *, at: datetime) -> Desk:
    """Everything a desk shows of duties. Three statements: people, my orders under way, duties; a fourth counts what is not shown."""
    now, calendar = roster(at), calendar_of(sight)
    parts = {"mine": _mine(sight, now), "waiting": _waiting(sight, now), "left_open": _left_open(sight, now, at, calendar)}
    labels = {
        name: labelled(Obligation.objects.filter(part, closed_at=None).annotate(part=Value(name, CharField())))
        .order_by("due_at", "id")[:SHOWN]
        for name, part in parts.items()
    }  # fmt: skip
    rows = list(labels["mine"].union(labels["waiting"], labels["left_open"], all=True))
    rows.sort(key=lambda row: (row.due_at, row.id))
    found = {name: tuple(duty_of(row, now, at) for row in rows if vars(row)["part"] == name) for name in parts}
    cut = any(len(duties) == SHOWN for duties in found.values())
    return Desk(found["mine"], found["waiting"], found["left_open"], _counts(parts, at, calendar) if cut else _counted(found, at, calendar))


def counts(sight: Sight, *, at: datetime) -> Counts:
    """The counts alone, as the menu wants them."""
    now, calendar = roster(at), calendar_of(sight)
    parts = {"mine": _mine(sight, now), "waiting": _waiting(sight, now), "left_open": _left_open(sight, now, at, calendar)}
    return _counts(parts, at, calendar)


def _counts(parts: dict[str, Q], at: datetime, calendar: Calendar) -> Counts:
    midnight = calendar.midnight_after(calendar.local(at).date())
    own = parts["mine"]
    found = Obligation.objects.filter(own | parts["waiting"] | parts["left_open"], closed_at=None).aggregate(
        mine=Count("id", filter=own),
        overdue=Count("id", filter=own & Q(due_at__lte=at)),
        today=Count("id", filter=own & Q(due_at__gt=at, due_at__lte=midnight)),
        waiting=Count("id", filter=parts["waiting"]),
        left_open=Count("id", filter=parts["left_open"]),
    )
    return Counts(**found)


def _counted(found: Mapping[str, Sequence[Duty]], at: datetime, calendar: Calendar) -> Counts:
    """The same where everything is shown."""
    midnight, own = calendar.midnight_after(calendar.local(at).date()), found["mine"]
    return Counts(
        mine=len(own), overdue=sum(one.due <= at for one in own), today=sum(at < one.due <= midnight for one in own),
        waiting=len(found["waiting"]), left_open=len(found["left_open"]),
    )  # fmt: skip


def _mine(sight: Sight, now: Roster) -> Q:
    return mine(sight, now)


def _waiting(sight: Sight, now: Roster) -> Q:
    """What others owe to my positions, or for the orders that I took and that are under way."""
    taken = Order.objects.filter(taken_by=sight.person, shipped_at=None, cancelled_at=None).values_list("uid", flat=True)
    return (Q(clause__in=_owed_to(sight.positions)) | Q(order__in=list(taken))) & ~mine(sight, now)


def _left_open(sight: Sight, now: Roster, at: datetime, calendar: Calendar) -> Q:
    """Duties of the posts that report to mine, or under a clause that names me the superior: overdue, or of a day that has closed."""
    today = calendar.local(at).date()
    until = calendar.midnight_after(today) if at >= calendar.closes(today) else at
    below = now.below(sight.person)
    people = [one.person for post in below for one in post.holders]
    theirs = Q(holder_position__in=[post.kind.value for post in below]) & (Q(holder=None) | Q(holder__in=people))
    return (theirs | Q(clause__in=_under(sight.positions))) & Q(due_at__lte=until) & ~mine(sight, now)


@cache
def _owed_to(positions: frozenset[Position]) -> list[str]:
    """The sentences that somebody owes to one of these positions."""
    said = ((one.number, one.says) for one in rulebook.every_clause())
    return sorted({number for number, says in said if isinstance(says, Owes) and says.to in positions})


@cache
def _under(positions: frozenset[Position]) -> list[str]:
    """The sentences whose breach is for one of these positions to see."""
    said = ((one.number, one.says) for one in rulebook.every_clause())
    return sorted({number for number, says in said if isinstance(says, Owes) and says.superior in positions})
