"""What a clause makes of a history: when each duty opened, fell due, ran out, was closed. No clock, no database.

In production the same clause is kept as rows (gatepass.enforcement); a property test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal, cast
from uuid import UUID

from gatepass.rules.clauses import Ahead, Clause, Law, Owes, Pays, Term
from gatepass.rules.events import Event
from gatepass.rules.happenings import DeadlineMissed, DeadlineMoved, DeadlineWithdrawn, DutyWaived
from gatepass.workdays import Deadline, end_of

How = Literal["", "kept", "late", "ended", "moved", "breach", "waived"]
RUN_OUT: Final = ("", "late", "ended", "waived")  # what a clock may run out on: a moved one was replaced, a kept one was in time
GRACE: Final = timedelta(seconds=3.5)  # longer than a statement may run: a late commit still counts as in time


@dataclass(frozen=True, slots=True)
class Verdict:
    """One duty. `how`: "" open, kept, late, ended (no longer owed), moved (another clock replaced it), breach (recorded upon an event),
    waived (the head released it)."""

    subject: UUID
    opened_at: datetime
    due: datetime
    breached_at: datetime | None = None
    closed_at: datetime | None = None
    how: How = ""
    order: UUID | None = field(default=None, compare=False)


def judge(clause: Clause, history: Iterable[tuple[datetime, Event]], *, law: Law, as_of: datetime) -> tuple[Verdict, ...]:
    """The verdicts of one version of a clause, in the order of opening. Gates give none: they refuse before anything happens.

    history: moments with events, in the order in which the journal recorded them (a late commit has an earlier moment than
    the one before it). law: parameters by date, and the calendar of every moment: a duty is fixed by that of its opening, and moves
    only by a journalled notice, later only.
    """
    known = [(at, event) for at, event in history if at <= as_of]
    if isinstance(clause.says, Pays):
        return tuple(_recorded(clause, clause.says, known, law))
    return _run_out(_duties(clause, clause.says, known, law), as_of) if isinstance(clause.says, Owes) else ()


def _duties(clause: Clause, owes: Owes, known: list[tuple[datetime, Event]], law: Law) -> list[Verdict]:
    duties: list[Verdict] = []
    open_now: dict[UUID, int] = {}
    for at, event in known:
        subject = event.reference(owes.per)
        if subject is None:
            for part in _of_the_order(owes, event, at, duties, open_now):
                del open_now[duties[part].subject]
                duties[part] = _closed(duties[part], "ended", at)
            continue
        how = closes(owes, event) or waives(clause, event)
        place = open_now.get(subject)
        if place is not None and isinstance(event, DeadlineMoved) and event.clause_number == clause.number:
            duties[place] = replace(duties[place], due=max(event.due, duties[place].due))
        if how and place is not None and in_time_to_close(event, at, duties[place].opened_at):
            duties[place] = _closed(duties[place], how, at)
            del open_now[subject]
        if subject not in open_now and opens(clause, owes, event, at, law):
            deadline = deadline_of(clause, owes, event, at, law.of(at))
            if deadline is not None:
                open_now[subject] = len(duties)
                duties.append(Verdict(subject, at, deadline.due, order=event.reference("order")))
    return duties


def _of_the_order(owes: Owes, event: Event, at: datetime, duties: list[Verdict], open_now: dict[UUID, int]) -> list[int]:
    """What the end of an order takes with it: open duties about a part of it."""
    if not ends_with_order(owes, event):
        return []
    order = event.reference("order")
    return [place for place in open_now.values() if duties[place].order == order and duties[place].opened_at <= at]


def _closed(duty: Verdict, how: How, at: datetime) -> Verdict:
    return replace(duty, closed_at=at, how="late" if how == "kept" and at >= duty.due else how)


def _run_out(duties: list[Verdict], as_of: datetime) -> tuple[Verdict, ...]:
    return tuple(replace(one, breached_at=one.due) if _ran_out(one, as_of) else one for one in duties)


def _ran_out(duty: Verdict, as_of: datetime) -> bool:
    too_late = duty.closed_at is None or duty.closed_at >= duty.due
    return duty.due < as_of - GRACE and too_late and duty.how in RUN_OUT


def _recorded(clause: Clause, pays: Pays, known: list[tuple[datetime, Event]], law: Law) -> Iterable[Verdict]:
    for at, event in known:
        subject = event.reference(pays.per)
        if subject is not None and pays.met(event) and in_force(clause, at, law):
            yield Verdict(subject, at, at, at, at, "breach")


def in_force(clause: Clause, at: datetime, law: Law) -> bool:
    """Whether the clause was in force on the company's day of this moment."""
    return law.in_force(clause, at)


def opens(clause: Clause, owes: Owes, event: Event, at: datetime, law: Law) -> bool:
    return type(event) in owes.once and in_force(clause, at, law) and (owes.when is None or owes.when(event))


def closes(owes: Owes, event: Event) -> How:
    """How an event closes a duty of the clause in time; "" when it does not."""
    if type(event) not in (*owes.owes, *owes.ends) or (owes.fulfils is not None and not owes.fulfils(event)):
        return ""
    if type(event) in owes.once:
        return "moved"
    return "kept" if type(event) in owes.owes else "ended"


def waives(clause: Clause, event: Event) -> How:
    """The head releases from what is still owed under a sentence."""
    return "waived" if isinstance(event, DutyWaived) and event.clause_number == clause.number else ""


def ends_with_order(owes: Owes, event: Event) -> bool:
    """Whether the event ends every duty of the clause about a part of its order: it names the order, not the part.

    Only what ends an order as a whole may stand so in `ends`; a conformance test of the rulebook holds clauses to it.
    """
    return type(event) in owes.ends and event.reference(owes.per) is None and event.reference("order") is not None


def in_time_to_close(event: Event, at: datetime, opened_at: datetime) -> bool:
    """An event closes only what was open at its moment; a withdrawn breach takes back whatever it had opened."""
    return opened_at <= at or isinstance(event, DeadlineWithdrawn)


def started_at(clause: Clause, owes: Owes, event: Event, at: datetime, law: Law) -> datetime:
    """The moment from which the term is counted: the event's own where the clause names it, but not later than the clause lets it be;
    of what follows a missed deadline the moment that was missed, not the one at which somebody saw it."""
    own = event.due if isinstance(event, DeadlineMissed) else None
    start = (owes.starts(event) if owes.starts else own) or at
    base = owes.no_later(event) if owes.no_later else None
    return start if base is None else min(start, base + timedelta(days=float(law.value(clause.number, "road", at))))


def term_of(clause: Clause, owes: Owes, law: Law, at: datetime) -> Term | Ahead:
    """The term by the numbers and times in force at a moment."""
    term = owes.within
    if term.number is not None:
        term = term.with_number(law.value(clause.number, "within", at))
    if term.end is not None:
        term = term.with_end(end_of(law.value(clause.number, "end", at)))
    return term


def deadline_of(clause: Clause, owes: Owes, event: Event, at: datetime, law: Law) -> Deadline | None:
    """The deadline by the parameters in force at `at`; None where the event names no date."""
    term = term_of(clause, owes, law, at)
    if owes.ahead_of is not None:
        day = owes.ahead_of(event)
        return None if day is None else cast(Ahead, term).due_before(day, at, law.calendar)
    return cast(Term, term).due(started_at(clause, owes, event, at, law), law.calendar)
