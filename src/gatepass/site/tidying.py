"""What is technical does not stay for ever: keys of commands after thirty days, sessions that are over,
attempts to come in that no longer count. A duty of the worker, once an hour."""

from __future__ import annotations

import time
from datetime import timedelta
from importlib import import_module
from typing import Final

from django.conf import settings
from django.db import connection

from gatepass.journal import clock, sql
from gatepass.people.attempts import forget_old

EVERY: Final = 3600.0
KEYS_LAST: Final = timedelta(days=30)


class _Last:
    at: float | None = None


def attend() -> int:
    """Purge when an hour has passed. Always says that it found nothing more."""
    if _Last.at is not None and time.monotonic() - _Last.at < EVERY:
        return 0
    _Last.at = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(sql.OLD_KEYS, [clock.now() - KEYS_LAST])
    forget_old(clock.now())
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0
