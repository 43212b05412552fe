"""The gatekeeper: holds what is about to happen against the clauses, and records what follows from what happened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gatepass.enforcement import law as law_of
from gatepass.enforcement import sql
from gatepass.enforcement.facts import load
from gatepass.identity import new_id
from gatepass.journal.door import Case
from gatepass.regulations import rulebook
from gatepass.roles import Position
from gatepass.rules.clauses import Clause, Fact, Facts, Gate, Law, Owes, Pays
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.words import Text
from gatepass.workdays import Deadline


class Enforcement:
    """Implements journal.door.Keeper over the clauses of the rulebook, indexed by event type."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._gates: dict[type[Event], list[Clause]] = defaultdict(list)
        self._opens: dict[type[Event], list[Clause]] = defaultdict(list)
        self._closes: dict[type[Event], list[Clause]] = defaultdict(list)
        self._pays: dict[type[Event], list[Clause]] = defaultdict(list)
        for clause in clauses:
            self._index(clause)

    def _index(self, clause: Clause) -> None:
        match clause.says:
            case Gate(before=before):
                for kind in before:
                    self._gates[kind].append(clause)
            case Owes(once=once, owes=owes, ends=ends):
                for kind in once:
                    self._opens[kind].append(clause)
                for kind in dict.fromkeys((*owes, *ends)):
                    self._closes[kind].append(clause)
            case Pays(upon=upon):
                for kind in upon:
                    self._pays[kind].append(clause)
            case None:
                pass

    def gates(self, case: Case, events: Sequence[Event]) -> tuple[list[Reason], list[tuple[str, Text]]]:
        """Every reason of every clause in force, and what already holds."""
        case.law = law_of.current(case.at, case.actor.revisions)
        reasons: list[Reason] = []
        holds: list[tuple[str, Text]] = []
        for event in events:
            for clause in self._in_force(self._gates[type(event)], case):
                gate = clause.says
                assert isinstance(gate, Gate)  # noqa: S101 (narrowing only: the index holds nothing else)
                failing = _reasons(clause, gate, event, case.law)
                reasons += failing
                if not failing and gate.holds is not None:
                    holds.append((clause.article, gate.holds))
        return reasons, holds

    def record(self, case: Case, entries: Sequence[tuple[UUID, Event]]) -> None:
        """Close, then open what the events close and open, in at most two statements."""
        closing = [row for uid, event in entries for row in self._closing(uid, event)]
        opening = [row for uid, event in entries for row in self._opening(case, uid, event)]
        with connection.cursor() as cursor:
            if closing:
                cursor.execute(sql.CLOSE, {"closing": json.dumps(closing), "at": case.at})
            if opening:
                cursor.execute(sql.OPEN, [json.dumps([row for row, _ in opening])])
                fines = [fine for _, fine in opening if fine]
                if fines:
                    cursor.execute(sql.FINE, [case.at, json.dumps(fines)])

    def _in_force(self, clauses: list[Clause], case: Case) -> Iterable[Clause]:
        day = case.law.calendar.local(case.at).date()
        return [clause for clause in clauses if clause.in_force(day)]

    def _closing(self, uid: UUID, event: Event) -> Iterable[dict[str, Any]]:
        for clause in self._closes[type(event)]:
            owes = clause.says
            if not isinstance(owes, Owes) or (owes.fulfils is not None and not owes.fulfils(event)):
                continue
            if (subject := event.reference(owes.per)) is not None:
                ended = type(event) not in owes.owes
                moved = type(event) in owes.once
                yield {"clause": clause.number, "subject": str(subject), "entry": str(uid), "ended": ended, "moved": moved}

    def _opening(self, case: Case, uid: UUID, event: Event) -> Iterable[tuple[dict[str, Any], dict[str, Any] | None]]:
        for clause in self._in_force(self._opens[type(event)], case):
            owes = clause.says
            if isinstance(owes, Owes) and (owes.when is None or owes.when(event)):
                row = _obligation(clause, owes, case, uid, event)
                if row is not None:
                    yield row, None
        for clause in self._in_force(self._pays[type(event)], case):
            pays = clause.says
            if isinstance(pays, Pays):
                yield _breach(clause, pays, case, uid, event)


def _reasons(clause: Clause, gate: Gate, event: Event, law: Law) -> list[Reason]:
    facts: dict[type[Fact], Fact] = {kind: load(kind, event) for kind in gate.needs}
    found = gate.breach(event, Facts(facts), law)
    listed = [] if found is None else [found] if isinstance(found, Reason) else list(found)
    return [replace(reason, clause=reason.clause or clause.article) for reason in listed]


def due_of(clause: Clause, owes: Owes, event: Event, started: datetime, law: Law, at: datetime) -> Deadline | None:
    """The deadline of a clause for an event, by the parameters in force at `at`. Pure; None where the event names no date."""
    term = owes.within
    if term.number is not None:
        term = term.with_number(law.value(clause.number, "within", at))
    if owes.ahead_of is not None:
        day = owes.ahead_of(event)
        return None if day is None else term.due_before(day, at, law.calendar)  # type: ignore[union-attr]
    return term.due(started, law.calendar)  # type: ignore[union-attr]


def _base(clause: Clause, kind: str, case: Case, uid: UUID, event: Event, subject: UUID) -> dict[str, Any]:
    about = {name: event.reference(name) for name in ("customer", "order", "carrier")}
    return {
        "uid": str(new_id()), "clause": clause.number, "version": clause.version, "kind": kind, "subject": str(subject),
        **{name: str(one) if one else None for name, one in about.items()},
        "opened_at": case.at.isoformat(), "opened_by": str(uid), "started_at": case.at.isoformat(),
        "revision": case.law.revision, "provisional": False, "parameters": {}, "closed_how": "",
    }  # fmt: skip


def _holder(who: Any, event: Event) -> dict[str, Any]:
    if isinstance(who, Position):
        person = getattr(event, "responsible", None)
        return {"holder_position": who.value, "holder_kind": "person" if person else "", "holder": str(person) if person else None}
    found = who(event)
    if found is None:
        return {"holder_position": "", "holder_kind": "", "holder": None}
    return {"holder_position": "", "holder_kind": found[0], "holder": str(found[1])}


def _obligation(clause: Clause, owes: Owes, case: Case, uid: UUID, event: Event) -> dict[str, Any] | None:
    subject = event.reference(owes.per)
    if subject is None:
        return None
    started = (owes.starts(event) if owes.starts else None) or case.at
    deadline = due_of(clause, owes, event, started, case.law, case.at)
    if deadline is None:
        return None
    parameters = {p.name: str(case.law.value(clause.number, p.name, case.at)) for p in clause.all_parameters()}
    return _base(clause, owes.per, case, uid, event, subject) | _holder(owes.who, event) | {
        "started_at": started.isoformat(), "due_at": deadline.due.isoformat(), "provisional": deadline.provisional,
        "parameters": parameters,
    }  # fmt: skip


def _breach(clause: Clause, pays: Pays, case: Case, uid: UUID, event: Event) -> tuple[dict[str, Any], dict[str, Any] | None]:
    subject = event.reference(pays.per) or uid
    moment = case.at.isoformat()
    row = _base(clause, pays.per, case, uid, event, subject) | _holder(pays.who, event) | {
        "due_at": moment, "breached_at": moment, "closed_at": moment, "closed_by": str(uid), "closed_how": "breach",
    }  # fmt: skip
    fen = pays.fen(event, case.law)
    fine = {
        "uid": str(new_id()), "obligation": row["uid"], "clause": clause.number, "subject": str(subject), "base_fen": fen,
        "holder_kind": row["holder_kind"] or "position", "holder": row["holder"], "percent": None, "fen": fen,
    }  # fmt: skip
    return row, fine if fen else None
