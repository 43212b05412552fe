"""Which duties somebody sees: his own, and those of what he may see. Deny by default."""

from __future__ import annotations

from functools import cache
from typing import Any

from gatepass.people.roster import Roster
from gatepass.regulations import rulebook
from gatepass.roles import Position, Power, Sight
from gatepass.rules.clauses import Owes


def asking(sight: Sight, now: Roster) -> dict[str, Any]:
    """Who asks, as the statements of duties take it.

    Everything is seen with the view of the company or of all orders, what concerns customers of his regions by who sees those, one's own
    duties and, where he sees no orders, what others owe to his position by everybody.
    positions, people, present: what he holds, whom he stands for, who holds those positions now.
    """
    orders = sight.may(Power.SEE_ORDERS)
    owed = owed_to(sight.positions)
    return {
        "positions": [position.value for position in sight.positions], "people": list(now.stands_for(sight.person)),
        "present": list(now.holders(sight.positions)), "carrier": sight.carrier,
        "owed": owed, "waited": [] if orders else owed,
        "everything": sight.may(Power.SEE_COMPANY) or (orders and sight.regions is None),
        "regions": list(sight.regions) if orders and sight.regions is not None else [],
    }  # fmt: skip


@cache
def owed_to(positions: frozenset[Position]) -> list[str]:
    """The sentences that somebody owes to one of these positions."""
    said = ((one.number, one.says) for one in rulebook.every_clause())
    return sorted({number for number, says in said if isinstance(says, Owes) and says.to in positions})
