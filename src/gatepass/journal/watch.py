"""Whether the clock can be believed (KERNEL 37): it is held against the count of seconds since the machine was started.

A clock that leaps by more than ten minutes, or shows a time before the last entry, stops the running out of clocks and every command until
it is right again or the administrator confirms it. Having been off is no leap: the count goes on only while the machine is up, and after a
start there is nothing to hold the clock against but the last entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from gatepass.journal import clock, sql
from gatepass.journal.models import ClockSeen, Entry
from gatepass.journal.revisions import revisions
from gatepass.rules.reasons import Reason
from gatepass.words import Text

STOPPED: Final = "stopped"
BEHIND: Final = timedelta(minutes=1)  # clocks of two machines differ by less
FRESH: Final = timedelta(seconds=30)
REASON: Final = Reason(
    what=Text("时钟不对，暂停办理；页面照常可看", "The clock is not right: nothing can be done until it is; pages can be read"),
    cure=Text(
        "改正时钟后自动恢复；时钟没错的，请管理员确认",
        "It goes on by itself once the clock is right; if it is right, the administrator confirms it",
    ),
    command="confirm_clock",
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the clock shows, and what it should by the count or by the last entry."""

    shows: datetime
    expected: datetime


def doubt() -> Doubt | None:
    """What is wrong with the clock now; None where nothing is. Writes nothing."""
    shows, seen = clock.now(), ClockSeen.objects.filter(boot=clock.boot()).first()
    if seen is not None:
        expected = seen.at + timedelta(seconds=clock.counted() - seen.counted)
        if abs(shows - expected) > clock.LEAP:
            return Doubt(shows, expected)
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and shows < last - BEHIND and (seen is None or seen.forgiven is None or last > seen.forgiven):
        return Doubt(shows, last)
    return None


def look() -> bool:
    """Look at the clock: stop everything where it is wrong, go on where it is right again. Gives whether things are stopped."""
    wrong, stopped = doubt() is not None, is_stopped()
    if wrong != stopped:
        _set(stopped=wrong)
    if not wrong:
        _seen()
    return wrong


def is_stopped() -> bool:
    return bool(revisions().get(STOPPED, 0))


def announce(shows: datetime) -> None:
    """The clock is about to be set on purpose (the demo is opened): from here on it is held against this."""
    ClockSeen.objects.update_or_create(boot=clock.boot(), defaults={"at": shows, "counted": clock.counted()})
    _set(stopped=False)


def confirm(shows: datetime) -> None:
    """The administrator says that it is right, whatever the last entry says."""
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    announce(shows)
    ClockSeen.objects.filter(boot=clock.boot()).update(forgiven=last)


def _seen() -> None:
    """Keep that it was right, not oftener than is needed."""
    shows = clock.now()
    known = ClockSeen.objects.filter(boot=clock.boot()).first()
    if known is None or abs(shows - known.at) > FRESH:
        ClockSeen.objects.update_or_create(boot=clock.boot(), defaults={"at": shows, "counted": clock.counted()})


def _set(*, stopped: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SET_REVISION, [STOPPED, int(stopped)])
