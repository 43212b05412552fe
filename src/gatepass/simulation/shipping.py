"""From money and goods to the loading dock (D5 to D8)."""

from __future__ import annotations

from gatepass.simulation.deals import Deal, Trade


def ship(trade: Trade, deal: Deal) -> None:
    """Start shipping once the goods are there and nothing stands against it; the second call and later ones find it started."""
    if not (deal.ready and deal.covered) or deal.shipping or deal.halts("paid"):
        return
    deal.shipping = True
