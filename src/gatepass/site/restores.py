"""Putting a backup back: into a fresh database first, checked there, and only then in place of what was.

What was is kept beside: the old cluster and files as `<name>.before-<moment>`, on a server of your own the old database
as `<name>_before_<moment>`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.sql import Identifier

from gatepass.site import backups, database, postgres, signing, sql
from gatepass.site.backups import BackupError
from gatepass.site.postgres import cluster as clusters
from gatepass.site.postgres import passwords
from gatepass.site.processes import hold

CHECK = (sys.executable, "-m", "gatepass", "check")
THROWN_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


def restore(source: Path, data: Path, *, replace: bool, key: str, check: tuple[str, ...] = CHECK) -> str:
    """Restore into this data folder, or DATABASE_URL's server when that is set. Gives where the old is kept, or "".

    key: the public key that must have signed the backup; "" where somebody said in words that he trusts it unsigned.
    Raises BackupError (damaged, signed by another, refused by the check, or something is there and `replace` is False), DataFolderError.
    """
    url = _own_server()
    with hold(data):
        if not replace and (_exists(url) if url else clusters.home_of(data).exists()):
            raise BackupError("there is already a company here: --replace puts it aside and restores in its place")
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        with tempfile.TemporaryDirectory(dir=data, prefix="restoring-") as folder:
            unpacked = Path(folder) / "unpacked"
            manifest = backups.unpack(source, unpacked, key=key)
            kept = _on_server(unpacked, url, stamp, check) if url else _in_folder(unpacked, data, stamp, check)
            _files(unpacked, data, stamp)
        backups.remember(data, source.resolve(), manifest["at"])
        return kept


def _in_folder(unpacked: Path, data: Path, stamp: str, check: tuple[str, ...]) -> str:
    fresh = unpacked.parent / "fresh"
    with postgres.start(fresh) as server:
        _fill(server.addresses, unpacked, check)
    home, kept = clusters.home_of(data), ""
    if os.path.lexists(home):
        kept = str(home.rename(home.with_name(f"postgres.before-{stamp}")))
    keys = data / passwords.FOLDER
    if keys.exists():
        keys.rename(data / f"{passwords.FOLDER}.before-{stamp}")
    (fresh / passwords.FOLDER).rename(keys)
    clusters.home_of(fresh).rename(home)
    return kept


def _own_server() -> str:
    """The owner's address on a server of one's own; "" where the private server is used. Raises BackupError."""
    if not os.environ.get("DATABASE_URL"):
        return ""
    if not (owner := os.environ.get(database.OWNER, "")):
        raise BackupError("a restore needs the owner's address in GATEPASS_OWNER_URL: the program's role may not make a database")
    with database.maintenance(owner) as server:
        row = server.execute(sql.IS_SUPERUSER).fetchone()
    if row and row[0]:
        raise BackupError("GATEPASS_OWNER_URL names a superuser: what stands in a backup would run with its rights. Name the owner of the database")
    return owner


def _on_server(unpacked: Path, url: str, stamp: str, check: tuple[str, ...]) -> str:
    name, made = database.name_of(url), f"restoring_{stamp}"
    fresh = postgres.Addresses(database.other(url, made), database.other(os.environ["DATABASE_URL"], made))
    try:
        _fill(fresh, unpacked, check)
    except BaseException:
        _maintain(url, lambda server: server.execute(sql.DROP_DATABASE.format(Identifier(made))))
        raise
    kept = f"{name}_before_{stamp}" if _exists(url) else ""

    def swap(server: psycopg.Connection[tuple[object, ...]]) -> None:
        with server.transaction():
            if kept:
                server.execute(sql.RENAME_DATABASE.format(Identifier(name), Identifier(kept)))
            server.execute(sql.RENAME_DATABASE.format(Identifier(made), Identifier(name)))

    _maintain(url, swap)
    return kept


def _maintain(url: str, work: Callable[[psycopg.Connection[tuple[object, ...]]], object]) -> None:
    with database.maintenance(url) as server:
        work(server)


def _exists(url: str) -> bool:
    with database.maintenance(url) as server:
        return server.execute(sql.DATABASE_EXISTS, [database.name_of(url)]).fetchone() is not None


def proven(source: Path, data: Path, check: tuple[str, ...] = (*CHECK, "--json")) -> dict[str, int]:
    """Restore a backup into a fresh server that is gone afterwards and have it checked: what was found, counted by what it is about.

    Raises BackupError: damaged, or it cannot be restored or checked.
    """
    with tempfile.TemporaryDirectory(dir=data, prefix="proving-") as folder:
        unpacked, fresh = Path(folder) / "unpacked", Path(folder) / "fresh"
        backups.unpack(source, unpacked, key=signing.public(data))
        try:
            with postgres.start(fresh, settings=THROWN_AWAY) as server:
                _restored(server.addresses, unpacked)
                return _counted(server.url, unpacked, check)
        finally:
            if clusters.home_of(fresh).is_symlink():
                shutil.rmtree(clusters.home_of(fresh).resolve(), ignore_errors=True)


def _fill(fresh: postgres.Addresses, unpacked: Path, check: tuple[str, ...]) -> None:
    """Restore the dump into a database made for it, and have it checked."""
    _restored(fresh, unpacked)
    done = _checked(fresh.program, unpacked, check)
    if done.returncode != 0:
        raise BackupError(f"restored, but the check found faults, so nothing was changed:\n{done.stdout}{done.stderr}")


def _restored(fresh: postgres.Addresses, unpacked: Path) -> None:
    """The dump in a database made for it, as its owner and nobody stronger, brought to this version's shape."""
    database.create(fresh.owner)
    plain = ("--no-owner", "--no-privileges", "--exit-on-error")
    backups.run("pg_restore", *plain, f"--dbname={fresh.owner}", str(unpacked / backups.DUMP))
    database.prepare(fresh.owner, fresh.program)


def _checked(url: str, unpacked: Path, check: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(check, env=_settings(url, unpacked), capture_output=True, text=True, check=False)


def _counted(url: str, unpacked: Path, check: tuple[str, ...]) -> dict[str, int]:
    """How many findings there are of each kind, line by line as the check tells them. Raises BackupError."""
    found: Counter[str] = Counter()
    with subprocess.Popen(check, env=_settings(url, unpacked), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as checking:
        try:
            found.update(str(json.loads(line)["where"]) for line in checking.stdout or ())
        except (ValueError, KeyError, TypeError) as error:
            checking.kill()
            raise BackupError("restored, but the check did not come to its end") from error
    if checking.returncode != bool(found):
        raise BackupError("restored, but the check did not come to its end")
    return dict(found)


def _settings(url: str, unpacked: Path) -> dict[str, str]:
    key = (unpacked / backups.SECRET).read_text()
    return database.environment(url) | {"GATEPASS_SECRET": key, "GATEPASS_DATA": str(unpacked)}


def _files(unpacked: Path, data: Path, stamp: str) -> None:
    """Uploaded files and the secret take the place of the old, which are kept beside."""
    for name in (backups.FILES, backups.SECRET):
        old, new = data / name, unpacked / name
        if old.exists():
            old.rename(data / f"{name}.before-{stamp}")
        if new.exists():
            shutil.move(new, old)
    (data / backups.SECRET).chmod(0o600)
