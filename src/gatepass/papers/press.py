"""The press: a paper's data in, PDF or PNG pages out.

Typst runs in a child process under limits of memory, processor time and time on the clock; it is replaced after
some hundred papers and after any failure, so that a bad paper costs its own request only. The data travels as JSON:
no text of a user ever becomes typst source.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, overload

import manimgx_fonts_cjk  # type: ignore[import-untyped]

from gatepass.papers.faces import faced
from gatepass.papers.frames import count, framed, received
from gatepass.words import Language

Form = Literal["pdf", "png"]
TEMPLATES: Final = Path(__file__).resolve().parent / "templates_typst"
FONTS: Final = Path(manimgx_fonts_cjk.__file__).resolve().parent
SOURCE: Final = Path(__file__).resolve().parents[2]  # where the child finds this package, installed or not
MOST_BYTES: Final = 8_000_000  # of JSON: a paper of some ten thousand lines


class PressFailed(Exception):
    """The paper could not be made: the template refused the data, or the child crashed or took too long. The next
    paper is not affected."""


class Press:
    """One child and its queue. Threads take turns; waiting for one's turn counts towards the time limit.

    Sizes: `wall` and `seconds` (processor time of one paper) in seconds, `memory` in bytes of address space, `jobs`
    papers to a child.
    """

    def __init__(self, *, root: Path = TEMPLATES, wall: float = 30.0, seconds: int = 20, memory: int = 1 << 30, jobs: int = 400) -> None:
        self._settings = json.dumps({"root": str(root), "fonts": str(FONTS), "memory": memory, "seconds": seconds})
        self._wall, self._jobs = wall, jobs
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._done = 0

    def make(self, template: str, paper: str, form: Form, ppi: float) -> list[bytes]:
        """One job: JSON text in, the pieces out. Raises PressFailed."""
        deadline = time.monotonic() + self._wall
        if not self._turn.acquire(timeout=self._wall):
            raise PressFailed("the press is busy")
        try:
            line = self._ready()
            job = json.dumps({"template": template, "paper": paper, "form": form, "ppi": ppi}).encode()
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
            raise PressFailed(f"{template} took longer than {self._wall:g} seconds") from error
        except (EOFError, OSError) as error:
            code = self.stop()
            raise PressFailed(f"the press stopped while making {template} (status {code})") from error
        finally:
            self._turn.release()
        if not pieces:
            raise PressFailed(f"{template}: {said.decode(errors='replace')}")
        return pieces

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
                    [sys.executable, "-P", "-m", "gatepass.papers.child", str(theirs.fileno()), self._settings],
                    pass_fds=(theirs.fileno(),),
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
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


_press = Press()


def _fresh() -> None:
    """After a fork the child belongs to the parent; this process starts its own when it needs one."""
    global _press  # noqa: PLW0603
    _press = Press()


def _last_stop() -> None:
    _press.stop()


os.register_at_fork(after_in_child=_fresh)
atexit.register(_last_stop)


@overload
def press(paper: str, data: Mapping[str, Any], *, language: Language, form: Literal["pdf"] = "pdf") -> bytes: ...
@overload
def press(paper: str, data: Mapping[str, Any], *, language: Language, form: Literal["png"], ppi: float = 144) -> list[bytes]: ...
def press(paper: str, data: Mapping[str, Any], *, language: Language, form: Form = "pdf", ppi: float = 144) -> bytes | list[bytes]:
    """Make a paper: `paper` names the template, `data` comes from `shapes.assembled`. The PDF, or a PNG for each
    page. Raises PressFailed."""
    if paper not in kinds():
        raise PressFailed(f"no such paper: {paper}")
    text = json.dumps({"language": language} | faced(data, language), ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_BYTES:
        raise PressFailed("too much for one paper")
    pieces = _press.make(paper, text, form, ppi)
    return pieces[0] if form == "pdf" else pieces


@cache
def kinds() -> frozenset[str]:
    """The papers there are: every template but the shared sheet."""
    return frozenset(found.stem for found in TEMPLATES.glob("*.typ")) - {"sheet"}


@cache
def template_version(paper: str) -> str:
    """A short hash of the template and the shared sheet: which form a paper was made with."""
    seen = hashlib.sha256()
    for name in ("sheet", paper):
        seen.update((TEMPLATES / f"{name}.typ").read_bytes())
    return seen.hexdigest()[:16]
