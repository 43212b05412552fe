"""The door: the only way to change anything. One transaction, one decision, one record.

A command loads and locks, decides once (its own reasons and every clause's together), writes; the door records it with its events,
obligations and answer. Refusals are recorded after the rollback. A repeated key with the same input gives the same answer.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import InvalidOperation
from typing import Any, ClassVar, Concatenate, Final, NoReturn, ParamSpec, Protocol
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from pydantic import ValidationError

from gatepass.identity import new_id
from gatepass.journal import clock, sql
from gatepass.journal.declaration import Declaration, declare
from gatepass.journal.models import Refusal
from gatepass.journal.problems import problems_of
from gatepass.roles import SYSTEM, Power, Sight
from gatepass.rules.events import Event, canonical
from gatepass.rules.reasons import KeyReused, NotFound, Reason, Refused
from gatepass.words import Text

P = ParamSpec("P")
COMMANDS: Final[dict[str, Command]] = {}
ONCE: Final[dict[str, Reason]] = {}
LOCK_TIMEOUT, DEADLOCK = "55P03", "40P01"
BUSY: Final = Reason(
    what=Text("别人正在改同一张单据", "Somebody else is working on the same document"),
    cure=Text("稍等几秒再试，您填的内容还在", "Try again in a few seconds; what you entered is kept"),
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
    """Enforcement, as the journal sees it."""

    def gates(self, case: Case, events: Sequence[Event]) -> tuple[list[Reason], list[tuple[str, Text]]]: ...
    def record(self, case: Case, entries: Sequence[tuple[UUID, Event]]) -> None: ...


class _Hooks:
    keeper: Keeper | None = None
    sight: Callable[[UUID, datetime], Sight | None] | None = None


def arm(keeper: Keeper) -> None:
    """Register the gatekeeper. Until then every command refuses."""
    _Hooks.keeper = keeper


def know_people(sight: Callable[[UUID, datetime], Sight | None]) -> None:
    """Register how a person's sight is found."""
    _Hooks.sight = sight


def sight_of(person: UUID, at: datetime | None = None) -> Sight:
    """Who this is and what he may do at a moment. Raises NotFound for nobody and for the inactive."""
    found = SYSTEM if person == SYSTEM.person else _Hooks.sight and _Hooks.sight(person, at or clock.now())
    if not found:
        raise NotFound("person")
    return found


def once(constraint: str, reason: Reason) -> None:
    """What to say when this database constraint stops something from happening twice."""
    ONCE[constraint] = reason


@dataclass
class Case:
    """One running command: who acts, when, and what was decided."""

    actor: Sight
    at: datetime
    command: str
    key: str | None = None
    entry: UUID = field(default_factory=new_id)
    events: list[Event] = field(default_factory=list)
    decided: bool = False
    holds: list[tuple[str, Text]] = field(default_factory=list)
    law: Any = None

    def new_id(self) -> UUID:
        return new_id()

    def decide(self, *events: Event, reasons: Iterable[Reason | None] = ()) -> None:
        """Hold the events against the module's own reasons and every clause; raise Refused with all of them, or go on. Exactly once."""
        if self.decided:
            raise RuntimeError(f"{self.command} decides twice")
        keeper = _Hooks.keeper
        if keeper is None:
            raise RuntimeError("enforcement is not armed: nothing may happen")
        self.decided = True
        own = [r for r in reasons if r is not None]
        clauses, self.holds = keeper.gates(self, events)
        if own or clauses:
            raise Refused([*own, *clauses], self.holds)
        self.events = list(events)


@dataclass(frozen=True)
class Command:
    """A declared command. Calling it goes through the door."""

    name: str
    title: Text
    may: Power | None
    function: Callable[..., Ref | None]
    declaration: Declaration
    hidden: bool = False
    do_not_call_in_templates: ClassVar[bool] = True

    def __call__(self, *, by: UUID, key: str | None = None, at: datetime | None = None, **given: Any) -> Ref | None:
        """Run once. Raises Refused (all reasons), NotFound, KeyReused."""
        try:
            return self._through(by, key, at, given)
        except Refused as refused:
            _write_down(self, by, at or clock.now(), refused, given)
            raise

    def _through(self, by: UUID, key: str | None, at: datetime | None, given: Mapping[str, Any]) -> Ref | None:
        try:
            typed = self.declaration.validated(given)
        except ValidationError as error:
            raise Refused(problems_of(error)) from None
        for attempt in range(4):
            try:
                with transaction.atomic(durable=True):
                    return self._once(by, key, at or clock.now(), typed)
            except OperationalError as error:
                _busy(error, attempt)
            except IntegrityError as error:
                _twice(error)
            except (DataError, OverflowError, InvalidOperation) as error:
                raise Refused([UNFIT]) from error
        raise Refused([BUSY])

    def _once(self, by: UUID, key: str | None, at: datetime, typed: dict[str, Any]) -> Ref | None:
        case = Case(self._actor(by, at), at, self.name, key)
        if key is not None:
            digest = _digest(canonical([self.name, str(by), typed]))
            known, answer = _take_key(case, digest)
            if known:
                return answer
        made = self.function(case, **typed)
        if not case.decided:
            raise RuntimeError(f"{self.name} never decided")
        _record(case, made)
        return made

    def _actor(self, by: UUID, at: datetime) -> Sight:
        actor = sight_of(by, at)
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
    *, may: Power | None, title: Text, hidden: bool = False
) -> Callable[[Callable[Concatenate[Case, P], Ref | None]], Command]:
    """Declare a command. `may` None: anyone signed in (the command itself decides); hidden: only the system calls it."""

    def made(function: Callable[Concatenate[Case, P], Ref | None]) -> Command:
        name = function.__name__
        if name in COMMANDS:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = Command(name, title, may, function, declare(name, function), hidden)
        return COMMANDS[name]

    return made


def _digest(text: str) -> str:
    """A hash that cannot be guessed at from outside: input may hold a password."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), "sha256").hexdigest()


def _take_key(case: Case, digest: str) -> tuple[bool, Ref | None]:
    with connection.cursor() as cursor:
        cursor.execute(sql.TAKE_KEY, [case.key, case.command, case.actor.person, digest, case.at])
        if cursor.fetchone():
            return False, None
        cursor.execute(sql.FIND_KEY, [case.key])
        _, known, answer = cursor.fetchone()
    given = json.loads(answer) if isinstance(answer, str) else answer
    ref = Ref(given["kind"], UUID(given["uid"]), given["label"]) if given else None
    if known != digest:
        raise KeyReused(ref.label if ref else case.command)
    return True, ref


def _record(case: Case, made: Ref | None) -> None:
    entries = [(case.entry if n == 0 else new_id(), event) for n, event in enumerate(case.events)]
    _write_entries(case, entries, made, case.key or "")
    keeper = _Hooks.keeper
    if keeper is not None:
        keeper.record(case, entries)


def record_further(case: Case, events: Iterable[Event]) -> list[tuple[UUID, Event]]:
    """Journal events that follow from those decided, in the same act; for the keeper, which then records what they bring about."""
    entries = [(new_id(), event) for event in events]
    _write_entries(case, entries, None, "")
    return entries


def _write_entries(case: Case, entries: Sequence[tuple[UUID, Event]], made: Ref | None, key: str) -> None:
    rows = [
        {
            "uid": str(uid),
            "event": event.code,
            "payload": event.payload(),
            "text": canonical({"uid": uid, "act": case.entry, "at": case.at, "command": case.command, "event": event.code,
                               "by": case.actor.person, "for": case.actor.acting_for, "payload": event.payload()}),
            "refs": [{"kind": kind, "uid": str(one)} for kind, one in dict.fromkeys(event.concerns())],
            "ord": n,
        }
        for n, (uid, event) in enumerate(entries)
    ]
    answer = json.dumps({"kind": made.kind, "uid": str(made.uid), "label": made.label} if made else None)
    actor = case.actor
    with connection.cursor() as cursor:
        cursor.execute(
            sql.RECORD,
            [json.dumps(rows), case.entry, case.at, case.command, actor.person, actor.acting_for, answer, key],
        )


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
        raise error
    raise Refused([reason]) from error


def _write_down(made: Command, by: UUID, at: datetime, refused: Refused, given: Mapping[str, Any]) -> None:
    """Record the refusal in a short transaction of its own: clauses, reasons, who, about what."""
    subject = next((v for f in made.declaration.fields if f.of and isinstance(v := given.get(f.name), UUID)), None)
    Refusal.objects.create(
        at=at,
        command=made.name,
        by=by,
        clauses=sorted({r.clause for r in refused.reasons if r.clause}),
        reasons=[{"zh": r.seen(sums=False).zh, "en": r.seen(sums=False).en, "clause": r.clause} for r in refused.reasons],
        subject=subject,
    )
