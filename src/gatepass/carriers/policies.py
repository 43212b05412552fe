"""How freight is worked out from a carrier's rates. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.carriers.models import PricingUnit
from gatepass.money import times

ELSEWHERE: Final = "其他"
_GRAMS_A_TON: Final = Decimal(1_000_000)
_CM3_A_CUBIC_METRE: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be carried: cartons, grams, cubic centimetres."""

    cartons: int
    weight_g: int
    volume_cm3: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """One rate: yuan a unit to a destination, at least `minimum_fen`."""

    uid: UUID
    destination: str
    unit: PricingUnit
    yuan: Decimal
    minimum_fen: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Freight in fen, rounded half up once; `minimum`: the minimum charge counted, not the product. `quantity` in the unit."""

    rate: UUID
    unit: PricingUnit
    yuan: Decimal
    quantity: Decimal
    fen: int
    minimum: bool


def quantity(unit: PricingUnit, load: Load) -> Decimal:
    """How many units of pricing a load is, exactly: cartons, tons, cubic metres."""
    if unit is PricingUnit.CARTON:
        return Decimal(load.cartons)
    return load.weight_g / _GRAMS_A_TON if unit is PricingUnit.TON else load.volume_cm3 / _CM3_A_CUBIC_METRE


def quoted(tariff: Tariff, load: Load) -> Quote:
    """What a load costs by one rate."""
    amount = quantity(tariff.unit, load)
    fen = times(tariff.yuan, amount)
    least = tariff.minimum_fen
    return Quote(tariff.uid, tariff.unit, tariff.yuan, amount, max(fen, least), fen < least)


def closeness(rate: str, destination: str) -> int:
    """How well a rate's destination fits: the same place, a part of its name (重庆 in 重庆渝北), elsewhere; 0 is no fit."""
    if rate == destination:
        return 1000
    if rate == ELSEWHERE:
        return 1
    return 1 + len(rate) if rate and rate in destination else 0


def best(tariffs: Iterable[Tariff], destination: str, unit: PricingUnit | None, load: Load) -> Quote | None:
    """The quote by the closest destination; among units of the same closeness the cheapest. None: the carrier has no rate."""
    fitting = [t for t in tariffs if unit in (None, t.unit) and closeness(t.destination, destination)]
    if not fitting:
        return None
    closest = max(closeness(t.destination, destination) for t in fitting)
    quotes = [quoted(t, load) for t in fitting if closeness(t.destination, destination) == closest]
    return min(quotes, key=lambda q: (q.fen, list(PricingUnit).index(q.unit)))
