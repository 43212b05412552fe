"""The invented moment of all specimens."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

NOW: Final = datetime(2026, 11, 24, 14, 36, tzinfo=ZoneInfo("Asia/Shanghai"))


def at(hour: int, minute: int, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=NOW.tzinfo)
