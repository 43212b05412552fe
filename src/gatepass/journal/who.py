"""Who acts: a person's sight at a moment, and with it the key that his command came with. Told by people, who are above the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from gatepass.journal import clock, sql
from gatepass.journal.prepared import prepared
from gatepass.roles import SYSTEM, Sight
from gatepass.rules.reasons import NotFound


@dataclass(frozen=True, slots=True)
class Given:
    """The key that a command came with: taken in the same statement that tells who acts."""

    key: str
    command: str
    digest: str


class People(Protocol):
    """Who acts, as the journal sees it: a person's sight at a moment, and whether the key was free and is taken now."""

    def __call__(self, person: UUID, at: datetime, given: Given | None = None) -> tuple[Sight | None, bool]: ...


class _Told:
    people: People | None = None


def know_people(people: People) -> None:
    """Register how a person's sight is found."""
    _Told.people = people


def sight_of(person: UUID, at: datetime | None = None) -> Sight:
    """Who this is and what he may do at a moment. Raises NotFound for nobody and for the inactive."""
    return who(person, at or clock.now())[0]


def who(person: UUID, at: datetime, given: Given | None = None) -> tuple[Sight, bool]:
    """Who acts, and whether the key is this command's now. Raises NotFound for nobody and for the inactive."""
    if person == SYSTEM.person:
        return SYSTEM, given is None or _take_key(given, person, at)
    found, taken = _Told.people(person, at, given) if _Told.people else (None, False)
    if found is None:
        raise NotFound("person")
    return found, taken


def _take_key(given: Given, person: UUID, at: datetime) -> bool:
    with prepared() as cursor:
        cursor.execute(sql.TAKE_KEY, [given.key, given.command, person, given.digest, at])
        return cursor.fetchone() is not None
