"""The gatekeeper: holds what is about to happen against the clauses, and records what follows from what happened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from gatepass.enforcement import law as law_of
from gatepass.enforcement import sql
from gatepass.enforcement.facts import load_all
from gatepass.enforcement.models import Obligation
from gatepass.enforcement.opening import Row, breach, obligation
from gatepass.enforcement.provisional import moved_by
from gatepass.journal.door import Case, Entry, as_written, further
from gatepass.journal.prepared import prepared
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Clause, Facts, Gate, Owes, Pays
from gatepass.rules.events import Event
from gatepass.rules.happenings import DeadlineWithdrawn, DutyWaived
from gatepass.rules.judging import closes, ends_with_order, in_force, opens
from gatepass.rules.reasons import Reason
from gatepass.words import Text

Index = dict[type[Event], list[Clause]]


class Enforcement:
    """Implements journal.door.Keeper over the clauses of the rulebook, indexed by event type."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._gates: Index = defaultdict(list)
        self._opens: Index = defaultdict(list)
        self._closes: Index = defaultdict(list)
        self._pays: Index = defaultdict(list)
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
            armed = [
                (clause, clause.says)
                for clause in self._gates.get(type(event), ())
                if isinstance(clause.says, Gate) and in_force(clause, case.at, case.law)
            ]
            facts = Facts(load_all(dict.fromkeys(kind for _, gate in armed for kind in gate.needs), event))
            for clause, gate in armed:
                failing = self.judged(case, clause, gate, event, facts)
                reasons += failing
                if not failing and gate.holds is not None:
                    holds.append((clause.article, gate.holds))
        return reasons, holds

    def judged(self, case: Case, clause: Clause, gate: Gate, event: Event, facts: Facts) -> list[Reason]:
        """Why one clause refuses one event; empty where it lets it through."""
        return _reasons(clause, gate.breach(event, facts, case.law))

    def record(self, case: Case, entries: Sequence[Entry], written: Mapping[str, Any]) -> None:
        """Write the entries and close and open what they close and open, in their order; in one statement unless one undoes another.

        A breach that is withdrawn by it is journalled as an event of its own, which may end what the breach had opened; so is a
        provisional deadline that a holiday notice moves.
        """
        while True:
            withdrawn: list[Event] = []
            batch = _Batch(written)
            for uid, event in entries:
                closing = list(self._closing(uid, event))
                if batch.touches(closing):
                    withdrawn += batch.write(case)
                    batch = _Batch(as_written(case, ()))
                batch.add(closing, self._opening(case, uid, event))
            withdrawn += [*batch.write(case), *moved_by((event for _, event in entries), case.at)]
            if not withdrawn:
                return
            entries, written = further(case, withdrawn)

    def _closing(self, uid: UUID, event: Event) -> Iterator[Row]:
        for clause in self._closes.get(type(event), ()):
            owes = clause.says
            if not isinstance(owes, Owes) or not (how := closes(owes, event)):
                continue
            if (subject := event.reference(owes.per)) is not None:
                yield _to_close(clause, subject, uid, how, event)
        if isinstance(event, DutyWaived):
            for clause in rulebook.versions(event.clause_number):
                yield _to_close(clause, event.subject, uid, "waived", event)
        yield from self._with_the_order(uid, event)

    def _with_the_order(self, uid: UUID, event: Event) -> Iterator[Row]:
        """An order that ends takes with it what is owed about parts of it (goods to be made, changes): one look at what is open."""
        known = {
            (clause.number, clause.version): clause
            for clause in self._closes.get(type(event), ())
            if isinstance(clause.says, Owes) and ends_with_order(clause.says, event)
        }
        if known:
            parts = Obligation.objects.filter(order=event.reference("order"), closed_at=None).order_by("id")
            for number, version, subject in parts.values_list("clause", "version", "subject"):
                if (clause := known.get((number, version))) is not None:
                    yield _to_close(clause, subject, uid, "ended", event)

    def _opening(self, case: Case, uid: UUID, event: Event) -> Iterator[tuple[Row, Row | None]]:
        for clause in self._opens.get(type(event), ()):
            owes = clause.says
            if isinstance(owes, Owes) and opens(clause, owes, event, case.at, case.law):
                row = obligation(clause, owes, case, uid, event)
                if row is not None:
                    yield row, None
        for clause in self._pays.get(type(event), ()):
            pays = clause.says
            if isinstance(pays, Pays) and pays.met(event) and in_force(clause, case.at, case.law):
                found = breach(clause, pays, case, uid, event)
                if found is not None:
                    yield found


@dataclass
class _Batch:
    """The journal's rows, clocks to close, then clocks to open."""

    written: Mapping[str, Any]
    closing: dict[tuple[str, int, str], Row] = field(default_factory=dict)
    opening: list[tuple[Row, Row | None]] = field(default_factory=list)

    def touches(self, closing: Iterable[Row]) -> bool:
        """Whether any of these would close what is only to be opened by this batch."""
        opened = {(row["clause"], row["subject"]) for row, _ in self.opening}
        return any((row["clause"], row["subject"]) in opened for row in closing)

    def add(self, closing: Iterable[Row], opening: Iterable[tuple[Row, Row | None]]) -> None:
        for row in closing:
            self.closing.setdefault((row["clause"], row["version"], row["subject"]), row)
        self.opening += opening

    def write(self, case: Case) -> list[Event]:
        """Write the batch; gives the breaches that its closings withdrew."""
        closing, opening = json.dumps(list(self.closing.values())), json.dumps([row for row, _ in self.opening])
        with prepared() as cursor:
            cursor.execute(sql.RECORD, {**self.written, "closing": closing, "opening": opening})
            withdrawn: list[Event] = [_withdrawn(row) for row in cursor.fetchall()]
            fines = [fine for _, fine in self.opening if fine]
            if fines:
                cursor.execute(sql.FINE, [case.at, json.dumps(fines)])
        return withdrawn


def _to_close(clause: Clause, subject: UUID, entry: UUID, how: str, event: Event) -> Row:
    return {
        "clause": clause.number, "version": clause.version, "subject": str(subject), "entry": str(entry), "how": how,
        "anyhow": isinstance(event, DeadlineWithdrawn),
    }  # fmt: skip


def _withdrawn(row: tuple[Any, ...]) -> DeadlineWithdrawn:
    uid, clause, kind, subject, due, customer, order, carrier = row
    return DeadlineWithdrawn(
        obligation=uid, clause_number=clause, subject_kind=kind, subject=subject, due=due, customer=customer, order=order,
        carrier=carrier,
    )  # fmt: skip


def _reasons(clause: Clause, found: Reason | Iterable[Reason] | None) -> list[Reason]:
    listed = [] if found is None else [found] if isinstance(found, Reason) else list(found)
    return [replace(reason, clause=reason.clause or clause.article) for reason in listed]
