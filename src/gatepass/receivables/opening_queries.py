"""What is read of opening balances: the lists with their sums, and whether the cut-over has ended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.people.visits import names_of
from gatepass.receivables.models import CutOver, Opening, OpeningList
from gatepass.receivables.openings import Sums, sums
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound

MOST = 100


@dataclass(frozen=True, slots=True)
class OpeningListRow:
    """A list with its customers counted and its sums, both above zero. mine: who looks prepared it, and so does not approve it."""

    uid: UUID
    number: str
    customers: int
    owed_fen: int
    credit_fen: int
    prepared_by: str
    mine: bool
    prepared_at: datetime
    booked_at: datetime | None
    returned_at: datetime | None

    @property
    def waiting(self) -> bool:
        return self.booked_at is None and self.returned_at is None


@dataclass(frozen=True, slots=True)
class Ended:
    """Who ended the cut-over, when, at which totals."""

    at: datetime
    by: str
    owed_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class Openings:
    """The lists, newest first; what of them is booked and not reversed; ended: None while the cut-over goes on."""

    rows: tuple[OpeningListRow, ...]
    sums: Sums
    ended: Ended | None


def openings(sight: Sight) -> Openings:
    """Raises NotFound for who sees no money of all regions."""
    if not (sight.may(Power.SEE_MONEY) and sight.may(Power.SEE_ALL_REGIONS)):
        raise NotFound("opening")
    lists = list(OpeningList.objects.order_by("-id")[:MOST])
    lines: dict[int, list[int]] = defaultdict(list)
    for one, fen in Opening.objects.filter(list__in=lists).values_list("list_id", "fen"):
        lines[one].append(fen)
    ended = CutOver.objects.first()
    names = names_of({one.prepared_by for one in lists} | ({ended.ended_by} if ended else set()))
    return Openings(
        tuple(_row(one, lines[one.pk], names.get(one.prepared_by, ""), sight) for one in lists),
        sums(),
        Ended(ended.ended_at, names.get(ended.ended_by, ""), ended.owed_fen, ended.credit_fen) if ended else None,
    )


def _row(one: OpeningList, fens: list[int], by: str, sight: Sight) -> OpeningListRow:
    owed, credit = sum(fen for fen in fens if fen > 0), -sum(fen for fen in fens if fen < 0)
    mine = one.prepared_by == sight.person
    return OpeningListRow(one.uid, one.number, len(fens), owed, credit, by, mine, one.prepared_at, one.booked_at, one.returned_at)
