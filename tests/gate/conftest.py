"""The stage of the gate's stories (tests/gate/stage.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from databases import Clones
    from gate.stage import Stage


@pytest.fixture
def made(fresh: str, clones: Clones) -> Stage:
    """A carrier, a customer, a product and somebody in each position."""
    found: Stage = clones.built("made")
    return found
