"""Running `gatepass` as a program of its own, on a data folder of the test's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import gatepass
from gatepass.site.postgres import cluster as clusters

UNSET = ("DATABASE_URL", "GATEPASS_SECRET", "GATEPASS_OWNER_URL", "GATEPASS_DEMO")


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    path = str(Path(gatepass.__file__).parents[1])
    return kept | {"PYTHONPATH": path, "GATEPASS_DATA": str(data), "LANG": "en_US.UTF-8", "LC_ALL": ""} | more


def gatepass_says(data: Path, *words: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a verb to its end."""
    return subprocess.run(
        [sys.executable, "-m", "gatepass", *words],
        env=environment(data, **more), input=given, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def start(data: Path, port: int, verb: str = "serve") -> subprocess.Popen[bytes]:
    log = (data.parent / "log").open("ab")
    return subprocess.Popen(
        [sys.executable, "-m", "gatepass", verb, "--workers", "1"],
        env=environment(data, PORT=str(port)), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int) -> int:
    """The status of a page that does not exist: 404 when the whole program works; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/there-is-no-such-page", timeout=5) as page:
            return int(page.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(true: Callable[[], bool], patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def of_folder(data: Path) -> list[int]:
    """The processes that work on this data folder, whoever's children they are now."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                named = f"GATEPASS_DATA={data}".encode() in (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if named and int(entry.name) != os.getpid():
                found.append(int(entry.name))
    return found


def sweep(data: Path) -> None:
    """Remove a cluster that root's server had to keep elsewhere."""
    home = clusters.home_of(data)
    if home.is_symlink():
        shutil.rmtree(home.resolve())
