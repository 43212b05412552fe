"""Gap-free document numbers per kind and year, taken when the document takes effect: the last lock of a command."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from gatepass.journal import sql


def take_number(kind: str, at: datetime) -> str:
    """The next number, as in DH-2026-0001. The year is the company's own."""
    return take_numbers(kind, at, 1)[0]


def take_numbers(kind: str, at: datetime, count: int) -> list[str]:
    """The next so many numbers, in order, in one statement."""
    year = at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    with connection.cursor() as cursor:
        cursor.execute(sql.TAKE_NUMBERS, {"kind": kind, "year": year, "count": count})
        (last,) = cursor.fetchone()
    return [f"{kind}-{year}-{number:04d}" for number in range(last - count + 1, last + 1)]
