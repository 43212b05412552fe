"""Starting, finding and stopping the private server of a data folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

from gatepass.site.postgres import cluster as clusters
from gatepass.site.postgres import passwords, roles
from gatepass.site.processes import this_code


class ServerError(RuntimeError):
    """The server could not be started; the words say why and what to do."""


@dataclass(frozen=True, repr=False)
class Addresses:
    """Where the company's database is: for its owner ("" where nobody told it), and for the program."""

    owner: str
    program: str


class Server:
    """A running server and the addresses of its database; it stops with stop() or with this process."""

    def __init__(self, guardian: subprocess.Popen[str], addresses: Addresses, pid: int) -> None:
        self._guardian = guardian
        self.addresses = addresses
        self.owner = addresses.owner
        self.url = addresses.program
        self.pid = pid

    def alive(self) -> bool:
        return self._guardian.poll() is None

    def stop(self) -> None:
        """Stop the server cleanly and wait for it. May be called again."""
        if self._guardian.stdin is not None and not self._guardian.stdin.closed:
            self._guardian.stdin.close()
        self._guardian.wait()
        if self._guardian.stdout is not None:
            self._guardian.stdout.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(data: Path, *, settings: Mapping[str, str] | None = None, masked: bool = True) -> Server:
    """The server of this data folder, made on first use. `settings` are PostgreSQL's, over cluster.SMALL_MACHINE.

    Raises ServerError: the folder is in use, the programs are missing, or PostgreSQL cannot run here.
    """
    config = {"data": str(data.resolve()), "settings": dict(settings or {}), "masked": masked}
    guardian = subprocess.Popen(
        [sys.executable, "-m", "gatepass.site.postgres.guardian", json.dumps(config)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True, env=this_code(),
    )  # fmt: skip
    answer = guardian.stdout.readline() if guardian.stdout else ""
    said: dict[str, Any] = json.loads(answer) if answer else {"error": "PostgreSQL's guardian ended without a word"}
    if "error" in said:
        guardian.communicate()
        raise ServerError(said["error"])
    folder, known = Path(said["folder"]), passwords.of(data.resolve(), fresh=False)
    server = Server(guardian, _addresses(folder, known), said["pid"])
    try:
        roles.settle(folder, known)
    except psycopg.Error as error:
        server.stop()
        raise ServerError(f"the roles of the database could not be made: {error}") from error
    return server


def _addresses(folder: Path, known: passwords.Secrets) -> Addresses:
    owner = clusters.url_of(folder, passwords.OWNER, known.owner)
    return Addresses(owner, clusters.url_of(folder, passwords.PROGRAM, known.program))


def running(data: Path) -> Addresses | None:
    """The addresses of the server that already runs on this data folder, or None."""
    home = clusters.home_of(data.resolve())
    if not home.exists():
        return None
    folder = clusters.ready_at(clusters.cluster_of(home.resolve()))
    return _addresses(folder, passwords.of(data.resolve(), fresh=False)) if folder else None


@contextmanager
def reach(data: Path, *, make: bool = True) -> Iterator[Addresses]:
    """Addresses for the command line: those of the environment, the running server's, or one started for the time being.

    Raises ServerError, also where there is no cluster yet and none shall be made.
    """
    if url := os.environ.get("DATABASE_URL"):
        yield Addresses(os.environ.get("GATEPASS_OWNER_URL", ""), url)
    elif there := running(data):
        yield there
    elif not make and not clusters.home_of(data).exists():
        raise ServerError(f"there is no database in {data}: found a company with `gatepass company`, or set GATEPASS_DATA")
    else:
        with start(data) as server:
            yield server.addresses
