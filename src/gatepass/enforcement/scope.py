"""Which duties somebody sees: his own, and those of what he may see. Deny by default."""

from __future__ import annotations

from typing import Any

from gatepass.people.roster import Roster
from gatepass.roles import Power, Sight


def asking(sight: Sight, now: Roster) -> dict[str, Any]:
    """Who asks, as the statements of duties take it.

    Everything is seen with the view of the company or of all orders, what concerns customers of his regions by who sees those, one's own
    duties by everybody. positions, people, present: what he holds, whom he stands for, who holds those positions now.
    """
    orders = sight.may(Power.SEE_ORDERS)
    return {
        "positions": [position.value for position in sight.positions], "people": list(now.stands_for(sight.person)),
        "present": list(now.holders(sight.positions)), "carrier": sight.carrier,
        "everything": sight.may(Power.SEE_COMPANY) or (orders and sight.regions is None),
        "regions": list(sight.regions) if orders and sight.regions is not None else [],
    }  # fmt: skip
