"""What is read of signatures: what waits for somebody, one thing with everything about its signing, who signed what of a room's things."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gatepass.approvals import sql
from gatepass.approvals.line import eligible, levels
from gatepass.approvals.models import Matter, Signature, Touched
from gatepass.approvals.routes import ROUTES, Route, Step, step_of
from gatepass.approvals.separation import GIVEN, Verdict
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import joined, plain
from gatepass.people.roster import Acting, Roster, roster
from gatepass.roles import Sight
from gatepass.words import Text

SHOWN: Final = 200
CONFIRMING: Final = "confirm"


@dataclass(frozen=True, slots=True)
class Waits:
    """A signature that waits for somebody. up: nobody below is left for it; own_word: he owes the confirmation of his word."""

    route: Route
    step: Step
    subject: UUID
    number: str
    version: int
    digest: str
    headline: Text
    since: datetime
    up: bool = False
    own_word: bool = False

    @property
    def full(self) -> str:
        """The step's name among all routes; that of a word to confirm is its own."""
        return self.route.full(self.step.code) + (".word" if self.own_word else "")

    @property
    def confirms(self) -> bool:
        """Whether it only looks over what somebody wrote and what counts already."""
        return self.step.code == CONFIRMING

    @property
    def href(self) -> str:
        return f"/approvals/{self.route.code}/{self.subject}/"


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """What somebody said to a step of a version; `people`: he and whom he acted for."""

    version: int
    digest: str
    step: str
    verdict: Verdict
    person: UUID
    name: str
    acting_for: UUID | None
    acting_for_name: str
    recorder_name: str
    why: str
    at: datetime

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(one for one in (self.person, self.acting_for) if one)

    @property
    def given(self) -> bool:
        return self.verdict in GIVEN


def waiting(sight: Sight, *, at: datetime, most: int = SHOWN) -> list[Waits]:
    """Signatures that wait for this person, by his powers, as the next up the line, and his own words to confirm: the oldest first, what only
    looks over what counts already (a price, a file) after everything that something waits for. most: no more of each; `count` knows all."""
    later = [route.full(step.code) for route in ROUTES.values() for step in route.steps if step.code == CONFIRMING]
    found = [_waits(sight, *row) for row in joined((Matter,), sql.WAITING, {"mine": _mine(sight), "most": most, "later": later})]
    found += [_waits(sight, matter, step, data, up=True) for matter, step, data in _up_to(sight, roster(at), most)]
    found += [_waits(sight, *row[:3], own_word=True) for row in joined((Matter,), sql.WORDS, {"person": sight.person, "most": most})]
    return sorted(found, key=lambda one: (one.confirms, one.since, one.number))


def count(sight: Sight, now: Roster) -> int:
    """How many there are, for the menu."""
    mine = 0
    if (asked := _mine(sight)) != "[]":
        with prepared() as cursor:
            cursor.execute(sql.COUNT, {"mine": asked})
            mine = int(cursor.fetchone()[0])
    words = joined((Matter,), sql.WORDS, {"person": sight.person, "most": SHOWN})
    return mine + len(_up_to(sight, now, SHOWN)) + len(words)


def signatures(route: str, subjects: Iterable[UUID]) -> Mapping[UUID, list[SignatureRow]]:
    """Every signature of these things, oldest first."""
    asked = list(subjects)
    found: dict[UUID, list[SignatureRow]] = defaultdict(list)
    rows = joined((Signature,), sql.SIGNATURES, {"subjects": asked, "route": route}) if asked else []
    for row, version, name, other, recorder in rows:
        found[row.subject].append(
            SignatureRow(
                version, row.digest, row.step, Verdict(row.verdict), row.person_id, name, row.acting_for_id, other, recorder, row.why, row.at
            )
        )
    return found


def signers(route: str, subject: UUID, step: str, now: Roster) -> tuple[Acting, ...]:
    """Who may give this step of a thing now: nobody who is touched by it or gave another step, up the line where nobody else is left."""
    way = ROUTES.get(route)
    one = next((one for one in way.steps if one.code == step), None) if way else None
    if way is None or one is None:
        return ()
    digest = Matter.objects.filter(route=route, subject=subject).values_list("digest", flat=True).first()
    about = {"route": route, "subject": subject}
    kept = list(Touched.objects.filter(**about).values_list("person_id", "acting_for_id"))
    if way.apart:
        said = Signature.objects.filter(**about, digest=digest or "", verdict__in=[one.value for one in GIVEN]).exclude(step=step)
        kept += said.values_list("person_id", "acting_for_id")
    return eligible(one, now, frozenset(UUID(str(uid)) for pair in kept for uid in pair if uid))[1]


def _waits(sight: Sight, matter: Matter, step: str, data: Any, *, up: bool = False, own_word: bool = False) -> Waits:
    route, one = step_of(step if "." in step else f"{matter.route}.{step}")
    said = route.headline(sight, plain(data))
    return Waits(route, one, matter.subject, matter.number, matter.version, matter.digest, said, matter.since, up, own_word)


def _mine(sight: Sight) -> str:
    """The steps that somebody has the power for, as he and, where he only stands in, for whom."""
    rows = [
        {"step": route.full(step.code), "person": str(sight.person), "other": str(other) if (other := sight.stands_in.get(step.power)) else None}
        for route in ROUTES.values()
        for step in route.steps
        if sight.may(step.power)
    ]
    return json.dumps(rows)


def _up_to(sight: Sight, now: Roster, most: int) -> list[tuple[Matter, str, Any]]:
    """Steps without anybody left who has the power, where this person is the next up the line. Nothing is asked for who leads nobody."""
    above = {
        route.full(step.code): step
        for route in ROUTES.values()
        for step in route.steps
        if not sight.may(step.power) and any(one.person == sight.person for rank in levels(step, now)[1:] for one in rank)
    }
    if not above:
        return []
    acting = [
        {"step": full, "person": str(one.person), "other": str(one.instead_of) if one.instead_of else None}
        for full, step in above.items()
        for one in levels(step, now)[0]
    ]
    rows = joined((Matter,), sql.STUCK, {"steps": list(above), "acting": json.dumps(acting), "most": most})
    return [
        (matter, step, data)
        for matter, step, data, kept in rows
        if sight.person in {one.person for one in eligible(above[step], now, _uids(plain(kept)))[1]}
    ]


def _uids(pairs: Any) -> frozenset[UUID]:
    return frozenset(UUID(one) for pair in pairs for one in pair if one)
