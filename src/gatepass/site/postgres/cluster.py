"""One cluster on disk: made by initdb, its socket folder, its pid file, its settings."""

from __future__ import annotations

import hashlib
import locale
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import quote

from gatepass.site.postgres import binaries
from gatepass.site.postgres.passwords import SUPERUSER
from gatepass.site.processes import die_with_parent

DATABASE = "gatepass"
PORT = "5432"
SHORT_FOLDERS = (Path("/tmp"), Path("/var/tmp"))
LONGEST_SOCKET = 107  # bytes of a socket's path that the kernel takes
SMALL_MACHINE: dict[str, str] = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "shared_buffers": "192MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "80",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_min_duration_statement": "2000",
}


def home_of(data: Path) -> Path:
    """The folder of a data folder's clusters: one below it per major version."""
    return data / "postgres"


def make(cluster: Path, programs: Path, password: str) -> None:
    """initdb beside the place, then move: a half-made cluster is never taken for a whole one. CalledProcessError.

    Whoever connects proves a password, also on the socket: `password` is the superuser's.
    """
    unfinished = cluster.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    subprocess.run(
        [
            programs / "initdb", "--pgdata", unfinished, "--username", SUPERUSER, "--auth", "scram-sha-256", "--pwfile", "/dev/stdin",
            "--encoding", "UTF8", "--locale", "C", "--lc-ctype", _ctype(), "--no-instructions",
        ],
        check=True, capture_output=True, text=True, cwd="/", env=_plain_environment(), input=f"{password}\n",
    )  # fmt: skip
    unfinished.rename(cluster)


def _ctype() -> str:
    """C.UTF-8 under the name that this system has for it; with plain C, trigrams would find no Chinese."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise RuntimeError("this system has no UTF-8 locale: install C.UTF-8")


def _plain_environment() -> dict[str, str]:
    """The environment without what would steer PostgreSQL (PGDATA, PGPORT, LC_ALL, ...)."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}


def socket_folder(cluster: Path) -> Path:
    """A short folder of mode 0700 of whoever runs the server, made here. RuntimeError when a stranger made it first."""
    name = f"gatepass-{hashlib.sha256(str(cluster).encode()).hexdigest()[:16]}"
    for parent in (Path(tempfile.gettempdir()), *SHORT_FOLDERS):
        folder = parent / name
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET or not os.access(parent, os.W_OK):
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise RuntimeError(f"{folder} belongs to somebody else; remove it")
        folder.chmod(0o700)
        return folder
    raise RuntimeError("no folder with a path short enough for PostgreSQL's socket")


def tidy(folder: Path) -> None:
    """Remove the socket folder of a server that has stopped; another start makes it again."""
    shutil.rmtree(folder, ignore_errors=True)


def launch(cluster: Path, programs: Path, settings: Mapping[str, str], errors: int) -> subprocess.Popen[bytes]:
    """The server's process. What it says before its own log is open goes to the file descriptor `errors`."""
    wanted = SMALL_MACHINE | {"unix_socket_directories": str(socket_folder(cluster))} | dict(settings)
    options = [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [programs / "postgres", "-D", cluster, *options],
        stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, cwd="/", env=_plain_environment(),
        preexec_fn=partial(die_with_parent, signal.SIGINT),  # PostgreSQL's fast shutdown
    )  # fmt: skip


def clear_the_way(cluster: Path) -> None:
    """Deal with a pid file left behind: stop a server that lost its guardian, remove the file of one that is gone.

    Only the holder of the lock calls it. PostgreSQL itself would take any living process of that number for a server.
    """
    file = cluster / "postmaster.pid"
    pid = _pid(file)
    if pid is not None and _serves(pid, cluster):
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while _serves(pid, cluster) and time.monotonic() < deadline:
            time.sleep(0.05)
    elif file.exists():
        file.unlink()


def _pid(file: Path) -> int | None:
    try:
        return int(file.read_text().split("\n")[0])
    except (OSError, ValueError):
        return None


def _serves(pid: int, cluster: Path) -> bool:
    """Whether that process is a PostgreSQL server of this cluster."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return words[0].endswith(b"postgres") and os.fsencode(cluster) in words


def ready_at(cluster: Path) -> Path | None:
    """The socket folder of a running, ready server, as its pid file says; None when there is none."""
    file = cluster / "postmaster.pid"
    try:
        lines = file.read_text().split("\n")
    except OSError:
        return None
    pid = _pid(file)
    if pid is None or len(lines) < 8 or lines[7].strip() != "ready" or not _serves(pid, cluster):
        return None
    return Path(lines[4])


def url_of(folder: Path, role: str, password: str, database: str = DATABASE) -> str:
    """A libpq address on the socket folder, for a role with its password."""
    return f"postgresql://{role}:{password}@/{quote(database)}?host={quote(str(folder))}&port={PORT}"


def cluster_of(home: Path) -> Path:
    """The cluster of the installed major version. Raises RuntimeError when only one of another version is there."""
    cluster = home / str(binaries.major())
    if not cluster.exists() and home.exists():
        others = sorted(p.name for p in home.iterdir() if (p / "PG_VERSION").exists())
        if others:
            raise RuntimeError(
                f"{home} was made by PostgreSQL {', '.join(others)}; the installed version is {cluster.name}. "
                "Back up with the version of gatepass that made it, then restore here."
            )
    return cluster
