"""Why something is refused: what, why, who can cure it, how. A refusal carries every reason at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gatepass.roles import Position
from gatepass.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of a refusal.

    what: what is missing, with its facts; without_sums: the same for who may not see money. cure: what to do; who: the position that
    can; person: the very person where one is known; command with `given`: the one action that cures it; field: where in the input;
    stale: somebody else changed it since it was looked at.
    """

    what: Text
    clause: str = ""
    cure: Text = Text("", "")
    who: Position | None = None
    person: UUID | None = None
    command: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    without_sums: Text | None = None
    until: datetime | None = None
    field: str = ""
    stale: bool = False

    def seen(self, *, sums: bool) -> Text:
        return self.what if sums or self.without_sums is None else self.without_sums


class Refused(Exception):
    """A command was refused: every failing reason together, and what already holds."""

    def __init__(self, reasons: Iterable[Reason], holds: Iterable[tuple[str, Text]] = ()) -> None:
        self.reasons = tuple(reasons)
        self.holds = tuple(holds)
        super().__init__("; ".join(f"{r.clause} {r.what.en}".strip() for r in self.reasons))

    @property
    def status(self) -> int:
        """How every door answers: 409 where somebody else changed it meanwhile, else 422."""
        return 409 if any(reason.stale for reason in self.reasons) else 422


class NotFound(Exception):
    """Absent, or outside the scope of who asks: the two cannot be told apart."""


class KeyReused(Exception):
    """The same idempotency key came with another input."""

    def __init__(self, made: str) -> None:
        self.made = made
        super().__init__(f"this key was already used for {made}")


def refusal(zh: str, en: str, *, clause: str = "", field: str = "", cure: Text | None = None) -> Reason:
    """A reason of the module's own, in two words."""
    return Reason(what=Text(zh, en), clause=clause, field=field, cure=cure or Text("", ""))
