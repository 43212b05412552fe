"""kill -9 under load: web, database, supervisor; what was acknowledged is there exactly once and everything agrees.

A few kills run with the tests. `make campaign-kill KILLS=200 SEED=1` goes on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from company import not_founded_by_commands
from killing.clients import Client, Ledger, at_work
from site_programs import answer, environment, free_port, of_folder, start, sweep, until

KILLS = int(os.environ.get("KILLS") or 4)
SEED = int(os.environ.get("SEED") or 2026)
CLIENTS = 3
TESTS = Path(__file__).parents[1]
MARKS = """select note from orders_order union all select text from orders_note
           union all select reference from receivables_receipt"""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    for pid in of_folder(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    sweep(folder)


def founded(data: Path) -> dict[str, Any]:
    """The company in its folder; skipped visibly where no private server can run."""
    path = os.pathsep.join([environment(data)["PYTHONPATH"], str(TESTS)])
    more = environment(data, PYTHONPATH=path, DJANGO_SETTINGS_MODULE="gatepass.site.settings")
    said = subprocess.run(
        [sys.executable, "-m", "killing.founding", str(data)], env=more, capture_output=True, text=True, check=False, timeout=400
    )
    if "ServerError" in said.stderr:
        pytest.skip(f"no private server can run here, nothing was killed: {said.stderr.splitlines()[-1]}")
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def processes(data: Path) -> dict[str, list[int]]:
    """What can be killed, by what it is."""
    found: dict[str, list[int]] = {"web worker": [], "web": [], "database session": [], "database": [], "guardian": [], "worker": []}
    parents = _parents()
    ours = set(of_folder(data))
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:  # a session of PostgreSQL hides its environment
        ours |= more
    for pid in ours:
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
            kind = _kind(words, parents.get(pid, 0))
            if kind:
                found[kind].append(pid)
    return found


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                found[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    return found


def _kind(words: list[str], parent: int) -> str | None:
    line = " ".join(words)
    if line.startswith("postgres: "):
        return "database session" if "[local]" in line else None
    if "gatepass.site.postgres.guardian" in words:
        return "guardian"
    if Path(words[0]).name == "postgres":
        return "database"
    if "granian" in words:
        with suppress(OSError):
            return "web worker" if b"granian" in Path(f"/proc/{parent}/cmdline").read_bytes() else "web"
    return "worker" if words[-2:-1] == ["worker"] else None


class Killer:
    """Kills, waits until the program answers again, and kills again."""

    KINDS = ("web worker", "web worker", "database session", "database session", "database session", "database", "web", "guardian",
             "worker", "supervisor")  # fmt: skip

    def __init__(self, data: Path, port: int, ledger: Ledger, rng: Random) -> None:
        self.data, self.port, self.ledger, self.rng = data, port, ledger, rng
        self.killed: Counter[str] = Counter()
        self.program = start(data, port)
        assert until(lambda: answer(port) == 404, 180), (data.parent / "log").read_text()

    def work(self) -> None:
        kinds = self.rng.sample(self.KINDS, len(self.KINDS))
        for number in range(KILLS):
            done = len(self.ledger.made) + 8  # under load: work gets done between two kills
            until(lambda done=done: len(self.ledger.made) >= done, 15)
            time.sleep(self.rng.uniform(0.0, 1.0))
            self._kill(kinds[number % len(kinds)])
            assert until(lambda: answer(self.port) == 404, 180), (self.data.parent / "log").read_text()[-3000:]
        time.sleep(0.5)

    def _kill(self, kind: str) -> None:
        if kind == "supervisor":
            self.program.kill()
            self.program.wait()
            assert until(lambda: of_folder(self.data) == [], 90), "something stayed behind the supervisor"
            self.program = start(self.data, self.port)
        elif pids := processes(self.data)[kind]:
            with suppress(ProcessLookupError):
                os.kill(self.rng.choice(pids), signal.SIGKILL)
        else:
            return
        self.killed[kind] += 1


@pytest.mark.requirement("D1", "D4")
def test_what_was_acknowledged_is_there_once_whatever_was_killed(data: Path) -> None:
    company, port, ledger, stopped = founded(data), free_port(), Ledger(), threading.Event()
    rng = Random(SEED)  # noqa: S311 - a seed is meant to repeat
    killer = Killer(data, port, ledger, rng)
    clients = [Client(n, port, company, ledger, stopped, Random(rng.random())) for n in range(CLIENTS)]  # noqa: S311 - repeats
    at_work(clients, killer.work)
    print(f"killed {dict(killer.killed)}; {ledger.sent} sent, {len(ledger.made)} acknowledged")  # noqa: T201 - a campaign is read
    assert not ledger.wrong, ledger.wrong[:5]
    assert sum(killer.killed.values()) and len(ledger.made) > 10
    assert_once(data, ledger)
    killer.program.terminate()
    assert killer.program.wait(90) == 0


def assert_once(data: Path, ledger: Ledger) -> None:
    """Everything acknowledged took effect once, what was on its way at most once, and everything agrees."""
    from gatepass.site.checking.everything import check
    from gatepass.site.postgres import running

    assert until(lambda: running(data) is not None, 90), "the database did not come back"
    found = running(data)
    assert found is not None
    url = found.owner
    with psycopg.connect(url) as books:
        kept = {key: (answer or {}).get("uid") for key, answer in books.execute("select key, answer from journal_key").fetchall()}
        times = Counter(mark for (mark,) in books.execute(MARKS).fetchall())
    assert {key: kept.get(key) for key in ledger.made} == ledger.made
    once = {key for key, (name, _) in ledger.body.items() if name in ("take_order", "note_plan_book", "record_receipt")}
    # an order's note stands in its plan book too
    wanted = {key: 2 if ledger.body[key][0] == "take_order" else 1 for key in once & set(kept)}
    assert {key: times[key] for key in once if times[key]} == wanted
    found = [one for one in check(url) if not not_founded_by_commands(one)]
    assert not found, found[:5]
