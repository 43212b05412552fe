"""The passwords of the private server: superuser, owner and program, each in a file of its own that only its owner reads.

Web and worker are told the program's alone. Whoever keeps the folder keeps the company: a backup does not hold it, a restored
company gets new ones.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FOLDER = "keys"
SUPERUSER, OWNER, PROGRAM = "gatepass_superuser", "gatepass", "gatepass_app"
ROLES = (SUPERUSER, OWNER, PROGRAM)


class NoSecretsError(RuntimeError):
    """There is a cluster, but the folder with its passwords is gone."""


@dataclass(frozen=True, repr=False)
class Secrets:
    """The three passwords; never printed."""

    superuser: str
    owner: str
    program: str


def of(data: Path, *, fresh: bool) -> Secrets:
    """The passwords of this data folder, made where the cluster is yet to be made. Raises NoSecretsError."""
    folder = data / FOLDER
    if fresh:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for role in ROLES:
            _make(folder / role)
    try:
        return Secrets(*((folder / role).read_text().strip() for role in ROLES))
    except OSError as error:
        raise NoSecretsError(
            f"{folder} with the passwords of the database is missing or unreadable ({error.strerror}). "
            "Put it back, or move the folder postgres aside and restore a backup with `gatepass restore`."
        ) from error


def _make(file: Path) -> None:
    if file.exists():
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as new:
        new.write(secrets.token_urlsafe(32))
