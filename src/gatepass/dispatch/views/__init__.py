"""The pages of shipping notices. They read by queries; their forms post to commands."""

from __future__ import annotations

from gatepass.journal.visits import SignedIn
from gatepass.roles import Sight


def sight_of(request: SignedIn) -> Sight:
    return request.sight
