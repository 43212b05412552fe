"""What a promotion policy gives for a line of an order (D2). Pure: the policies in force that day come in as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Protocol
from uuid import UUID

from gatepass.words import Text, parsed, recalled

NONE = Text("", "")
GIVEN: Final = Text("{name}：买 {buy} 赠 {get}，{cartons} 件赠 {given} 件", "{name}: {get} free for {buy}, {given} with {cartons} cartons")
OFF: Final = Text("{name}：{percent}%", "{name}: {percent}%")
MIXED: Final = Text("{name}：{tiers}，{cartons} 件赠 {given} 件", "{name}: {tiers}, {given} with {cartons} cartons")


def reason_told(kept: str) -> Text:
    """Why a line has its giveaway, as it was kept: a policy's words in both languages, what somebody typed as it is."""
    return recalled(kept, (GIVEN, MIXED))


def policy_named(kept: str) -> str:
    """The policy that a kept reason names; blank where somebody set the giveaway by hand."""
    found = parsed(kept, GIVEN) or parsed(kept, MIXED)
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

    The policy that names the product most closely counts (product, family, all; then customer). Of its tiers that are reached the best
    sum is given; policies are never added up, the better of two counts.
    """
    best, tiers = 0, ""
    chosen: Policy | None = None
    for policy in _by_policy(_reached(promotions, product, cartons, giveaway=True)):
        given, used = best_sum(policy, cartons)
        if given > best:
            best, chosen, tiers = given, used[0], "/".join(f"{tier.buy}+{tier.get}" for tier in used)
    if chosen is None:
        return 0, NONE
    if "/" in tiers:
        return best, MIXED.fill(name=chosen.name, tiers=tiers, cartons=cartons, given=best)
    return best, GIVEN.fill(name=chosen.name, buy=chosen.buy, get=chosen.get, cartons=cartons, given=best)


def best_sum(tiers: Sequence[Policy], cartons: int) -> tuple[int, list[Policy]]:
    """The most cartons that tiers of one policy give together for so many, each for every whole `buy`; and the tiers used, largest first.

    Whatever the rest, fewer than `buy` of the best tier's cartons are better given by others: all before that is its own.
    """
    best = max(tiers, key=lambda tier: (Fraction(tier.get, tier.buy), tier.buy))
    bulk = max(0, (cartons - best.buy * max(tier.buy for tier in tiers)) // best.buy)
    left = cartons - bulk * best.buy
    given, last = [0] * (left + 1), [-1] * (left + 1)
    for n in range(1, left + 1):
        given[n] = given[n - 1]
        for place, tier in enumerate(tiers):
            if tier.buy <= n and given[n - tier.buy] + tier.get > given[n]:
                given[n], last[n] = given[n - tier.buy] + tier.get, place
    used, n = {best} if bulk else set(), left
    while n > 0:
        if last[n] >= 0:
            used.add(tiers[last[n]])
        n -= tiers[last[n]].buy if last[n] >= 0 else 1
    return bulk * best.get + given[left], sorted(used, key=lambda tier: -tier.buy)


def _by_policy(tiers: Iterable[Policy]) -> Iterator[list[Policy]]:
    """Rows of one name and one reach are tiers of one policy."""
    found: dict[str, list[Policy]] = {}
    for tier in sorted(tiers, key=lambda tier: (tier.name, tier.buy, tier.uid)):
        found.setdefault(tier.name, []).append(tier)
    yield from found.values()


def discount(promotions: Iterable[Policy], product: Sold, cartons: int) -> tuple[Decimal, Text]:
    """Percent off the line's goods, and why. (0, empty) where there is none. Of policies and tiers that are reached the best counts."""
    tier = max(_reached(promotions, product, cartons, giveaway=False), key=lambda one: (one.percent, one.uid), default=None)
    if tier is None:
        return Decimal(0), NONE
    percent = format(tier.percent.normalize(), "f")
    return tier.percent, OFF.fill(name=tier.name, percent=percent)


def _reached(promotions: Iterable[Policy], product: Sold, cartons: int, *, giveaway: bool) -> list[Policy]:
    """Of the policies that name product and customer most closely the tiers that so many cartons reach."""
    fitting = [p for p in promotions if p.giveaway is giveaway and closeness(p, product)]
    if cartons <= 0 or not fitting:
        return []
    closest = max((closeness(p, product), p.narrow) for p in fitting)
    return [p for p in fitting if (closeness(p, product), p.narrow) == closest and p.from_cartons <= cartons]


def closeness(policy: Policy, product: Sold) -> int:
    """3: names the product; 2: its family; 1: every product; 0: another one."""
    if policy.product is not None:
        return 3 if policy.product == product.id else 0
    if policy.family:
        return 2 if policy.family == product.family else 0
    return 1
