"""What a duty is about, named as people name it: document number, customer, carrier; within the statement that reads the duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from gatepass.enforcement.models import Obligation
from gatepass.journal.reading import joined

NAMES: Final = ("document", "order_number", "customer_name", "carrier_name", "reminded_at", "refused_at")


def labelled(text: str, params: Mapping[str, Any], *further: str) -> list[Obligation]:
    """The duties of a statement of `queries/sql.py`, each with document, customer_name and the like, and the further columns by name."""
    found = []
    for row, *labels in joined((Obligation,), text, params):
        vars(row).update(zip((*NAMES, *further), labels, strict=True))
        found.append(cast(Obligation, row))
    return found
