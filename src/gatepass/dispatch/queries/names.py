"""Names of people for rows: one statement for a page."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gatepass.people.models import Person


class Names:
    """Names by id; blank for nobody."""

    def __init__(self, people: Iterable[UUID | None]) -> None:
        wanted = {one for one in people if one is not None}
        self._found = dict(Person.objects.filter(uid__in=wanted).values_list("uid", "name")) if wanted else {}

    def __getitem__(self, person: UUID | None) -> str:
        return self._found.get(person, "") if person else ""
