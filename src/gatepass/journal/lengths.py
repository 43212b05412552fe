"""How long a text may be, by the name of the input: what is longer is an answer at every door, never cut."""

from __future__ import annotations

from typing import Any, Final

from pydantic import StringConstraints

LENGTHS: Final = {
    "note": 1000, "reason": 300, "remark": 300, "cause": 300, "why": 300, "answer": 300, "outcome": 300, "papers": 200, "place": 120,
    "seals": 120, "recipient": 120,
}  # fmt: skip
"""What people write beside things; names, codes and numbers are measured by their own commands."""


def limits(name: str, bare: Any) -> list[StringConstraints]:
    """What bounds an input of that name and type."""
    return [StringConstraints(max_length=LENGTHS[name])] if bare is str and name in LENGTHS else []
