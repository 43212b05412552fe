"""Who is behind a request, for the views of every module."""

from __future__ import annotations

from uuid import UUID

from gatepass.journal.prepared import prepared
from gatepass.journal.visits import SignedIn
from gatepass.people import sql
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound


def sight_of(request: SignedIn) -> Sight:
    """Powers and scope of whoever is signed in."""
    return request.sight


def need(request: SignedIn, *powers: Power) -> Sight:
    """The same; for who has none of these powers the page is absent. Raises NotFound."""
    sight = sight_of(request)
    if not any(sight.may(power) for power in powers):
        raise NotFound("page")
    return sight


def names_of(uids: set[UUID]) -> dict[UUID, str]:
    """The names of people by id, in one statement."""
    with prepared() as cursor:
        cursor.execute(sql.NAMES, {"people": list(uids)})
        return dict(cursor.fetchall())
