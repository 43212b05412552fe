"""Pure decisions about orders: what a composition is made of, what a subsidy comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from gatepass.money import times
from gatepass.receivables.labels import part_told
from gatepass.words import Text

KG, M3 = Decimal(1000), Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class PartOf:
    """One line of a composition. Positive fen add to what is to be remitted."""

    kind: str
    fen: int
    text: Text
    source_kind: str = ""
    source: UUID | None = None
    entries: tuple[dict[str, Any], ...] = ()  # the rests that a sum of several stands for, as they are frozen

    @property
    def told(self) -> Text:
        """Its name with the label of the item that it stands for, in both languages."""
        return part_told(self.text.zh, self.text.en)

    def said(self) -> dict[str, Any]:
        """As a composition keeps it."""
        return {
            "kind": self.kind, "fen": self.fen, "zh": self.text.zh, "en": self.text.en, "source": str(self.source or ""),
            "entries": list(self.entries),
        }  # fmt: skip


def compose(
    *, previous: Sequence[dict[str, Any]], customer: UUID, items: Iterable[PartOf], freight: int, subsidy: int, goods: int, cartons: int,
    off: Iterable[PartOf] = (),
) -> tuple[PartOf, ...]:
    """The account composition (D2), in the regulation's order. The sum of its parts is what is to be remitted this time."""
    fen = sum(int(rest["fen"]) for rest in previous)
    owed = Text("原欠", "previous balance owed") if fen > 0 else Text("余款", "balance in credit")
    parts = [PartOf("previous", fen, owed if fen else Text("原欠款", "previous balance"), "customer", customer, tuple(previous)), *items]
    if freight:
        parts.append(PartOf("freight", freight, Text("本次运费（公司代付）", "freight of this shipment, paid for you")))
    if subsidy:
        parts.append(PartOf("subsidy", -subsidy, Text("本次运补", "freight subsidy of this shipment")))
    parts.append(PartOf("goods", goods, Text("本次货款 {n} 件", "goods of this order, {n} cartons").fill(n=cartons), "order"))
    parts += off
    return tuple(parts)


def remit(parts: Iterable[PartOf]) -> int:
    return sum(part.fen for part in parts)


def subsidy_fen(*, yuan: Decimal, unit: str, cartons: int, weight_g: int, volume_cm3: int) -> int:
    """The agreed rate times the quantity, giveaways included, in fen; never the printed freight (D11)."""
    quantity = {"carton": Decimal(cartons), "ton": weight_g / KG / KG, "m3": volume_cm3 / M3}[unit]
    return times(yuan, quantity)
