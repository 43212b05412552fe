"""The door: the only way to change anything. One transaction, one decision, one record.

A command loads and locks, decides once (its own reasons and every clause's together), writes; the door records it with its events,
obligations and answer. Refusals are recorded after the rollback. A repeated key with the same input gives the same answer.
"""

from __future__ import annotations

import hmac
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import InvalidOperation
from typing import Any, ClassVar, Concatenate, Final, NoReturn, ParamSpec, Protocol
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, transaction
from pydantic import ValidationError

from gatepass.identity import new_id
from gatepass.journal import clock, sql, watch
from gatepass.journal.declaration import Declaration, declare
from gatepass.journal.lines import in_lines
from gatepass.journal.models import ClockSeen, Refusal
from gatepass.journal.prepared import prepared
from gatepass.journal.problems import problems_of
from gatepass.journal.revisions import revisions
from gatepass.journal.who import Given, who
from gatepass.roles import Power, Sight
from gatepass.rules.events import Event, canonical
from gatepass.rules.reasons import Beyond, KeyReused, Reason, Refused
from gatepass.words import Text

P = ParamSpec("P")
Entry = tuple[UUID, Event]
COMMANDS: Final[dict[str, Command]] = {}
ONCE: Final[dict[str, Reason]] = {}
log = logging.getLogger("gatepass.journal")
LOCK_TIMEOUT, DEADLOCK = "55P03", "40P01"
BUSY: Final = Reason(
    what=Text("别人正在改同一张单据", "Somebody else is working on the same document"),
    cure=Text("稍等几秒再试，您填的内容还在", "Try again in a few seconds; what you entered is kept"),
    beyond=Beyond.TIME,
)
UNFIT: Final = Reason(
    what=Text("有一项内容记不下", "Something that was entered cannot be kept"),
    cure=Text(
        "看看有没有太长、太大、太远的日期或不能用的字符",
        "Look for what is too long, too large, a day too far away, or characters that cannot be used",
    ),
)


@dataclass(frozen=True, slots=True)
class Ref:
    """What a command made or touched: its kind, id and name for people."""

    kind: str
    uid: UUID
    label: str = ""


class Keeper(Protocol):
    """Enforcement, as the journal sees it. `record` writes the journal's rows together with what follows from them, in one statement."""

    def gates(self, case: Case, events: Sequence[Event]) -> tuple[list[Reason], list[tuple[str, Text]]]: ...
    def record(self, case: Case, entries: Sequence[Entry], written: Mapping[str, Any]) -> None: ...


class _Hooks:
    keeper: Keeper | None = None


def arm(keeper: Keeper) -> None:
    """Register the gatekeeper. Until then every command refuses."""
    _Hooks.keeper = keeper


def once(constraint: str, reason: Reason) -> None:
    """What to say when this database constraint stops something from happening twice."""
    ONCE[constraint] = reason


@dataclass
class Case:
    """One running command: who acts, when, and what was decided. `at` is taken anew under the locks unless it was `fixed` from outside."""

    actor: Sight
    at: datetime
    command: str
    key: str | None = None
    entry: UUID = field(default_factory=new_id)
    events: list[Event] = field(default_factory=list)
    decided: bool = False
    trial: bool = False
    holds: list[tuple[str, Text]] = field(default_factory=list)
    law: Any = None
    fixed: bool = True

    def new_id(self) -> UUID:
        return new_id()

    def decide(self, *events: Event, reasons: Iterable[Reason | None] = (), places: Sequence[tuple[int, str]] = ()) -> None:
        """Hold the events against the module's own reasons and every clause; raise Refused with all of them, or go on. Exactly once.

        places: for a long input, the line and the field that each event comes from; what clauses refuse of it then names them.
        """
        if self.decided:
            raise RuntimeError(f"{self.command} decides twice")
        keeper = _Hooks.keeper
        if keeper is None:
            raise RuntimeError("enforcement is not armed: nothing may happen")
        self.decided = True
        if not self.fixed:
            self.at = max(self.at, clock.now())  # the locks are held now: who waited acts after whom he waited for
        own = [r for r in reasons if r is not None]
        if places:
            clauses = _by_line(keeper, self, events, places)
        else:
            clauses, self.holds = keeper.gates(self, events)
        if own or clauses or self.trial:
            raise Refused([*own, *clauses], self.holds)
        self.events = list(events)


def _by_line(keeper: Keeper, case: Case, events: Sequence[Event], places: Sequence[tuple[int, str]]) -> list[Reason]:
    """What the clauses refuse of each event, at the line and the field that it comes from."""
    found = [
        (line, replace(reason, field=reason.field or name))
        for event, (line, name) in zip(events, places, strict=True)
        for reason in keeper.gates(case, [event])[0]
    ]
    return in_lines(found)


@dataclass(frozen=True)
class Command:
    """A declared command. Calling it goes through the door."""

    name: str
    title: Text
    may: Power | None
    function: Callable[..., Ref | None]
    declaration: Declaration
    hidden: bool = False
    always: bool = False
    says: Callable[[Mapping[str, Any]], Text] | None = None
    do_not_call_in_templates: ClassVar[bool] = True

    def __call__(self, *, by: UUID, key: str | None = None, at: datetime | None = None, **given: Any) -> Ref | None:
        """Run once. Raises Refused (all reasons), NotFound, KeyReused."""
        try:
            return self._through(by, key, at, given)
        except Refused as refused:
            _write_down(self, by, at or clock.now(), refused, given)
            raise

    def titled(self, given: Mapping[str, Any]) -> Text:
        """Its title, where the same command does different things with different input."""
        return self.says(given) if self.says else self.title

    def about(self, given: Mapping[str, Any]) -> UUID | None:
        """The thing that the command is about; ids may still be text, as a browser posts them."""
        return self.declaration.subject(given)

    def reasons(self, *, by: UUID, at: datetime | None = None, **given: Any) -> tuple[Reason, ...]:
        """Every reason for which it would be refused now, its own and the clauses'; none when it would go through.

        It runs up to its decision and is rolled back: nothing is written, not even the refusal.
        """
        try:
            self._through(by, None, at, given, trial=True)
        except Refused as refused:
            return refused.reasons
        raise RuntimeError(f"{self.name} never decided")

    def _through(
        self, by: UUID, key: str | None, at: datetime | None, given: Mapping[str, Any], *, trial: bool = False
    ) -> Ref | None:
        try:
            typed = self.declaration.validated(given)
        except ValidationError as error:
            raise Refused(problems_of(error)) from None
        if at is None and clock.leapt() and ClockSeen.objects.exists():
            watch.look()
        for attempt in range(4):
            try:
                with transaction.atomic(durable=True):
                    return self._once(by, key, at, typed, trial=trial)
            except OperationalError as error:
                _busy(error, attempt)
            except IntegrityError as error:
                _twice(error)
            except (DataError, OverflowError, InvalidOperation) as error:
                raise Refused([UNFIT]) from error
        raise Refused([BUSY])

    def _once(self, by: UUID, key: str | None, at: datetime | None, typed: dict[str, Any], *, trial: bool = False) -> Ref | None:
        begun = at or clock.now()
        given = Given(key, self.name, _digest(canonical([self.name, str(by), typed]))) if key is not None else None
        sight, taken = who(by, begun, given)
        if at is None and not self.always and not _clock_is_believed(sight):
            raise Refused([watch.REASON])
        actor = self._actor(sight)
        if given is not None and not taken:
            return _answer(given, by)
        case = Case(actor, begun, self.name, key, fixed=at is not None, trial=trial)
        made = self.function(case, **typed)
        if not case.decided:
            raise RuntimeError(f"{self.name} never decided")
        _record(case, made)
        return made

    def _actor(self, actor: Sight) -> Sight:
        if self.may is None or actor.may(self.may):
            represented = actor.stands_in.get(self.may) if self.may else None
            return replace(actor, acting_for=represented) if represented else actor
        raise Refused(
            [
                Reason(
                    clause="M1",
                    what=Text("您的岗位没有“{power}”的权限", "Your position does not have the power to {power}").fill(power=self.may),
                    cure=Text("请有此权限的同事办理，或请管理员登记代行", "Ask a colleague who has it, or have a deputy registered"),
                )
            ]
        )


def command(
    *, may: Power | None, title: Text, hidden: bool = False, about: str = "", always: bool = False,
    says: Callable[[Mapping[str, Any]], Text] | None = None,
) -> Callable[[Callable[Concatenate[Case, P], Ref | None]], Command]:
    """Declare a command. `may` None: anyone signed in (the command itself decides); hidden: only the system calls it.

    about: the input that names what it is about, where that is not the first one that names a thing; always: also while the clock is
    not believed; says: its title by its input.
    """

    def made(function: Callable[Concatenate[Case, P], Ref | None]) -> Command:
        name = function.__name__
        if name in COMMANDS:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = Command(name, title, may, function, declare(name, function, about), hidden, always, says)
        return COMMANDS[name]

    return made


def _clock_is_believed(sight: Sight) -> bool:
    """Whoever says himself what time it is need not ask."""
    known = revisions() if sight.revisions is None else sight.revisions
    return clock.is_fixed() or not known.get(watch.STOPPED)


def _digest(text: str) -> str:
    """A hash that cannot be guessed at from outside: input may hold a password."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), "sha256").hexdigest()


def _answer(given: Given, by: UUID) -> Ref | None:
    """What was answered when the key was taken. Raises KeyReused where that was other input."""
    with prepared() as cursor:
        cursor.execute(sql.FIND_KEY, [given.key, by])
        _, known, answer = cursor.fetchone()
    said = json.loads(answer) if isinstance(answer, str) else answer
    ref = Ref(said["kind"], UUID(said["uid"]), said["label"]) if said else None
    if known != given.digest:
        raise KeyReused(ref.label if ref else given.command)
    return ref


def _record(case: Case, made: Ref | None) -> None:
    keeper = _Hooks.keeper
    if keeper is None:
        raise RuntimeError("enforcement is not armed: nothing may happen")
    entries = [(case.entry if n == 0 else new_id(), event) for n, event in enumerate(case.events)]
    keeper.record(case, entries, as_written(case, entries, made, case.key or ""))


def further(case: Case, events: Iterable[Event]) -> tuple[list[Entry], Mapping[str, Any]]:
    """Entries of events that follow from those decided, in the same act, and their rows; for the keeper, which records them too."""
    entries = [(new_id(), event) for event in events]
    return entries, as_written(case, entries)


def as_written(case: Case, entries: Sequence[Entry], made: Ref | None = None, key: str = "") -> Mapping[str, Any]:
    """The journal's rows of entries, with the answer to keep beside the key, as the keeper's statement takes them."""
    rows = [_row(case, n, uid, event) for n, (uid, event) in enumerate(entries)]
    answer = json.dumps({"kind": made.kind, "uid": str(made.uid), "label": made.label} if made else None)
    return {
        "events": json.dumps(rows), "act": case.entry, "at": case.at, "command": case.command, "by": case.actor.person,
        "for": case.actor.acting_for, "answer": answer, "key": key,
    }  # fmt: skip


def _row(case: Case, number: int, uid: UUID, event: Event) -> dict[str, Any]:
    payload = event.payload()
    return {
        "uid": str(uid),
        "event": event.code,
        "payload": payload,
        "text": canonical({"uid": uid, "act": case.entry, "at": case.at, "command": case.command, "event": event.code,
                           "by": case.actor.person, "for": case.actor.acting_for, "payload": payload}),
        "refs": [{"kind": kind, "uid": str(one)} for kind, one in dict.fromkeys(event.concerns())],
        "ord": number,
    }


def _busy(error: OperationalError, attempt: int) -> None:
    state = getattr(error.__cause__, "sqlstate", None)
    if state == LOCK_TIMEOUT or (state == DEADLOCK and attempt == 3):
        raise Refused([BUSY]) from error
    if state != DEADLOCK:
        raise error
    time.sleep(0.02 * (attempt + 1))


def _twice(error: IntegrityError) -> NoReturn:
    diagnostics = getattr(error.__cause__, "diag", None)
    reason = ONCE.get(getattr(diagnostics, "constraint_name", "") or "")
    if reason is None:
        log.error("no command foresaw this constraint", exc_info=error)
    raise Refused([reason or UNFIT]) from error


def _write_down(made: Command, by: UUID, at: datetime, refused: Refused, given: Mapping[str, Any]) -> None:
    """Record the refusal in a short transaction of its own: clauses, reasons, who, about what."""
    Refusal.objects.create(
        at=at,
        command=made.name,
        by=by,
        clauses=sorted({r.clause for r in refused.reasons if r.clause}),
        reasons=[_kept(reason) for reason in refused.reasons],
        subject=made.about(given),
    )


def _kept(reason: Reason) -> dict[str, str]:
    """A reason as it is kept: without sums and what no database keeps, with who answers for what was refused (a position or a person)."""
    said = reason.seen(sums=False)
    return {
        "zh": said.zh.replace("\0", ""), "en": said.en.replace("\0", ""), "clause": reason.clause, "who": reason.who.value if reason.who else "",
        "person": str(reason.person) if reason.person else "",
    }  # fmt: skip
