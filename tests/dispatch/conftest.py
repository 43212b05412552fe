"""The stage of the stories of shipping notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from databases import Clones
    from dispatch.stage import Stage


@pytest.fixture
def stage(fresh: str, clones: Clones) -> Iterator[Stage]:
    """Order DH-2026-1187: 100 + 6 cartons of doubanjiang at 84.00 and 30 of pickles at 61.50, confirmed and paid; 10:00 of a Tuesday."""
    from dispatch.stage import MORNING
    from gatepass.journal.clock import clock_at

    with clock_at(MORNING):
        yield clones.built("stage")
