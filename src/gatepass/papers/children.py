"""Children that work under limits: one after another, replaced after some hundred jobs and after any failure.

What must not take the program along runs in such a child: typst, and the reading of whatever comes from outside. It knows no database and
no secret, may not write files, and lives under limits of memory, processor time and time on the clock.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from gatepass.papers.frames import count, framed, received

SOURCE: Final = Path(__file__).resolve().parents[2]  # where the child finds this package, installed or not


class ChildFailed(Exception):
    """The child crashed, took too long or is busy. The next job is not affected."""


class Child:
    """One child and its queue. Threads take turns; waiting for one's turn counts towards the time limit.

    module: what the child runs; settings: JSON for it; wall: seconds on the clock for one job; jobs: how many to a child.
    """

    def __init__(self, module: str, settings: str, *, wall: float, jobs: int) -> None:
        self._module, self._settings = module, settings
        self._wall, self._jobs = wall, jobs
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._done = 0

    def ask(self, job: bytes, what: str) -> tuple[bytes, list[bytes]]:
        """What the child says (nothing when all is well) and the pieces that it made. Raises ChildFailed."""
        deadline = time.monotonic() + self._wall
        if not self._turn.acquire(timeout=self._wall):
            raise ChildFailed("busy")
        try:
            line = self._ready()
            self._done += 1
            _within(line, deadline)
            line.sendall(framed(job))
            _within(line, deadline)
            said = received(line)
            pieces = []
            for _ in range(count(line)):
                _within(line, deadline)
                pieces.append(received(line))
        except TimeoutError as error:
            self.stop()
            raise ChildFailed(f"{what} took longer than {self._wall:g} seconds") from error
        except (EOFError, OSError) as error:
            code = self.stop()
            raise ChildFailed(f"stopped while making {what} (status {code})") from error
        finally:
            self._turn.release()
        return said, pieces

    def stop(self) -> int | None:
        """End the child. Returns its exit status; the next job starts a fresh one."""
        process, line, self._process, self._line, self._done = self._process, self._line, None, None, 0
        if line is not None:
            line.close()
        if process is None:
            return None
        try:
            return process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _ready(self) -> socket.socket:
        if self._process is not None and (self._done >= self._jobs or self._process.poll() is not None):
            self.stop()
        if self._line is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", self._module, str(theirs.fileno()), self._settings],
                    pass_fds=(theirs.fileno(),),
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            self._line = ours
        return self._line


def _environment() -> dict[str, str]:
    """What Python needs to find its packages, and nothing else: no database, no secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, (str(SOURCE), os.environ.get("PYTHONPATH"))))}


def _within(line: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
