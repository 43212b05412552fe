"""Who acts for a position now: its holders, or who deputises for them. Read in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.prepared import prepared
from gatepass.people import sql
from gatepass.roles import Position


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acts for a position; `instead_of`: the holder whom he represents, where he is a deputy."""

    person: UUID
    name: str
    phone: str = ""
    extension: str = ""
    instead_of: UUID | None = None
    instead_of_name: str = ""


@dataclass(frozen=True, slots=True)
class PostNow:
    id: int
    kind: Position
    region: str
    title: str
    reports_to: int | None
    holders: tuple[Acting, ...]
    deputies: tuple[Acting, ...]

    def acting(self) -> Iterator[Acting]:
        """Each holder, or the first deputy who represents him; a deputy of the post itself where it is vacant."""
        for holder in self.holders:
            yield next((one for one in self.deputies if one.instead_of == holder.person), holder)
        if not self.holders:
            yield from self.deputies[:1]


class Roster:
    """The organisation at one moment."""

    def __init__(self, posts: Iterable[PostNow]) -> None:
        self.posts = tuple(posts)

    def acting(self, position: str, holder: UUID | None = None) -> tuple[Acting, ...]:
        """Who acts for this holder of the position; for all its holders where none is named or he no longer holds it."""
        posts = [post for post in self.posts if post.kind.value == position]
        everybody = {one.person: one for post in posts for one in post.acting()}
        if holder is not None:
            own = [post for post in posts if any(one.person == holder for one in post.holders)]
            found = {one.person: one for post in own for one in post.acting() if holder in (one.person, one.instead_of)}
            return tuple((found or everybody).values())
        return tuple(everybody.values())

    def only(self, position: str, holder: UUID | None) -> UUID | None:
        """The one person who acts for it; None where several do, or nobody."""
        acting = self.acting(position, holder)
        return acting[0].person if len(acting) == 1 else None

    def stands_for(self, person: UUID) -> frozenset[UUID]:
        """The person and everybody whom he represents now."""
        represented = {d.instead_of for post in self.posts for d in post.deputies if d.person == person and d.instead_of}
        return frozenset({person, *represented})

    def holders(self, positions: Iterable[Position]) -> frozenset[UUID]:
        """Everybody who holds one of these positions today."""
        wanted = frozenset(positions)
        return frozenset(one.person for post in self.posts if post.kind in wanted for one in post.holders)

    def above(self, person: UUID) -> frozenset[UUID]:
        """Everybody who holds or acts for a post in the line above one of this person's posts."""
        by_id = {post.id: post for post in self.posts}
        wanted = {post.reports_to for post in self.posts if any(one.person == person for one in post.holders)}
        line: set[int] = set()
        while wanted := {one for one in wanted if one in by_id and one not in line}:
            line |= {one for one in wanted if one is not None}
            wanted = {by_id[one].reports_to for one in wanted if one is not None}
        people = {one.person for post in self.posts if post.id in line for one in (*post.holders, *post.deputies)}
        return frozenset(people - {person})

    def below(self, person: UUID) -> tuple[PostNow, ...]:
        """The posts that report to a post which this person holds or deputises for."""
        mine = {post.id for post in self.posts if any(one.person == person for one in (*post.holders, *post.deputies))}
        return tuple(post for post in self.posts if post.reports_to in mine and post.id not in mine)


def roster(at: datetime) -> Roster:
    """Who holds and who deputises at a moment."""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    with prepared() as cursor:
        cursor.execute(sql.ROSTER, {"day": day, "at": at})
        return Roster(_post(row) for row in cursor.fetchall())


def _post(row: tuple[Any, ...]) -> PostNow:
    number, kind, region, title, above, holders, deputies = row
    people = [json.loads(found) if isinstance(found, str) else found for found in (holders, deputies)]
    found = [tuple(_acting(*one) for one in some) for some in people]
    return PostNow(number, Position(kind), region, title, above, *found)


def _acting(uid: str, name: str, phone: str, extension: str, *represented: str | None) -> Acting:
    """`represented`: for a deputy, id and name of whom he acts for; both None where the post is vacant."""
    other, other_name = represented or (None, None)
    return Acting(UUID(uid), name, phone, extension, UUID(other) if other else None, other_name or "")
