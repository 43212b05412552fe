"""Routes of signature, as rooms declare them: who signs what of theirs in which steps, and what follows. Nothing here knows a room by name.

docs/approvals.md tells how a room declares one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.events import MatterReturned, MatterSigned, WordConfirmed
from gatepass.approvals.separation import Verdict
from gatepass.journal.door import Case
from gatepass.roles import Position, Power, Sight
from gatepass.rules.clauses import Term
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason
from gatepass.words import Text

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One signature: the power that gives it and the position that usually does.

    within: shown as its term; when: whether this version needs it, from what is bound alone; after: steps that come before it;
    word: who may record that it was given by telephone (nobody: it cannot be).
    """

    code: str
    power: Power
    text: Text
    position: Position
    within: Term | None = None
    when: Callable[[Data], bool] = lambda data: True
    after: tuple[str, ...] = ()
    word: tuple[Power, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a room loaded and locked: its row, why nothing of it can be decided now, and why it cannot be signed (but sent back)."""

    uid: UUID
    row: Any
    reasons: Sequence[Reason | None] = ()
    unsigned: Sequence[Reason | None] = ()


@dataclass(frozen=True, kw_only=True)
class Given:
    """A signature about to be given, or returned, or confirmed. person: whose it is; recorder: who wrote his word down."""

    route: Route
    subject: Subject
    step: Step
    version: int
    digest: str
    verdict: Verdict
    person: UUID
    represented: UUID | None = None
    recorder: UUID | None = None
    last: bool = False
    why: str = ""

    def about(self) -> dict[str, Any]:
        """The fields of a plain event."""
        return {
            "route": self.route.code, "subject_kind": self.route.kind, "subject": self.subject.uid, "step": self.step.code,
            "version": self.version, "digest": self.digest,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is bound, in words: `key` finds it again in another version; value None: not for who looks."""

    key: str
    what: Text
    value: Text | None


def plainly_signed(case: Case, given: Given) -> Sequence[Event]:
    """That a step was signed, for a route that has no event of its own for it."""
    by_word = given.verdict is Verdict.WORD
    return [MatterSigned(**given.about(), signer=given.person, represented=given.represented, last=given.last, by_word=by_word)]


def _returned(case: Case, given: Given) -> Sequence[Event]:
    return [MatterReturned(**given.about())]


def _confirmed(case: Case, given: Given) -> Sequence[Event]:
    return [WordConfirmed(**given.about())]


def _nothing(case: Case, given: Given) -> None:
    """Nothing follows."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """How one kind of thing is signed.

    kind: what an event and an address call its subject; article: what the book says of it.
    subject: load and lock, under the actor's sight (NotFound outside it); sees: whether a viewer may look at it at all.
    said, headline: what is bound, as lines and as one line, through the viewer's field view. page: where the thing itself is shown.
    signed, returned, confirmed: the room's events; then: what is written when a signature is given (`given.last`: with the last of them);
    sent_back, own_word: what is written besides. by_clause: a clause of the book refuses who is touched, so that the command need not.
    anew: the command that changes it into another version.
    """

    code: str
    kind: str
    title: Text
    steps: tuple[Step, ...]
    subject: Callable[[Case, UUID], Subject]
    sees: Callable[[Sight, UUID], bool]
    said: Callable[[Sight, Data], Sequence[Line]]
    headline: Callable[[Sight, Data], Text]
    page: str
    article: str
    signed: Callable[[Case, Given], Sequence[Event]] = plainly_signed
    returned: Callable[[Case, Given], Sequence[Event]] = _returned
    confirmed: Callable[[Case, Given], Sequence[Event]] = _confirmed
    then: Callable[[Case, Given], None] = _nothing
    sent_back: Callable[[Case, Given], None] = _nothing
    own_word: Callable[[Case, Given], None] = _nothing
    beside: Callable[[Sight, UUID], Sequence[Line]] = lambda sight, uid: ()
    apart: bool = True
    by_clause: bool = False
    anew: str = ""

    def step(self, code: str) -> Step:
        """Raises NotFound."""
        found = next((one for one in self.steps if one.code == code), None)
        if found is None:
            raise NotFound("step")
        return found

    def full(self, step: str) -> str:
        """A step's name among all routes."""
        return f"{self.code}.{step}"

    def needed(self, data: Data) -> list[str]:
        """The steps that a version needs, by their full names."""
        return [self.full(one.code) for one in self.steps if one.when(data)]

    def turn(self, left: Iterable[str]) -> list[str]:
        """Those of the steps not given yet whose turn it is."""
        open_ones = list(left)
        return [self.full(one.code) for one in self.steps if self.full(one.code) in open_ones and not {*map(self.full, one.after)} & {*open_ones}]


ROUTES: Final[dict[str, Route]] = {}


def route(**said: Any) -> Route:
    """Declare a route. Its code is unique; codes of steps are unique in it."""
    made = Route(**said)
    if made.code in ROUTES:
        raise ValueError(f"two routes are called {made.code}")
    ROUTES[made.code] = made
    return made


def route_of(code: str) -> Route:
    """Raises NotFound."""
    found = ROUTES.get(code)
    if found is None:
        raise NotFound("route")
    return found


def step_of(full: str) -> tuple[Route, Step]:
    """A route and its step by their full name. Raises NotFound."""
    code, _, step = full.partition(".")
    found = route_of(code)
    return found, found.step(step)
