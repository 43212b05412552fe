"""A deadline explained: counted again from what was fixed when it opened (version, parameters, calendar revision)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.replay import revived
from gatepass.enforcement.scope import asking
from gatepass.journal.models import Entry
from gatepass.people.roster import roster
from gatepass.regulations import rulebook
from gatepass.roles import Sight
from gatepass.rules.clauses import Owes
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same
from gatepass.workcalendar.queries import calendar_at
from gatepass.workdays import Calendar, Deadline, OfficeHoursTerm, Step, duration, end_of, left


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The lines of a deadline. `was`: when it was due before a holiday notice moved it.

    `left`: what remains, or by how much it is overdue, at the moment of asking.
    """

    clause: str
    article: str
    version: int
    term: Text
    steps: tuple[Step, ...]
    due: datetime
    left: Text
    provisional: bool
    was: datetime | None = None


def arithmetic(sight: Sight, duty: UUID, *, at: datetime) -> Arithmetic:
    """How the due moment of a duty came about. Raises NotFound outside one's scope."""
    found = labelled(sql.ONE, asking(sight, roster(at)) | {"uid": duty})
    if not found:
        raise NotFound("obligation")
    return explained(found[0], at)


def explained(row: Obligation, at: datetime) -> Arithmetic:
    """The same for a row that the caller has scoped himself."""
    counted = counted_by(row, calendar_of(row))
    return Arithmetic(
        clause=row.clause, article=rulebook.clause(row.clause, row.version).article, version=row.version, term=allowed(row),
        steps=counted.steps if counted else (), due=row.due_at, left=left(row.closed_at or at, row.due_at), provisional=row.provisional,
        was=_was(row),
    )  # fmt: skip


def calendar_of(row: Obligation) -> Calendar:
    """By which the deadline was counted: of its opening, with the holiday notice that moved it."""
    fixed = calendar_at(row.revision)
    return fixed if row.noticed_revision is None else fixed.with_notices(calendar_at(row.noticed_revision))


def _was(row: Obligation) -> datetime | None:
    """When it was due before a holiday notice moved it."""
    if row.noticed_revision is None:
        return None
    counted = counted_by(row, calendar_at(row.revision))
    return counted.due if counted else None


def counted_by(row: Obligation, calendar: Calendar) -> Deadline | None:
    """The deadline by the version and the parameters that were fixed, on this calendar; None where there is no date."""
    owes = rulebook.clause(row.clause, row.version).says
    if not isinstance(owes, Owes):
        return None
    term = _term(row, owes)
    if owes.ahead_of is None:
        found: Deadline = term.due(row.started_at, calendar)
        return found
    entry = Entry.objects.filter(uid=row.opened_by).values("event", "payload").first()
    day = owes.ahead_of(revived(entry["event"], entry["payload"])) if entry else None
    if day is None:
        return None
    ahead: Deadline = term.due_before(day, row.opened_at, calendar)
    return ahead


def parameters(row: Obligation) -> dict[str, str]:
    found: dict[str, str] = json.loads(row.parameters) if isinstance(row.parameters, str) else row.parameters
    return found


def _term(row: Obligation, owes: Owes) -> Any:
    fixed, term = parameters(row), owes.within
    if "within" in fixed and term.number is not None:
        term = term.with_number(Decimal(fixed["within"]))
    return term.with_end(end_of(Decimal(fixed["end"]))) if "end" in fixed and term.end is not None else term


def allowed(row: Obligation) -> Text:
    """The term as it was fixed: 4 个工作小时, 2 working days; nothing for a breach without a clock."""
    owes = rulebook.clause(row.clause, row.version).says
    if not isinstance(owes, Owes):
        return same("")
    found: Text = _term(row, owes).text
    return found


def used(row: Obligation, until: datetime) -> Text:
    """The time used, counted as its term counts: office hours run only while the office is open; days elapse."""
    owes = rulebook.clause(row.clause, row.version).says
    since = row.started_at
    if isinstance(owes, Owes) and isinstance(owes.within, OfficeHoursTerm):
        return duration(office_time(since, until, calendar_of(row)))
    return duration(max(until - since, timedelta(0)))


def office_time(since: datetime, until: datetime, calendar: Calendar) -> timedelta:
    """How long the office was open between two moments; at most a year is counted."""
    total, day = timedelta(0), calendar.local(since).date()
    last = min(calendar.local(until).date(), day + timedelta(days=366))
    while day <= last:
        for opens, closes in calendar.intervals(day):
            total += max(min(closes, until) - max(opens, since), timedelta(0))
        day += timedelta(days=1)
    return total


def printed(sentence: str, subject: UUID) -> datetime | None:
    """The latest deadline of a sentence for a subject, open or met, for its papers; None where none holds or held."""
    rows = Obligation.objects.filter(clause=sentence, subject=subject).exclude(closed_how__in=("moved", "ended"))
    return rows.order_by("-id").values_list("due_at", flat=True).first()
