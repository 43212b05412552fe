"""The very same SQL once more, through bare psycopg: what the database alone costs."""

from __future__ import annotations

import time
from typing import Any


def replayed(clones: Any, statements: list[tuple[str, list[tuple[str, Any, bool]]]]) -> float:
    """Seconds to replay what commands said, one transaction each, on a fresh copy of the company they were recorded on."""
    import psycopg

    from gatepass.site import database

    name = clones.clone("company")
    url = database.other(clones.program, name)
    settings = "-c timezone=UTC"
    with psycopg.connect(url, options=settings, context=_adapters(), prepare_threshold=2) as bare:
        bare.autocommit = True
        seconds = 0.0
        for _, said in statements:
            started = time.perf_counter()
            with bare.transaction(), bare.cursor() as bound, psycopg.ClientCursor(bare) as written:
                for sql, params, kept in said:
                    cursor = bound if kept else written
                    cursor.execute(sql, params)
                    if cursor.description:
                        cursor.fetchall()
            seconds += time.perf_counter() - started
    return seconds


def _adapters() -> Any:
    """Django's own dumpers, so that the parameters are written as it writes them."""
    from django.db.backends.postgresql.psycopg_any import get_adapters_template

    return get_adapters_template(use_tz=True, timezone=None)
