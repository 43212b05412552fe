"""The press fails for itself only: a paper that runs away or crashes gives an error, and the next one is made."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatepass.papers.press import Press, PressFailed, press

GOOD = "#let d = json(bytes(sys.inputs.paper))\n#set page(width: 80mm, height: auto)\n#d.word"
BAD = {
    "endless": "#for a in range(100000) { for b in range(100000) { for c in range(100000) {} } }",
    "huge": "#let grow(n) = if n == 0 { (1,) } else { grow(n - 1) + grow(n - 1) }\n#grow(34).len()",
    "deep": "#let f(n) = f(n + 1)\n#f(0)",
    "outside": '#read("/../../../../../../etc/passwd")',
    "link": '#read("way-out")',
    "absent": "#json(bytes(sys.inputs.paper)).nothing",
}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Press]:
    for name, source in BAD.items() | {"good": GOOD}.items():
        (tmp_path / f"{name}.typ").write_text(source)
    (tmp_path / "way-out").symlink_to("/etc/passwd")
    made = Press(root=tmp_path, wall=3, seconds=2, memory=700 << 20, jobs=3)
    yield made
    made.stop()


def word(small: Press) -> bytes:
    return small.make("good", '{"word":"好"}', "pdf", 144)[0]


@pytest.mark.parametrize("bad", sorted(set(BAD) - {"link"}))
def test_a_bad_paper_fails_in_time_and_the_next_one_is_made(small: Press, bad: str) -> None:
    started = time.monotonic()
    with pytest.raises(PressFailed):
        small.make(bad, "{}", "pdf", 144)
    assert time.monotonic() - started < 10
    assert word(small).startswith(b"%PDF")


def test_a_child_that_is_killed_gives_an_error_and_is_replaced(small: Press) -> None:
    assert word(small)
    assert small._process is not None
    killed = small._process.pid

    def kill() -> None:
        time.sleep(0.4)
        os.kill(killed, 9)

    threading.Thread(target=kill).start()
    with pytest.raises(PressFailed):
        small.make("endless", "{}", "pdf", 144)
    assert word(small).startswith(b"%PDF")
    assert small._process.pid != killed


def test_a_child_is_replaced_after_its_number_of_papers(small: Press) -> None:
    children = []
    for _ in range(7):
        word(small)
        assert small._process is not None
        children.append(small._process.pid)
    assert len(set(children)) == 3


def test_threads_take_turns_and_each_gets_its_own_paper() -> None:
    made: dict[int, bytes] = {}
    press_one = Press(wall=20)

    def one(number: int) -> None:
        data = f'{{"language":"zh","n":{number}}}'
        try:
            press_one.make("order", data, "pdf", 144)
        except PressFailed as error:
            made[number] = str(error).encode()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    press_one.stop()
    assert set(made) == set(range(8))
    assert all(b"sheet" in said for said in made.values())


def test_a_fork_of_the_server_starts_a_press_of_its_own() -> None:
    with pytest.raises(PressFailed):
        press("order", {}, language="zh")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            press("order", {}, language="zh")
        except PressFailed:
            os.write(writing, b"own answer")
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert os.read(reading, 20) == b"own answer"
    with pytest.raises(PressFailed):
        press("order", {}, language="zh")


def test_the_child_has_no_secrets_in_its_environment(small: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEPASS_SECRET", "known to nobody else")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///gatepass")
    word(small)
    assert small._process is not None
    environment = Path(f"/proc/{small._process.pid}/environ")
    if not environment.exists():
        pytest.skip("this system has no /proc to look into")
    assert b"GATEPASS" not in environment.read_bytes()
    assert b"DATABASE" not in environment.read_bytes()


def test_a_paper_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PressFailed, match="no such paper"):
        press("../sheet", {}, language="zh")
