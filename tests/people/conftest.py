"""A founded company for every test here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from masters import House


@pytest.fixture
def house(fresh: str) -> House:
    from masters import found

    return found()
