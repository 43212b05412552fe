"""What waits to be confirmed among people: posts, deputies and one-time links, with what this viewer may do about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.people.deputies import hands_on
from gatepass.people.models import Appointment, Invitation, Person
from gatepass.people.queries import titled
from gatepass.people.rows import day_of
from gatepass.roles import Power, Sight
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post or a deputy that was entered. `stands_for`: of a deputy, "" where the post is vacant."""

    uid: UUID
    person: UUID
    name: str
    title: Text
    deputy: bool
    stands_for: str
    since: datetime
    until: datetime | None
    entered_by: str
    entered_at: datetime
    confirms: bool
    declines: bool


@dataclass(frozen=True, slots=True)
class WaitingLink:
    uid: UUID
    person: UUID
    name: str
    made_by: str
    expires_at: datetime
    confirmed: bool


def appointments(sight: Sight, at: datetime) -> list[Waiting]:
    """Those that this viewer may confirm or entered himself; the head and who keeps people see all."""
    rows = Appointment.objects.filter(confirmed_at=None, declined_at=None).select_related("post", "person", "stands_for").order_by("id")
    names = dict(Person.objects.filter(uid__in={row.entered_by for row in rows}).values_list("uid", "name"))
    sees_all = sight.may(Power.KEEP_PEOPLE) or sight.may(Power.AMEND_RULEBOOK)
    found = []
    for row in rows:
        confirms = _confirms(sight, row, at)
        if confirms or sees_all or sight.person in (row.entered_by, row.person.uid):
            found.append(
                Waiting(
                    row.uid, row.person.uid, row.person.name, titled(row.post), row.deputy, row.stands_for.name if row.stands_for else "",
                    row.since, row.until, names.get(row.entered_by, ""), row.entered_at, confirms, confirms or row.entered_by == sight.person,
                )
            )  # fmt: skip
    return found


def links(sight: Sight, at: datetime) -> list[WaitingLink]:
    """Open links that take the head's code, for the head alone: before he confirmed one, and after, for another code."""
    if not sight.may(Power.AMEND_RULEBOOK):
        return []
    rows = Invitation.objects.filter(used_at=None, withdrawn_at=None, needs_code=True, expires_at__gt=at).select_related("person").order_by("id")
    names = dict(Person.objects.filter(uid__in={row.made_by for row in rows}).values_list("uid", "name"))
    return [
        WaitingLink(row.uid, row.person.uid, row.person.name, names.get(row.made_by, ""), row.expires_at, row.confirmed_at is not None)
        for row in rows
    ]


def _confirms(sight: Sight, row: Appointment, at: datetime) -> bool:
    if sight.person in (row.entered_by, row.person.uid):
        return False
    if not row.deputy:
        return sight.may(Power.AMEND_RULEBOOK)
    return hands_on(sight.person, row.post, row.stands_for.uid if row.stands_for else None, day_of(at))
