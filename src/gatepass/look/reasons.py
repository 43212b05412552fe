"""Reasons in a row or on a phone, where a whole page of refusal is too much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gatepass.rules.reasons import Reason


def cures(reasons: Iterable[Reason], *, sums: bool = False) -> list[dict[str, Any]]:
    """As look/refusal_inline.html and look/refusal_phone.html draw them. `sums`: whether the viewer may see money."""
    return [{"what": one.seen(sums=sums), "clause": one.clause.split(".")[0], "why": "", "how": one.cure} for one in reasons]
