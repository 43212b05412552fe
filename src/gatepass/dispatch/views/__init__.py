"""The pages of shipping notices. They read by queries; their forms post to commands."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from gatepass.roles import Sight


def sight_of(request: HttpRequest) -> Sight:
    return cast(Sight, request.sight)  # type: ignore[attr-defined]
