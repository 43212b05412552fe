"""What a promotion policy gives for a line of an order (D2). Pure: the policies in force that day come in as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol
from uuid import UUID

from gatepass.words import Text, parsed, recalled

NONE = Text("", "")
GIVEN: Final = Text("{name}：买 {buy} 赠 {get}，{cartons} 件赠 {given} 件", "{name}: {get} free for {buy}, {given} with {cartons} cartons")


def reason_told(kept: str) -> Text:
    """Why a line has its giveaway, as it was kept: a policy's words in both languages, what somebody typed as it is."""
    return recalled(kept, (GIVEN,))


def policy_named(kept: str) -> str:
    """The policy that a kept reason names; blank where somebody set the giveaway by hand."""
    found = parsed(kept, GIVEN)
    return found["name"] if found else ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One promotion as it is in force. `product`: internal key; None with a family: that family; with neither: every product.

    `narrow`: how closely it names the customer: 3 grade and region, 2 grade, 1 region, 0 everybody.
    """

    uid: UUID
    name: str
    giveaway: bool
    product: int | None
    family: str
    from_cartons: int
    buy: int
    get: int
    percent: Decimal
    narrow: int = 0


class Sold(Protocol):
    """A product as policies look at it."""

    @property
    def id(self) -> int: ...
    @property
    def family(self) -> str: ...


def gifts(promotions: Iterable[Policy], product: Sold, cartons: int) -> tuple[int, Text]:
    """Cartons of the same product given free with so many ordered, and why. (0, empty) where nothing is given.

    The policy that names the product most closely counts (product, family, all; then customer), and of its tiers the highest
    reached; it gives `get` for every whole `buy`.
    """
    tier = _reached(promotions, product, cartons, giveaway=True)
    if tier is None or cartons < tier.buy:
        return 0, NONE
    given = cartons // tier.buy * tier.get
    return given, GIVEN.fill(name=tier.name, buy=tier.buy, get=tier.get, cartons=cartons, given=given)


def discount(promotions: Iterable[Policy], product: Sold, cartons: int) -> tuple[Decimal, Text]:
    """Percent off the line's goods, and why. (0, empty) where there is none. Chosen as giveaways are."""
    tier = _reached(promotions, product, cartons, giveaway=False)
    if tier is None:
        return Decimal(0), NONE
    percent = format(tier.percent.normalize(), "f")
    why = Text("{name}：{percent}%", "{name}: {percent}%").fill(name=tier.name, percent=percent)
    return tier.percent, why


def _reached(promotions: Iterable[Policy], product: Sold, cartons: int, *, giveaway: bool) -> Policy | None:
    fitting = [p for p in promotions if p.giveaway is giveaway and closeness(p, product)]
    if cartons <= 0 or not fitting:
        return None
    closest = max((closeness(p, product), p.narrow) for p in fitting)
    tiers = [p for p in fitting if (closeness(p, product), p.narrow) == closest and p.from_cartons <= cartons]
    return max(tiers, key=lambda p: (p.from_cartons, p.percent, Decimal(p.get) / max(p.buy, 1), p.uid), default=None)


def closeness(policy: Policy, product: Sold) -> int:
    """3: names the product; 2: its family; 1: every product; 0: another one."""
    if policy.product is not None:
        return 3 if policy.product == product.id else 0
    if policy.family:
        return 2 if policy.family == product.family else 0
    return 1
