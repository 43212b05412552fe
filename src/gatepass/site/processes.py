"""Child processes that run this very code and die with their parent; the data folder, its lock and its secret."""

from __future__ import annotations

import ctypes
import fcntl
import gc
import os
import secrets
import signal
from pathlib import Path
from typing import IO

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


WEAK = "GATEPASS_SECRET is weak: leave it away and one is made in the data folder, or give 32 random characters and more"


class DataFolderError(RuntimeError):
    """The data folder cannot be used; the words say why."""


def data_folder() -> Path:
    """Where everything of this company lies: GATEPASS_DATA, by default ./data."""
    return Path(os.environ.get("GATEPASS_DATA") or "data").resolve()


def this_code() -> dict[str, str]:
    """This environment, with the folder of this package on Python's path."""
    here = str(Path(__file__).resolve().parents[2])
    path = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": f"{here}{os.pathsep}{path}" if path else here}


def settle() -> None:
    """What is loaded now stays for good: the garbage collector no longer walks through it, and looks less often. About a tenth of a
    command's processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def die_with_parent(sign: int = signal.SIGTERM) -> None:
    """Between fork and exec, on Linux: the kernel sends this signal when the parent is gone, however it went."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, sign)


def hold(data: Path) -> IO[str]:
    """The lock of the program that serves this folder; keep the file open. Raises DataFolderError when it is taken."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = (data / "gatepass.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        raise DataFolderError(
            f"{data} is already served by the running program {holder}. "
            "Stop it first, or set GATEPASS_DATA to another folder."
        ) from None
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file


def weak(key: str) -> bool:
    """Whether a secret is short, or little more than a word: outside of the demo the program does not start with it."""
    words = ("secret", "change", "password", "default", "insecure", "example", "gatepass")
    return os.environ.get("GATEPASS_DEMO") != "1" and (len(key) < 32 or len(set(key)) < 12 or any(word in key.lower() for word in words))


def secret(data: Path) -> str:
    """The key that signs sessions and links: GATEPASS_SECRET, else made once in the data folder, its owner's only."""
    if given := os.environ.get("GATEPASS_SECRET"):
        if weak(given):
            raise DataFolderError(WEAK)
        return given
    file = data / "secret"
    if not file.exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(48))
    key = file.read_text().strip()
    if weak(key):
        raise DataFolderError(f"{file} holds no usable secret: remove it and a new one is made (all are signed out)")
    return key
