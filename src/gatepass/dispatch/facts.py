"""What clauses may know of shipping notices. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gatepass.rules.clauses import Fact


@dataclass(frozen=True)
class AskedOf:
    doubt: UUID
    notice: UUID
    number: str
    question: str


@dataclass(frozen=True)
class OpenDoubts(Fact):
    doubts: tuple[AskedOf, ...]


@dataclass(frozen=True)
class BatchOffer:
    """A batch that could serve a line: what is in it now, when it expires (ISO day), in the order of expiry."""

    batch: UUID
    code: str
    product: UUID
    expires_on: str
    on_hand: int
    passed: bool


@dataclass(frozen=True)
class LineToPick(Fact):
    """What the notice says of a line, what was picked already, and the batches in order of expiry."""

    product: UUID
    product_name: str
    wanted: int
    picked: int
    offers: tuple[BatchOffer, ...]


@dataclass(frozen=True)
class ConsentState(Fact):
    """Whether a change has the consent it needs; what would be unpaid of the order's goods with it, and what the director signed for.

    A change that makes a new version is held to D4.4 by that version: its unpaid sum stands there, 0 here.
    """

    consented: bool
    extra_unpaid_fen: int
    director_signed_fen: int


@dataclass(frozen=True)
class PickState:
    notice: UUID
    number: str
    wanted: int
    picked: int


@dataclass(frozen=True)
class Picked(Fact):
    notices: tuple[PickState, ...]


@dataclass(frozen=True)
class PickedBatch:
    """Cartons of one batch picked for a notice, with its quality as it stands now and the day on which it expires (ISO)."""

    notice: UUID
    number: str
    batch: UUID
    code: str
    product: str
    cartons: int
    passed: bool
    expires_on: str


@dataclass(frozen=True)
class PickedBatches(Fact):
    batches: tuple[PickedBatch, ...]


@dataclass(frozen=True)
class SampleState(Fact):
    """A sample notice: who wrote it and who approved it, acting and represented, with the approval under way."""

    number: str
    writers: frozenset[UUID]
    approvers: frozenset[UUID]
