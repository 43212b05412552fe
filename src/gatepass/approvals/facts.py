"""What clauses may know of signatures: of each thing that an event is about, by route, as it stands. Frozen, pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from gatepass.approvals.separation import GIVEN, Said, Touch
from gatepass.rules.clauses import Fact


@dataclass(frozen=True)
class SignedMatter:
    """One thing under signature: who is touched by any of its versions, and what was said to the present one. left: steps not given."""

    route: str
    subject: UUID
    number: str
    version: int
    digest: str
    touched: tuple[Touch, ...]
    said: tuple[Said, ...]
    left: frozenset[str]
    returned: bool

    @property
    def given(self) -> dict[str, str]:
        """What names it to the command that signs it."""
        return {"route": self.route, "subject": str(self.subject), "digest": self.digest}

    def has(self, step: str) -> bool:
        return any(one.step == step and one.verdict in GIVEN for one in self.said)


@dataclass(frozen=True)
class Signed(Fact):
    """Every matter about the subjects of an event."""

    matters: tuple[SignedMatter, ...]

    def of(self, route: str) -> Iterator[SignedMatter]:
        return (one for one in self.matters if one.route == route)
