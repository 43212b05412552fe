"""The supervisor: database server, web workers and job worker. It restarts what falls and stops all together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from gatepass.site import database, postgres, sql
from gatepass.site.processes import die_with_parent, hold, secret

STOPPING = 20.0  # seconds that a child may take to finish what it does
CALM = 60.0  # a child that ran this long starts again at once
LONGEST_PAUSE = 10.0


@dataclass
class Child:
    """A process to keep running: what to start, and since when it runs."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    falls: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
        self.since = time.monotonic()

    def tend(self) -> None:
        """Start again what has ended, the later the oftener it fell."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.kill()
            self.falls = 1 if now - self.since > CALM else self.falls + 1
            pause = 0.0 if self.falls == 1 else min(LONGEST_PAUSE, 2.0 ** (self.falls - 2))
            _say(f"{self.name} ended with {self.process.returncode}; it starts again in {pause:.0f} s")
            self.process, self.again_at = None, now + pause
        if self.process is None and now >= self.again_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End whatever is left of the child's process group."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """Serves one data folder until it is told to stop. Make it, prepare() it, then run()."""

    data: Path
    host: str
    port: int
    demo: bool = False
    workers: int = 2
    url: str = ""
    _server: postgres.Server | None = None
    _children: list[Child] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def prepare(self) -> None:
        """Take the folder, start the server unless DATABASE_URL names one, bring the database up to date.

        Raises DataFolderError, ServerError or DatabaseError; OSError when the port is taken.
        """
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, lambda *_: self._stop.set())
        self._lock = hold(self.data)
        _require_free(self.host, self.port)
        (self.data / "static").mkdir(exist_ok=True)
        os.environ["GATEPASS_DATA"] = str(self.data)
        os.environ["GATEPASS_DEMO"] = "1" if self.demo else ""
        os.environ["GATEPASS_SECRET"] = secret(self.data)
        self.url, owner = os.environ.get("DATABASE_URL", ""), os.environ.pop("GATEPASS_OWNER_URL", "")
        if not self.url:
            self._server = postgres.start(self.data)
            self.url, owner = self._server.url, self._server.owner
        if owner:
            database.prepare(owner, self.url)
        if trouble := database.too_strong(self.url):
            raise database.DatabaseError(trouble)

    def open_demo(self) -> int:
        """Fill the demo company when there is none; set the clock to its working morning. Gives an exit status."""
        morning = self.data / "demo-clock"
        status = self.call("gatepass.site.filling", str(morning))
        if status == 0:
            os.environ["GATEPASS_CLOCK_OFFSET"] = morning.read_text().strip()
        return status

    def call(self, module: str, *words: str) -> int:
        """Run a module of ours to its end, with the program's role; told to stop, stop it. Gives its exit status."""
        command = [sys.executable, "-m", module, *words]
        process = subprocess.Popen(command, env=database.environment(self.url), preexec_fn=die_with_parent)
        while process.poll() is None:
            if self._stop.wait(0.1):
                process.terminate()
        return process.returncode

    def run(self) -> int:
        """Keep everything running until a signal says stop. Gives the exit status."""
        environment = database.environment(self.url)
        web = [
            sys.executable, "-m", "granian", "gatepass.site.wsgi:application", "--interface", "wsgi", "--no-ws",
            "--host", self.host, "--port", str(self.port), "--workers", str(self.workers), "--blocking-threads", "4",
            "--log-level", "warning", "--respawn-failed-workers", "--respawn-interval", "3.5",
        ]  # fmt: skip
        self._children = [
            Child("web", web, environment),
            Child("worker", [sys.executable, "-m", "gatepass", "worker"], environment),
        ]
        announced = False
        while not self._stop.is_set():
            self._tend_server()
            for child in self._children:
                child.tend()
            if not announced and _answers(self.host, self.port):
                announced = True
                _say(f"\n  放行 Gatepass   http://{_shown(self.host)}:{self.port}/\n")
            self._stop.wait(0.3)
        return 0

    def stop(self) -> None:
        """Children first, then the database server. Safe at any moment."""
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOPPING
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                if child.process is not None:
                    child.process.wait(max(0.0, deadline - time.monotonic()))
            child.kill()
        if self.demo and "GATEPASS_CLOCK_OFFSET" in os.environ:
            self._note_demo_time()
        if self._server is not None:
            self._server.stop()

    def _note_demo_time(self) -> None:
        """Where the demo's clock stood: it goes on from there when the demo is opened again."""
        at = datetime.now(UTC) + timedelta(seconds=float(os.environ["GATEPASS_CLOCK_OFFSET"]))
        with suppress(psycopg.Error), psycopg.connect(self.url) as connection:
            connection.execute(sql.DEMO_STOPPED, [at])

    def _tend_server(self) -> None:
        if self._server is not None and not self._server.alive():
            _say("the database server ended; it starts again")
            self._server.stop()
            self._server = postgres.start(self.data)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(f"port {port} is taken ({error.strerror}): set PORT to another one") from error


def _shown(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  (compared, not bound)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_shown(host), port), 0.3):
            return True
    except OSError:
        return False
