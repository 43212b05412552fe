"""The rows that an event opens: obligations with their fixed deadlines, recorded breaches with their fines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gatepass.identity import new_id
from gatepass.journal.door import Case
from gatepass.roles import Position
from gatepass.rules.clauses import Clause, Holder, Owes, Pays
from gatepass.rules.events import Event
from gatepass.rules.judging import deadline_of, started_at

Row = dict[str, Any]


def obligation(clause: Clause, owes: Owes, case: Case, uid: UUID, event: Event) -> Row | None:
    """The obligation that the event opens; None where it names no subject or no date."""
    subject = event.reference(owes.per)
    deadline = deadline_of(clause, owes, event, case.at, case.law) if subject else None
    if subject is None or deadline is None:
        return None
    return _base(clause, owes.per, subject, case=case, opened_by=uid, event=event) | _holder(_who(clause, owes, case), event, case) | {
        "superior": superior.value if (superior := case.law.superior(clause, case.at)) else "",
        "started_at": started_at(clause, owes, event, case.at, case.law).isoformat(), "due_at": deadline.due.isoformat(),
        "provisional": deadline.provisional,
        "parameters": {p.name: str(case.law.value(clause.number, p.name, case.at)) for p in clause.all_parameters()},
    }  # fmt: skip


def breach(clause: Clause, pays: Pays, case: Case, uid: UUID, event: Event) -> tuple[Row, Row | None] | None:
    """The breach that the event records and its fine, if it costs anything; None where it names no subject."""
    subject = event.reference(pays.per)
    if subject is None:
        return None
    moment = case.at.isoformat()
    row = _base(clause, pays.per, subject, case=case, opened_by=uid, event=event) | _holder(pays.who, event, case) | {
        "due_at": moment, "breached_at": moment, "closed_at": moment, "closed_by": str(uid), "closed_how": "breach",
    }  # fmt: skip
    row["breached_holder"] = row["holder"]
    fen = pays.fen(event, case.law)
    fine = {
        "uid": str(new_id()), "obligation": row["uid"], "clause": clause.number, "subject": str(subject), "base_fen": fen,
        "holder_kind": row["holder_kind"] or "position", "holder": row["holder"], "percent": None, "fen": fen,
    }  # fmt: skip
    return row, fine if fen else None


def _base(clause: Clause, kind: str, subject: UUID, *, case: Case, opened_by: UUID, event: Event) -> Row:
    about = {name: event.reference(name) for name in ("customer", "order", "carrier")}
    return {
        "uid": str(new_id()), "clause": clause.number, "version": clause.version, "kind": kind, "subject": str(subject),
        **{name: str(one) if one else None for name, one in about.items()},
        "opened_at": case.at.isoformat(), "opened_by": str(opened_by), "started_at": case.at.isoformat(),
        "revision": case.law.calendar.revision, "superior": "", "provisional": False, "parameters": {}, "closed_how": "",
    }  # fmt: skip


def _who(clause: Clause, owes: Owes, case: Case) -> Holder:
    """Who owes it by the law of this moment: a position that the head put in another's place, else as the clause says."""
    position: Position | None = case.law.holder(clause, case.at)
    return position or owes.who


def _holder(who: Holder, event: Event, case: Case) -> Row:
    """A position (with the person whom the event makes responsible), a carrier, or whoever acts where nobody is named; the
    position alone where a superior found it."""
    if isinstance(who, Position):
        person = getattr(event, "responsible", None)
        return {"holder_position": who.value, "holder_kind": "person" if person else "", "holder": str(person) if person else None}
    found = who(event)
    if found is not None:
        return {"holder_position": "", "holder_kind": found[0], "holder": str(found[1])}
    position = getattr(event, "position_code", "")
    if getattr(event, "found", False):
        return {"holder_position": position, "holder_kind": "", "holder": None}
    return {"holder_position": position, "holder_kind": "person", "holder": str(case.actor.person)}
