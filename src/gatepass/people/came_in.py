"""Attempts to come in as a page shows them: one's own, and all of them for who keeps people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q

from gatepass.journal import clock
from gatepass.people.attempts import FREE_OF_ADDRESS, Way
from gatepass.people.models import Attempt
from gatepass.people.visits import names_of
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same

SHOWN: Final = 50
FILTERS: Final = ("own", "all", "wrong")
LATELY: Final = timedelta(days=7)
SPRAYED: Final = Text("地址 {address} 一周内试错 {n} 次，涉及 {names} 个名字", "Address {address}: {n} wrong attempts on {names} names in a week")
NOBODY: Final = Text("不是这里的人", "nobody here")


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """name: whose, Text where it is nobody's; known: from a device used before."""

    uid: UUID
    at: datetime
    way: Text
    name: Text
    person: UUID | None
    address: str
    browser: str
    known: bool
    good: bool


@dataclass(frozen=True, slots=True)
class Spraying:
    """An address from which many were wrong within an hour's worth: how many, on how many names, when last."""

    address: str
    wrong: int
    names: int
    last: datetime

    @property
    def said(self) -> Text:
        return SPRAYED.fill(address=self.address, n=self.wrong, names=self.names)


def came_in(sight: Sight, *, shows: str = "own", before: UUID | None = None, most: int = SHOWN) -> list[AttemptRow]:
    """The newest first; `before`: the last of those shown. Raises NotFound for all of them without the power to keep people."""
    if shows != "own" and not sight.may(Power.KEEP_PEOPLE):
        raise NotFound("page")
    rows = Attempt.objects.filter(person=sight.person) if shows == "own" else Attempt.objects.all()
    if shows == "wrong":
        rows = rows.filter(good=False)
    if before is not None:
        last = Attempt.objects.filter(uid=before).first()
        rows = rows.filter(id__lt=last.pk) if last else rows.none()
    found = list(rows.order_by("-id")[:most])
    names = names_of({row.person for row in found if row.person})
    return [
        AttemptRow(
            row.uid, row.at, Way(row.way).text, same(names[row.person]) if row.person in names else NOBODY, row.person, row.address, row.browser,
            row.known, row.good,
        )
        for row in found
    ]  # fmt: skip


def spraying(sight: Sight) -> list[Spraying]:
    """The addresses that tried most in the last week, where they tried more than is free. Nothing without the power to keep people."""
    if not sight.may(Power.KEEP_PEOPLE):
        return []
    wrong = Attempt.objects.filter(~Q(address=""), at__gt=clock.now() - LATELY, good=False, known=False)
    found = wrong.values("address").annotate(count=Count("id"), names=Count("subject", distinct=True), last=Max("at"))
    most = found.filter(count__gte=FREE_OF_ADDRESS).order_by("-count")[:10]
    return [Spraying(row["address"], row["count"], row["names"], row["last"]) for row in most]
