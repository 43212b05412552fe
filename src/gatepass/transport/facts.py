"""What clauses may know of trips and waybills. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gatepass.rules.clauses import Fact
from gatepass.words import Text


@dataclass(frozen=True)
class Signed:
    consignment: UUID
    number: str
    cartons: int
    signed_cartons: int | None


@dataclass(frozen=True)
class LoadState(Fact):
    """A trip about to leave: its signatures, its counters and whether the vehicle is a container."""

    container: bool
    cartons: int
    loaded: bool
    counters: tuple[UUID, ...]
    consignments: tuple[Signed, ...]


@dataclass(frozen=True)
class WaybillBlank:
    waybill: UUID
    number: str
    missing: tuple[Text, ...]


@dataclass(frozen=True)
class WaybillBlanks(Fact):
    waybills: tuple[WaybillBlank, ...]


@dataclass(frozen=True)
class BatchFreight(Fact):
    """The freight of one waybill: its total, or for a subsidy customer the agreed rate times the quantity (fen)."""

    fen: int
