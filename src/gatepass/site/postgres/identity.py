"""As whom the server runs. PostgreSQL refuses root, so root's guardian becomes somebody else first.

Three ways, the first that works is taken:
  the owner   an existing cluster (or data folder) that belongs to an ordinary user is served by that user;
  a mask      a user namespace in which root is called `nobody`: nothing is copied or moved, files stay root's, and a
              data folder below root's own home is reached;
  nobody      where namespaces are forbidden (many containers): the user `nobody`, with a copy of the programs that it
              can read and, where the data folder is out of its reach, a cluster elsewhere, `<data>/postgres` being a
              link to it.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gatepass.site.postgres import binaries

CLONE_NEWUSER = 0x10000000
SHELVES = (Path("/var/lib/gatepass"), Path("/var/tmp/gatepass"))


class NobodyToRunError(RuntimeError):
    """Root asked for a server and no way of running it as somebody else works here."""


@dataclass(frozen=True)
class Identity:
    """Somebody who can run the server: how to become him, and the programs and folder that he can use."""

    become: Callable[[], None]
    programs: Path
    home: Path


def choose(home: Path, *, masked: bool = True) -> Identity:
    """Who runs the server whose clusters lie in `home`, made when missing. `masked=False` leaves the mask out."""
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Identity(lambda: None, binaries.programs(), home)
    for identity in _candidates(home, masked=masked):
        if _works(identity):
            return identity
    raise NobodyToRunError(
        "PostgreSQL does not run as root, and here neither a user namespace nor the user nobody could run it. "
        "Start gatepass as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _candidates(home: Path, *, masked: bool) -> Iterator[Identity]:
    fresh = not home.exists() or not any(home.iterdir())
    home.parent.mkdir(parents=True, exist_ok=True)
    owner = (home.parent if fresh else home).stat().st_uid
    if owner != 0:
        yield _as_user(owner, home)
    if masked and (fresh or owner == 0):
        home.mkdir(mode=0o700, exist_ok=True)
        os.chown(home, 0, 0)
        yield Identity(_mask, binaries.programs(), home)
    if fresh:
        nobody = pwd.getpwnam("nobody").pw_uid
        yield _as_user(nobody, home)
        for shelf in SHELVES:
            yield _as_user(nobody, _elsewhere(shelf, home))


def _as_user(uid: int, home: Path) -> Identity:
    entry = pwd.getpwuid(uid)

    def become() -> None:
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)

    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(home, entry.pw_uid, entry.pw_gid)
    identity = Identity(become, binaries.programs(), home)
    if _can(identity, lambda: _runs(identity)):
        return identity
    return Identity(become, binaries.programs(binaries.readable_copy(_shelf())), home)


def _shelf() -> Path:
    for shelf in SHELVES:
        if shelf.stat().st_uid == 0 if shelf.exists() else os.access(shelf.parent, os.W_OK):
            return shelf
    raise NobodyToRunError("no folder for a copy of PostgreSQL's programs: /var/lib/gatepass cannot be made")


def _elsewhere(shelf: Path, home: Path) -> Path:
    """A folder on the shelf for this data folder; used when `home` itself is out of reach."""
    return shelf / f"data-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"


def _mask() -> None:
    """Enter a user namespace in which this process, outside still root, is called nobody and has no special powers."""
    outside_uid, outside_gid, nobody = os.geteuid(), os.getegid(), pwd.getpwnam("nobody")
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{nobody.pw_uid} {outside_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{nobody.pw_gid} {outside_gid} 1")


def _works(identity: Identity) -> bool:
    """Whether the person can run the server's program and write into the folder."""

    def trial() -> None:
        _runs(identity)
        probe = identity.home / ".probe"
        probe.touch()
        probe.unlink()

    return _can(identity, trial)


def _runs(identity: Identity) -> None:
    subprocess.run([identity.programs / "initdb", "--version"], check=True, capture_output=True, cwd="/")


def _can(identity: Identity, trial: Callable[[], None]) -> bool:
    """Try something as that person, in a child process that is gone afterwards."""
    child = os.fork()
    if child == 0:
        try:
            identity.become()
            trial()
        except BaseException:  # whatever it is, the answer is no, and a forked child must never return
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0
