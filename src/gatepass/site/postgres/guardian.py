"""The guardian of one server: `python -m gatepass.site.postgres.guardian CONFIG`, started by server.py.

It holds the lock on the data folder, becomes whoever may run PostgreSQL, starts the server, says so in one line of JSON
on its standard output, and stops it when its standard input ends or its parent has changed: then whoever asked for the
server is gone. Should the guardian itself be killed, the kernel tells the server to stop (die_with_parent).
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from gatepass.site.postgres import binaries, passwords
from gatepass.site.postgres import cluster as clusters
from gatepass.site.postgres import identity as identities

STARTING = 60.0  # seconds; recovery after a crash may take a while
STOPPING = 30.0
LETTING_GO = 40.0  # how long a guardian whose parent was killed may take to stop its server


class InUseError(RuntimeError):
    """Another program serves this data folder."""


def main() -> int:
    config: dict[str, Any] = json.loads(sys.argv[1])
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    data = Path(config["data"])
    try:
        lock = _lock(data, parent)
        home = clusters.home_of(data)
        clusters.cluster_of(home.resolve())
        known = passwords.of(data, fresh=not home.exists() or not any(home.resolve().iterdir()))
        identity = identities.choose(home.resolve(), masked=config["masked"])
        _point_to(home, identity.home)
        binaries.major()  # looked up now: whom we become may not be able to read Python's own folders
        identity.become()
        server, folder = _serve(identity, config["settings"], known.superuser)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        _tell(error=_words(error))
        return 1
    _tell(folder=str(folder), pid=server.pid)
    try:
        _watch(server, parent)
    finally:
        _stop(server)
        clusters.tidy(folder)
        lock.close()
    return 0


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _tell(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _words(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"{error}: {error.stderr}".strip()
    return str(error)


def _lock(data: Path, parent: int) -> IO[str]:
    """The data folder's exclusive lock, naming the asking process. Waits while a dead program's guardian tidies up."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = (data / "postgres.lock").open("a+")
    deadline = time.monotonic() + LETTING_GO
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            if (holder and Path(f"/proc/{holder}").exists()) or time.monotonic() > deadline:
                raise InUseError(
                    f"{data} is already in use by the running program {holder}. "
                    "Stop it first, or set GATEPASS_DATA to another folder."
                ) from None
            time.sleep(0.1)
            continue
        file.seek(0)
        file.truncate()
        file.write(str(parent))
        file.flush()
        return file


def _point_to(home: Path, chosen: Path) -> None:
    """When the clusters had to lie elsewhere, leave a link in the data folder so that they are found again."""
    if home.resolve() != chosen:
        if home.exists():
            home.rmdir()
        home.symlink_to(chosen)


def _serve(identity: identities.Identity, settings: dict[str, str], superuser: str) -> tuple[subprocess.Popen[bytes], Path]:
    cluster = clusters.cluster_of(identity.home)
    if not cluster.exists():
        clusters.make(cluster, identity.programs, superuser)
    clusters.clear_the_way(cluster)
    with tempfile.TemporaryFile() as errors:
        server = clusters.launch(cluster, identity.programs, settings, errors.fileno())
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline:
            if (folder := clusters.ready_at(cluster)) is not None:
                return server, folder
            if server.poll() is not None:
                break
            time.sleep(0.02)
        _stop(server)
        errors.seek(0)
        said = errors.read().decode(errors="replace")[-2000:]
    raise RuntimeError(f"PostgreSQL did not start. {said} See also {cluster / 'log'}")


def _watch(server: subprocess.Popen[bytes], parent: int) -> None:
    """Return when the server has ended, or standard input has, or the parent is another one than it was."""
    while server.poll() is None and os.getppid() == parent:
        readable, _, _ = select.select([sys.stdin], [], [], 0.5)
        if readable and not os.read(sys.stdin.fileno(), 64):
            return


def _stop(server: subprocess.Popen[bytes]) -> None:
    for sign, patience in ((signal.SIGINT, STOPPING), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if server.poll() is not None:
            return
        server.send_signal(sign)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    raise SystemExit(main())
