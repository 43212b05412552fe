"""One order under way, and how fast and how far its story goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from gatepass.simulation.clientele import Client
from gatepass.simulation.founding import Yard
from gatepass.simulation.world import World

NEVER: Final = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an order is to go: what the customer wants, how he behaves, at which stage the story is left alone (empty: never).

    brisk: every desk answers within minutes, so that a stage is reached by a certain hour.
    """

    lines: tuple[tuple[UUID, int], ...]
    halts: str = NEVER
    brisk: bool = False
    answer: str = "confirms"
    pays: str = "in time"
    warehouse: str = "smooth"
    leaves: str = "by day"
    waybill: str = "in time"


@dataclass
class Deal:
    """An order, once it is taken."""

    client: Client
    plan: Plan
    order: UUID
    number: str
    ready: bool = False
    covered: bool = False
    notified: bool = False
    shipping: bool = False
    notices: list[UUID] = field(default_factory=list)

    def halts(self, stage: str) -> bool:
        return self.plan.halts == stage


@dataclass
class Trade:
    """The world with what is traded in it: what every story needs."""

    world: World
    yard: Yard
    clients: list[Client]
    dock: dict[UUID, list[tuple[Deal, UUID]]] = field(default_factory=dict)
    receipts: int = 0
    ship: Callable[[Deal], None] = lambda deal: None

    def office(self, plan: Plan, least: float, most: float) -> datetime:
        """When a desk gets it done: in some minutes of office time, or at once where the story is brisk."""
        return self.world.office(2, 5) if plan.brisk else self.world.office(least, most)

    def soon(self, plan: Plan, least: float, most: float) -> datetime:
        return self.world.soon(2, 5) if plan.brisk else self.world.soon(least, most)
