"""Where a thing stands: what it says now, who is touched by it, who said what to the present version; for commands and for clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gatepass.approvals import sql
from gatepass.approvals.facts import Signed, SignedMatter
from gatepass.approvals.models import Matter
from gatepass.approvals.routes import Route
from gatepass.approvals.separation import GIVEN, Said, Touch, kept, saids, touches
from gatepass.journal.reading import Asked, joined, plain
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason
from gatepass.words import Text

WHAT = Text("{title} {number}", "{title} {number}")


@dataclass(frozen=True, slots=True)
class State:
    """The matter with everybody touched by any of its versions, and what was said to the present one."""

    matter: Matter
    touched: tuple[Touch, ...]
    said: tuple[Said, ...]

    def kept(self, route: Route, step: str, people: frozenset[UUID]) -> Iterator[Reason]:
        """Why these people (who acts, for whom) do not sign this step."""
        what = WHAT.fill(title=route.title, number=self.matter.number)
        given = {"route": route.code, "subject": str(self.matter.subject), "digest": self.matter.digest}
        return kept(self.touched, self.said, people, step, what=what, article=route.article, given=given, apart=route.apart)

    def kept_people(self, route: Route, step: str) -> frozenset[UUID]:
        """Everybody who does not sign this step."""
        signers = {who for one in self.said if route.apart and one.step != step and one.verdict in GIVEN for who in one.people}
        return frozenset({who for one in self.touched for who in one.people} | signers)


def state_of(route: Route, subject: UUID) -> State:
    """The state, its matter locked; the room's own subject is locked before it. Raises NotFound where nothing is bound."""
    found = joined((Matter,), sql.STATE, {"route": route.code, "subject": subject})
    if not found:
        raise NotFound(route.kind)
    matter, touched, said = found[0]
    return State(matter, touches(plain(touched)), saids(plain(said)))


def next_step(route: str, subject: UUID) -> dict[str, str]:
    """What names the first signature that is left of a thing to the command that gives it; nothing where none is."""
    found = Matter.objects.filter(route=route, subject=subject).first()
    if found is None or not found.left:
        return {}
    return {"route": route, "subject": str(subject), "step": found.left[0].partition(".")[2], "digest": found.digest}


def signed(event: Event) -> Asked:
    """The fact for an event: everything under signature among what it is about."""
    return Asked(sql.SIGNED, _signed)


def _signed(_: Event, rows: Sequence[Any]) -> Signed:
    return Signed(
        tuple(
            SignedMatter(
                route=row["route"], subject=UUID(row["subject"]), number=row["number"], version=row["version"], digest=row["digest"],
                touched=touches(row["touched"]), said=saids(row["said"]), left=frozenset(row["left"]), returned=row["returned"],
            )
            for row in rows
        )
    )  # fmt: skip
