"""After office hours in the model: a written authority to the guard, what he lets out on it, the copies next morning (D10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from life.rules_changes import stands_refused
from life.rules_gate import leaves, unpaid_aboard
from life.rules_road import unfit
from life.things import CLIENT, Authority, Notice, Trip, count
from life.world import World, rule


def _given(world: World, who: str, guard: str, notices: list[Notice]) -> Authority:
    today = world.now.date()
    since = max(world.now, datetime.combine(today, time(18)))
    made = Authority(guard, notices, since, datetime.combine(today + timedelta(days=1), time(8)))
    world.authorities.append(made)
    return made


@rule("give_authority", CLIENT, _given)
def give_authority(world: World, who: str, guard: str, notices: list[Notice]) -> Iterator[str]:
    if guard != "feng" or not notices:
        yield "D10"
    if any(one.void or one.left for one in notices):
        yield ""


def _let_out(world: World, who: str, authority: Authority, trip: Trip, wrong: str) -> None:
    authority.used = True
    leaves(world, trip)


@rule("release_on_authority", {"feng"}, _let_out)
def release_on_authority(world: World, who: str, authority: Authority, trip: Trip, wrong: str) -> Iterator[str]:
    """All that holds for a pass holds here; and it is for this guard, these notices, this night. wrong: what does not agree."""
    named = all(part.notice in authority.notices for part in trip.aboard)
    tonight = authority.since <= world.now < authority.until and authority.guard == who
    agrees = not wrong or (wrong == "seals" and not trip.sealed)
    if not (agrees and named and tonight) or authority.handed:
        yield "D10"
    if trip.void or trip.left or not trip.aboard:
        yield ""
    if not trip.loaded or trip.left or any(part.notice.void or part.blank for part in trip.aboard):
        yield "D10"
    if any(world.outdated(part) or world.overdrawn(part.notice) for part in trip.aboard):
        yield "D10"
    if any(part.signed != count(part.stored) for part in trip.aboard):
        yield "D9"
    if unpaid_aboard(world, trip):
        yield "D4"
    if any(stands_refused(world, part.notice) for part in trip.aboard):
        yield "D8"
    yield from unfit(trip)


def _handed_over(world: World, who: str, authority: Authority, to: str) -> None:
    authority.handed = True


@rule("hand_over_copies", {"feng"}, _handed_over)
def hand_over_copies(world: World, who: str, authority: Authority, to: str) -> Iterator[str]:
    if not authority.used or authority.handed or to not in CLIENT or authority.guard != who:
        yield ""
