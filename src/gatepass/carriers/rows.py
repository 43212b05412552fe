"""The rows of carriers as commands lock them, and what several commands refuse in the same words."""

from __future__ import annotations

from uuid import UUID

from gatepass.carriers.models import Carrier, Vehicle
from gatepass.people.rows import empty, too_long
from gatepass.rules.reasons import NotFound, Reason, refusal


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


def wrong_file(code: str, name: str, contact: str, phone: str, destinations: str, papers: str) -> list[Reason | None]:
    return [
        *empty(code=code, name=name),
        *too_long(
            code=(code, 20), name=(name, 80), contact=(contact, 60), phone=(phone, 40),
            destinations=(destinations, 200), papers=(papers, 200),
        ),
    ]  # fmt: skip


def wrong_size(load_kg: int, space_dm3: int) -> list[Reason | None]:
    most = 1_000_000
    return [
        None if 0 < load_kg <= most else refusal("载重要大于 0", "The load must be more than 0", field="load_kg"),
        None if 0 < space_dm3 <= most else refusal("容积要大于 0", "The space must be more than 0", field="space_dm3"),
    ]


def plate_of(text: str) -> str:
    """A plate as it is kept: upper case without spaces and dots."""
    return "".join(text.upper().split()).replace("·", "").replace("•", "").replace(".", "")
