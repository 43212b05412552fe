"""The giveaway curve of a product: what the policy of the day gives at each count of cartons, so that a step is seen before it is missed (D2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gatepass.catalogue.models import Product
from gatepass.catalogue.policies import Policy, gifts
from gatepass.words import Text

MOST: Final = 200
WIDE, HIGH = 400, 40


@dataclass(frozen=True, slots=True)
class Curve:
    """What is given from 1 to 200 cartons: the counts at which it changes, each with what is given from there on; `cartons`: as typed."""

    name: str
    cartons: int
    gift: int
    steps: tuple[tuple[int, int], ...]
    ahead: tuple[int, int] | None

    @property
    def points(self) -> str:
        """A line of steps for a picture of 400 by 40."""
        top = max(gift for _, gift in self.steps)
        found, level = [f"0,{HIGH}"], HIGH
        for cartons, gift in self.steps:
            across, up = cartons * WIDE // MOST, HIGH - gift * (HIGH - 2) // top
            found += [f"{across},{level}", f"{across},{up}"]
            level = up
        return " ".join([*found, f"{WIDE},{level}"])

    @property
    def here(self) -> int:
        """Where the typed count stands in the picture."""
        return min(self.cartons, MOST) * WIDE // MOST

    @property
    def said(self) -> Text:
        now = Text("{n} 件赠 {g} 件", "{n} cartons give {g}").fill(n=self.cartons, g=self.gift)
        if self.ahead is None:
            return now
        more = Text("{now}；再加 {k} 件，赠 {g} 件", "{now}; {k} more give {g}")
        return more.fill(now=now, k=self.ahead[0] - self.cartons, g=self.ahead[1])


def curve(policies: Sequence[Policy], product: Product, cartons: int) -> Curve | None:
    """None where the policy gives nothing up to 200 cartons."""
    steps: list[tuple[int, int]] = []
    for count in range(1, MOST + 1):
        gift, _ = gifts(policies, product, count)
        if gift != (steps[-1][1] if steps else 0):
            steps.append((count, gift))
    if not steps:
        return None
    given, _ = gifts(policies, product, cartons)
    ahead = next(((count, gift) for count, gift in steps if count > cartons and gift > given), None)
    return Curve(product.name, cartons, given, tuple(steps), ahead)
