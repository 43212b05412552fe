"""Gap-free document numbers per kind and year, taken when the document takes effect: the last lock of a command."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from gatepass.journal import sql


def take_number(kind: str, at: datetime) -> str:
    """The next number, as in DH-2026-0001. The year is the company's own."""
    year = at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    with connection.cursor() as cursor:
        cursor.execute(sql.TAKE_NUMBER, [kind, year])
        (last,) = cursor.fetchone()
    return f"{kind}-{year}-{last:04d}"
