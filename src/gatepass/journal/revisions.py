"""Revision numbers of what processes keep in memory (law, calendar): raised by the commands that change it."""

from __future__ import annotations

from django.db import connection

from gatepass.journal import sql


def raise_revision(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.RAISE_REVISION, [name])
        (number,) = cursor.fetchone()
    return int(number)


def revisions() -> dict[str, int]:
    """All revision numbers; a name that was never raised is absent and counts as 0."""
    with connection.cursor() as cursor:
        cursor.execute(sql.REVISIONS)
        return dict(cursor.fetchall())
