"""The private server: it starts for anybody, root included, is never left behind nor started twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import gatepass
from gatepass.site.postgres import Server, ServerError, running, start
from gatepass.site.postgres import cluster as clusters

FAST = {"fsync": "off", "shared_buffers": "16MB", "max_connections": "10"}
AS_ROOT = os.geteuid() == 0
PARENT = """
import sys
from pathlib import Path
from gatepass.site.postgres import start
server = start(Path(sys.argv[1]))
print(server.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder; where root's server had to keep its cluster elsewhere, that place is emptied too."""
    yield tmp_path / "data"
    home = clusters.home_of(tmp_path / "data")
    if home.is_symlink():
        shutil.rmtree(home.resolve())


def asked(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def gone(pid: int, patience: float = 20) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def another_program(data: Path) -> tuple[subprocess.Popen[str], int]:
    """A program of its own that serves this folder, and the number of its server's process."""
    path = str(Path(gatepass.__file__).parents[1])
    program = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
    assert program.stdout is not None
    return program, int(program.stdout.readline())


def test_it_starts_on_a_private_socket_only_and_stops_without_a_trace(data: Path) -> None:
    with start(data, settings=FAST) as server:
        assert asked(server.url, "show listen_addresses") == ""
        folder = clusters.ready_at(clusters.cluster_of(clusters.home_of(data).resolve()))
        assert folder is not None
        assert folder.stat().st_mode & 0o777 == 0o700
        assert running(data) == server.addresses
    assert gone(server.pid, 1)
    assert running(data) is None
    assert not folder.exists()


def test_it_finds_chinese_by_trigrams(data: Path) -> None:
    with start(data, settings=FAST) as server, psycopg.connect(server.owner) as one:
        one.execute("create extension pg_trgm")
        row = one.execute("select show_trgm('放行条'), lower('ÄÖ')").fetchone()
    assert row is not None
    assert len(row[0]) > 2
    assert row[1] == "äö"


def test_what_was_committed_is_there_after_a_restart(data: Path) -> None:
    with start(data, settings=FAST) as server, psycopg.connect(server.owner) as one:
        one.execute("create table kept as select 7 as n")
    with start(data, settings=FAST) as server:
        assert asked(server.owner, "select n from kept") == 7


def test_a_program_killed_without_warning_leaves_no_server_behind(data: Path) -> None:
    program, pid = another_program(data)
    program.kill()
    program.wait()
    assert gone(pid)
    with start(data, settings=FAST) as server:
        assert asked(server.url, "select 1") == 1


def test_a_killed_guardian_takes_its_server_along(data: Path) -> None:
    server = start(data, settings=FAST)
    guardian = int(Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    os.kill(guardian, signal.SIGKILL)
    assert gone(server.pid)
    assert not server.alive()
    server.stop()
    with start(data, settings=FAST) as again:
        assert asked(again.url, "select 1") == 1


@pytest.mark.parametrize("number", ["1", "of this very process", "999999999", "rubbish"])
def test_a_stale_pid_file_is_no_obstacle_whoever_has_its_number_now(data: Path, number: str) -> None:
    start(data, settings=FAST).stop()
    cluster = clusters.cluster_of(clusters.home_of(data).resolve())
    written = str(os.getpid()) if number == "of this very process" else number
    (cluster / "postmaster.pid").write_text(f"{written}\n{cluster}\n0\n5432\n\n\n\nready\n")
    assert running(data) is None
    with start(data, settings=FAST) as server:
        assert asked(server.url, "select 1") == 1


def test_a_killed_server_is_recovered_on_the_next_start(data: Path) -> None:
    server = start(data, settings=FAST)
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    with start(data, settings=FAST) as again:
        assert asked(again.url, "select 1") == 1


def test_a_second_start_on_the_same_folder_is_refused_in_plain_words(data: Path) -> None:
    with start(data, settings=FAST) as first:
        with pytest.raises(ServerError, match=f"already in use by the running program {os.getpid()}"):
            start(data, settings=FAST)
        assert asked(first.url, "select 1") == 1


def test_a_cluster_of_another_major_version_is_named_rather_than_touched(data: Path) -> None:
    old = clusters.home_of(data) / "15"
    old.mkdir(parents=True)
    (old / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServerError, match="made by PostgreSQL 15"):
        start(data, settings=FAST)


def who_runs(server: Server) -> int:
    return Path(f"/proc/{server.pid}").stat().st_uid


@pytest.mark.skipif(not AS_ROOT, reason="only root has to become somebody else; this run is an ordinary user's")
@pytest.mark.parametrize("masked", [True, False], ids=["in a namespace where there is one", "as the user nobody"])
def test_root_gets_a_server_on_a_folder_that_only_root_can_reach(data: Path, masked: bool) -> None:
    data.mkdir(mode=0o700)
    data.parent.chmod(0o700)
    for _ in range(2):
        with start(data, settings=FAST, masked=masked) as server:
            assert asked(server.url, "select 1") == 1
            assert masked or who_runs(server) != 0
            assert running(data) == server.addresses
