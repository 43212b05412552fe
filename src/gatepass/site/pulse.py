"""Whether the worker's duties are alive: each says so every half minute, and the front page says which has not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection

from gatepass.site import sql
from gatepass.site.models import Pulse
from gatepass.site.nightly import Alarm
from gatepass.words import Text

EVERY: Final = 30.0
LOST: Final = timedelta(minutes=3)
DUTIES: Final = {"clocks": Text("时限和链", "clocks and chain"), "queue": Text("备份等定时任务", "backups and other timed jobs")}
STOPPED: Final = Text("后台的“{name}”停了", "The worker's duty “{name}” has stopped")
_beaten: Final[dict[str, float]] = {}


def beat(name: str, trouble: str = "", *, alive: bool = True) -> None:
    """This duty is alive (at most every half minute), or what it fell over; its last moment stays then."""
    now = time.monotonic()
    if alive and not trouble and now - _beaten.get(name, -EVERY) < EVERY:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql.BEAT, {"name": name, "at": datetime.now(UTC), "trouble": trouble[:200], "alive": alive})
    _beaten[name] = now


def alarm(now: datetime) -> Alarm | None:
    """The first duty that was alive once and has not been for three minutes, by the machine's own clock."""
    for row in Pulse.objects.filter(at__lt=now - LOST, name__in=DUTIES).order_by("at"):
        return Alarm(STOPPED.fill(name=DUTIES[row.name]), row.at)
    return None
