"""The company's own name and phone, as papers carry them. Written once, when the company is founded, and so kept in memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from gatepass.people.models import Company


@dataclass(frozen=True, slots=True)
class Firm:
    name: str = ""
    short_name: str = ""
    name_en: str = ""
    phone: str = ""


def firm() -> Firm:
    """Blank while no company is founded."""
    found = _firm(str(connection.settings_dict["NAME"]))
    if not found.name:
        _firm.cache_clear()
    return found


@lru_cache(maxsize=4)
def _firm(_database: str) -> Firm:
    row = Company.objects.first()
    return Firm(row.name, row.short_name, row.name_en, row.phone) if row else Firm()
