"""Who may give a step now: those with its power; where nothing is left of them, their superiors up the line, the head last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from gatepass.approvals.routes import Step
from gatepass.people.roster import Acting, PostNow, Roster
from gatepass.roles import POWERS, Position

OUTSIDE: Final = frozenset({Position.ADMINISTRATOR, Position.DRIVER})


def levels(step: Step, now: Roster) -> list[tuple[Acting, ...]]:
    """Who acts for the posts with the power, then for the posts above those, and so on; the head of the company closes the line."""
    posts = {post.id: post for post in now.posts if post.kind not in OUTSIDE}
    rank = [post for post in posts.values() if step.power in POWERS[post.kind]]
    found, seen = [_acting(rank)], {post.id for post in rank}
    while rank := [posts[one] for one in dict.fromkeys(post.reports_to for post in rank) if one in posts and one not in seen]:
        found.append(_acting(rank))
        seen |= {post.id for post in rank}
    head = [post for post in posts.values() if post.kind is Position.HEAD and post.id not in seen]
    return [*found, _acting(head)] if head else found


def eligible(step: Step, now: Roster, kept: frozenset[UUID]) -> tuple[int, tuple[Acting, ...]]:
    """The first level of which somebody is left, and who; the last level and nobody where there is none."""
    ranks = levels(step, now)
    for level, people in enumerate(ranks):
        left = tuple(one for one in people if not kept & {one.person, one.instead_of})
        if left:
            return level, left
    return len(ranks), ()


def _acting(posts: Iterable[PostNow]) -> tuple[Acting, ...]:
    return tuple({(one.person, one.instead_of): one for post in posts for one in post.acting()}.values())
