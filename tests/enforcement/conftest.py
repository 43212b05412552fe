"""A small company whose clauses are set off by events alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from company import Staff
    from databases import Clones

FREIGHT_FEN = 2_310_00


@pytest.fixture
def staff(fresh: str, clones: Clones, monkeypatch: pytest.MonkeyPatch) -> Iterator[Staff]:
    """People, customers, a carrier. Every batch's freight is 2,310.00."""
    from gatepass.enforcement.facts import SOURCES, SOURCES_OF_MANY
    from gatepass.transport.facts import BatchFreight

    monkeypatch.setitem(SOURCES, BatchFreight, lambda event: BatchFreight(FREIGHT_FEN))
    monkeypatch.delitem(SOURCES_OF_MANY, BatchFreight, raising=False)
    yield clones.built("staff")


@pytest.fixture
def no_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events happen whatever the gates say: what is under test is what clocks make of them."""
    from gatepass.enforcement.keeper import Enforcement
    from gatepass.journal import door
    from gatepass.regulations import rulebook
    from gatepass.rules.clauses import Gate

    keeper = Enforcement(one for one in rulebook.every_clause() if not isinstance(one.says, Gate))
    monkeypatch.setattr(door._Hooks, "keeper", keeper)
