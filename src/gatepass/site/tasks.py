"""The jobs of the queue. A job exists for what leaves the process; clocks and the chain are the worker's own loop."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from gatepass.site import nightly


@app.periodic(cron="*/10 * * * *")
@app.task(name="nightly_backup", queueing_lock="nightly_backup")
def nightly_backup(timestamp: int) -> None:
    """Makes the backup if one is owed; `timestamp` is the queue's own tick and counts for nothing."""
    try:
        nightly.attend()
    finally:
        connection.close()
