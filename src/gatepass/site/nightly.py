"""The nightly backup: written, restored into a fresh server and checked there; what came of it is kept and shown.

The queue looks every ten minutes whether one is owed, so that a machine that slept at that hour makes up for it. It goes by the
machine's own clock: what is backed up is the machine. The demo is not backed up.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.models import Entry
from gatepass.people.models import Company
from gatepass.site import backups, restores
from gatepass.site.database import DatabaseError
from gatepass.site.models import BackupRun
from gatepass.site.postgres import ServerError
from gatepass.words import Text

FOLDER: Final = "backups"
AGAIN_AFTER: Final = timedelta(hours=1)
PATIENCE: Final = timedelta(hours=2)  # how long after its hour a backup may still be in the making
MISSING: Final = Text("昨晚没有备份", "Last night's backup is missing")
UNPROVEN: Final = Text("昨晚的备份没有通过核对：{what}", "Last night's backup was not verified: {what}")
FOUND: Final = Text("{n} 处不符", "{n} things do not agree")


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with last night's backup."""

    what: Text
    since: datetime


def last_hour(now: datetime) -> datetime:
    """The latest moment not after now at which a backup is due, by the company's wall clock."""
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    due = datetime.combine(here.date(), time.fromisoformat(settings.BACKUP_AT), here.tzinfo)
    return (due if due <= here else due - timedelta(days=1)).astimezone(UTC)


def owed(now: datetime) -> bool:
    """Whether a backup has to be made now: none since its hour, or a failed one an hour ago. Never for an empty place or the demo."""
    since = last_hour(now)
    if not _there_since(since):
        return False
    runs = BackupRun.objects.filter(at__gte=since)
    return not runs.filter(verified=True).exists() and not runs.filter(at__gt=now - AGAIN_AFTER).exists()


def alarm(now: datetime) -> Alarm | None:
    """What is wrong with last night's backup, or None: it is there and was verified, or it is not time yet."""
    since = last_hour(now - PATIENCE)
    if not _there_since(since):
        return None
    run = BackupRun.objects.filter(at__gte=since).order_by("-verified", "-at").first()
    if run is None:
        return Alarm(MISSING, since)
    if run.verified:
        return None
    found = sum(run.findings.values())
    what = FOUND.fill(n=found) if found else Text("{why}", "{why}").fill(why=run.trouble.split(":")[0][:80] or "—")
    return Alarm(UNPROVEN.fill(what=what), run.at)


def _there_since(moment: datetime) -> bool:
    """Whether there is a company that is no demo and was there already."""
    return Company.objects.filter(demo=False).exists() and Entry.objects.filter(at__lt=moment).exists()


def attend(now: datetime | None = None) -> BackupRun | None:
    """Make the backup if one is owed and nobody is at it. Gives what came of it."""
    at, folder = now or datetime.now(UTC), settings.DATA / FOLDER
    if settings.DEMO or not owed(at):
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    with _alone(folder) as mine:
        if not mine:
            return None
        made = make(os.environ["DATABASE_URL"], settings.DATA, at)
        _forget_old(folder, settings.BACKUPS_KEPT)
        return made


def make(url: str, data: Path, at: datetime) -> BackupRun:
    """Write the backup, prove it, and keep what came of it; a failure is kept, too."""
    target = data / FOLDER / f"gatepass-{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y%m%d-%H%M%S}.backup"
    run = BackupRun(at=at, file=f"{FOLDER}/{target.name}")
    try:
        backups.write(url, data, target, key=settings.SECRET_KEY)
        run.size = target.stat().st_size
        run.findings = restores.proven(target, data)
        run.verified = not run.findings
    except (backups.BackupError, ServerError, DatabaseError, OSError) as error:
        run.trouble = f"{type(error).__name__}: {error}"[:300]
    run.save()
    return run


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else is making a backup here; the lock goes with the process that holds it."""
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _forget_old(folder: Path, most: int) -> None:
    """Keep the newest files, and the newest that was verified whatever its age."""
    proven = BackupRun.objects.filter(verified=True).order_by("-at").values_list("file", flat=True).first() or ""
    for old in sorted(folder.glob("gatepass-*.backup"))[:-most]:
        if old.name != Path(proven).name:
            old.unlink(missing_ok=True)
