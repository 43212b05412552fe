"""The head of the chain is published outside the program's reach: GATEPASS_WITNESS names a folder, or a command that gets it as a line.

The folder should be one that the machine's owner cannot write back to: another machine's, or one that only takes appends. A command is
started with the line on its standard input: mail it, print it, write it to a disk that is written once.
"""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from gatepass.journal.chaining import head

EVERY: Final = timedelta(hours=1)
FILE: Final = "heads"
log = logging.getLogger("gatepass.witness")


class _Last:
    at: datetime | None = None
    position = 0


def attend() -> int:
    """Publish the head when an hour has passed and something was added. A duty of the worker: always says that it found nothing more."""
    now = datetime.now(UTC)
    if not os.environ.get("GATEPASS_WITNESS") or (_Last.at is not None and now - _Last.at < EVERY):
        return 0
    last = head()
    _Last.at = now
    if last is not None and last.position > _Last.position:
        _Last.position = last.position
        publish(last.position, last.hash)
    return 0


def publish(position: int, digits: str) -> None:
    """One line: position, hash, moment. Raises OSError or CalledProcessError, which the worker logs."""
    where = os.environ["GATEPASS_WITNESS"]
    line = f"{position} {digits} {datetime.now(UTC).isoformat(timespec='seconds')}\n"
    if Path(where).is_dir():
        with (Path(where) / FILE).open("a", encoding="utf-8") as file:
            file.write(line)
        return
    subprocess.run(shlex.split(where), input=line, text=True, check=True, timeout=60)
