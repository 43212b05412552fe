"""Gap-free document numbers per kind and year, taken when the document takes effect: the last lock of a command."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal import sql
from gatepass.journal.prepared import prepared


def take_number(kind: str, at: datetime) -> str:
    """The next number, as in DH-2026-0001. The year is the company's own."""
    return take_numbers(at, **{kind: 1})[kind][0]


def take_numbers(at: datetime, **wanted: int) -> dict[str, list[str]]:
    """The next so many numbers of each kind, in order, in one statement: take_numbers(at, CC=1, CK=2, TY=2)."""
    year = at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    many = [{"kind": kind, "many": number} for kind, number in sorted(wanted.items()) if number]
    with prepared() as cursor:
        cursor.execute(sql.TAKE_NUMBERS, [year, json.dumps(many)])
        last = dict(cursor.fetchall())
    return {
        kind: [f"{kind}-{year}-{one:04d}" for one in range(last[kind] - number + 1, last[kind] + 1)] for kind, number in wanted.items() if number
    }
