"""`gatepass serve`: everything comes up together, what falls stands up again, nothing stays behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_programs import answer, free_port, gatepass_says, of_folder, start, sweep, until


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("serving") / "data"
    yield folder
    for pid in of_folder(folder):
        os.kill(pid, signal.SIGKILL)
    sweep(folder)


def commands_of(data: Path, word: str) -> list[int]:
    return [pid for pid in of_folder(data) if word in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")]


def test_it_serves_restarts_what_falls_and_stops_cleanly(data: Path) -> None:
    port = free_port()
    program = start(data, port)
    assert until(lambda: answer(port) == 404), (data.parent / "log").read_text()
    assert (data / "secret").stat().st_mode & 0o777 == 0o600

    refused = gatepass_says(data, "serve", PORT=str(free_port()))
    assert refused.returncode == 2
    assert "already served by the running program" in refused.stderr

    assert until(lambda: len(commands_of(data, "worker")) == 1)
    (worker,) = commands_of(data, "worker")
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: bool(commands_of(data, "worker")) and commands_of(data, "worker") != [worker], 20)

    web = min(commands_of(data, "granian"))
    os.kill(web, signal.SIGKILL)
    assert until(lambda: web not in commands_of(data, "granian") and answer(port) == 404, 30)

    database = commands_of(data, "gatepass.site.postgres.guardian")
    os.kill(database[0], signal.SIGKILL)
    assert until(lambda: commands_of(data, "gatepass.site.postgres.guardian") not in ([], database), 40)
    assert until(lambda: answer(port) == 404, 20)

    program.terminate()
    assert program.wait(40) == 0
    assert until(lambda: of_folder(data) == [], 5)


def test_killed_without_warning_it_leaves_nothing_behind_and_comes_up_again(data: Path) -> None:
    port = free_port()
    program = start(data, port)
    assert until(lambda: answer(port) == 404), (data.parent / "log").read_text()
    program.kill()
    program.wait()
    assert until(lambda: of_folder(data) == [], 40)
    again = start(data, port)
    assert until(lambda: answer(port) == 404), (data.parent / "log").read_text()
    again.send_signal(signal.SIGINT)
    assert again.wait(40) == 0


def test_a_taken_port_is_named(data: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = gatepass_says(data, "serve", PORT=str(port))
    assert said.returncode == 2
    assert f"port {port} is taken" in said.stderr


def test_a_secret_that_was_emptied_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    said = gatepass_says(tmp_path, "serve", PORT=str(free_port()))
    assert said.returncode == 2
    assert "no usable secret" in said.stderr
