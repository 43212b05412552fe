"""The rows of carriers as commands lock them, and what several commands refuse in the same words."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from gatepass.carriers.models import Carrier, Vehicle
from gatepass.people.rows import empty, too_long
from gatepass.rules.reasons import NotFound, Reason, refusal

LONGEST: Final = {"code": 20, "name": 80, "contact": 60, "phone": 40, "destinations": 200, "papers": 200}
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}$")


def locked_carrier(uid: UUID) -> Carrier:
    carrier = Carrier.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if carrier is None:
        raise NotFound("carrier")
    return carrier


def locked_vehicle(uid: UUID) -> Vehicle:
    vehicle = Vehicle.objects.select_for_update(no_key=True, of=("self",)).select_related("carrier").filter(uid=uid).first()
    if vehicle is None:
        raise NotFound("vehicle")
    return vehicle


def wrong_file(row: Carrier) -> list[Reason | None]:
    given = {name: (getattr(row, name), most) for name, most in LONGEST.items()}
    return [*empty(code=row.code, name=row.name), *too_long(**given)]


def wrong_size(load_kg: int, space_dm3: int) -> list[Reason | None]:
    most = 1_000_000
    return [
        None if 0 < load_kg <= most else refusal("载重要大于 0", "The load must be more than 0", field="load_kg"),
        None if 0 < space_dm3 <= most else refusal("容积要大于 0", "The space must be more than 0", field="space_dm3"),
    ]


def plate_of(text: str) -> str:
    """A plate as it is kept: upper case without spaces, a dot after the province and letter of a Chinese one (川A·8F213)."""
    bare = re.sub(r"[\s·•.\-]", "", text.upper())
    return f"{bare[:2]}·{bare[2:]}" if _CHINESE.match(bare) else bare
