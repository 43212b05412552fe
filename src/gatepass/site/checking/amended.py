"""Which sentences were in force when, by the checks' own reading of what the head set."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from gatepass.site.checking.calendar import HERE
from gatepass.site.checking.finding import Row

# The chapter of every article that has a clock.
CHAPTERS: Final = {
    "D1": 1, "D2": 1, "D3": 1, "D4": 2, "D5": 2, "D6": 2, "D7": 3, "D8": 3, "D10": 4, "D11": 5, "C11": 7, "C12": 7,
}  # fmt: skip


class Held:
    """Rows of `enforcement_amendment`, those that were withdrawn or replaced left out."""

    def __init__(self, rows: list[Row]) -> None:
        ended = {row["instead_of_id"] for row in rows}
        known = [row for row in rows if row["uid"] not in ended]
        self._force = [row for row in known if row["item"] == "force"]
        self._starts = {int(row["name"]): date.fromisoformat(row["value"]) for row in known if row["item"] == "chapter"}

    def in_force(self, clause: str, at: datetime) -> bool:
        covering = [
            row for row in self._force if row["clause"] == clause and row["since"] <= at and (row["until"] is None or at < row["until"])
        ]
        if covering:
            return bool(max(covering, key=lambda row: (row["since"], row["id"]))["value"] == "on")
        start = self._starts.get(CHAPTERS[clause.split(".", maxsplit=1)[0]])
        return start is None or start <= at.astimezone(HERE).date()
