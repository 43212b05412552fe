"""Commands through HTTP: granian as `gatepass serve` starts it, clients with tokens and keys. PYTHONPATH=. python -m bench.http

Each client takes orders of its own customer and drives them to the money: seven commands a way. How many a second is reported without an
aim. The processor time of a command, of web and of database, is held against that of the same commands in one process without HTTP: what
goes by the clocks of the processes is the same on a busy machine.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bench.rooms import ROOT, server

ZONE = ZoneInfo("Asia/Shanghai")
SECONDS, WARM, WAYS = 10.0, 2.0, 60
CLIENTS = (1, 2, 4)


@dataclass
class Caller:
    """One client on one connection that is kept open; milliseconds of each command."""

    number: int
    port: int
    company: dict[str, Any]
    until: float
    taken: list[float] = field(default_factory=list)
    count: int = 0

    def run(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.monotonic() < self.until:
            way(self.company, self.number, self._do, self._looked_at)

    def _looked_at(self, order: str) -> dict[str, Any]:
        """What would be sent."""
        self.line.request("GET", f"/api/v1/orders/{order}/sending", headers={"authorization": f"Bearer {self.company['tokens']['lin']}"})
        said = json.loads(self.line.getresponse().read())
        return {"previewed": said["previewed"], "shown": said["shown"]}

    def _do(self, who: str, name: str, **body: Any) -> str:
        self.count += 1
        headers = {"authorization": f"Bearer {self.company['tokens'][who]}", "content-type": "application/json",
                   "idempotency-key": f"{self.until}-{self.number}-{self.count}"}  # fmt: skip
        began = time.perf_counter()
        self.line.request("POST", f"/api/v1/commands/{name}", json.dumps(body), headers)
        answer = self.line.getresponse()
        said = answer.read()
        self.taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{name}: {answer.status} {said.decode()[:300]}")
        return str(json.loads(said)["made"]["id"])


def way(company: dict[str, Any], number: int, do: Any, look: Any) -> None:
    """An order of a client's own customer, from the call to the money; `do` gives the id of what was made, `look` what would be sent."""
    customer = company["customers"][number]
    order = do("lin", "take_order", customer=customer, lines=[{"product": product, "cartons": 40} for product in company["products"][:2]])
    do("zhou", "answer_account_check", order=order)
    do("lin", "send_order", order=order, accepts_changes=True, **look(order))
    do("lin", "confirm_order", order=order)
    do("lin", "hand_over_demand", order=order)
    do("lin", "note_plan_book", order=order, text="已通知")
    do("zhou", "record_receipt", customer=customer, amount=100, paid_on=datetime.now(ZONE).date().isoformat(), reference=f"bench {order}")


def _company() -> dict[str, Any]:
    from bench.ways import known
    from gatepass.people.models import Person, Token
    from gatepass.people.tokens import new_token

    trade, tokens, people = known(), {}, {}
    for who in ("lin", "zhou"):
        tokens[who], digest = new_token()
        now = datetime.now(UTC)
        person = Person.objects.get(username=who)
        people[who] = person.uid
        Token.objects.create(person=person, name="bench", digest=digest, made_at=now, expires_at=now + timedelta(days=1))
    products = [str(uid) for uid in trade.yard.products.values()]
    return {"tokens": tokens, "people": people, "customers": [str(one.uid) for one in trade.clients], "products": products}


def _serving(url: str, port: int, workers: int = 2) -> subprocess.Popen[bytes]:
    from gatepass.site import database

    program = [
        sys.executable, "-m", "granian", "gatepass.site.wsgi:application", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4", "--log-level", "error",
    ]  # fmt: skip
    environment = {**os.environ, **database.environment(url), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(program, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _served(clones: Any, workers: int) -> Iterator[tuple[dict[str, Any], int, int]]:
    """A company of its own, served: what is known of it, the port, the process."""
    from bench.ways import company
    from gatepass.site import database

    name = clones.clone(clones.template("company", company))
    clones.use(name)
    told = _company()
    clones.leave()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program = _serving(database.other(clones.program, name), port, workers)
    try:
        while not _answers(port) and program.poll() is None:
            time.sleep(0.1)
        _called(told, port, workers, WARM)
        yield told, port, program.pid
    finally:
        program.terminate()
        program.wait(20)


def measured(clones: Any, seconds: float = SECONDS) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with _served(clones, 2) as (told, port, _):
        for clients in CLIENTS:
            callers, taken = _called(told, port, clients, seconds)
            found[f"{clients} client{'s' if clients > 1 else ''}"] = {
                "a second": round(sum(len(one.taken) for one in callers) / taken, 1),
                "median, ms": round(statistics.median(ms for one in callers for ms in one.taken), 1),
            }
    for clients, figures in found.items():
        print(f"{clients:12} {figures['a second']:8} commands a second, median {figures['median, ms']} ms")
    return found | {"processor": processor(clones)}


def processor(clones: Any, ways: int = WAYS) -> dict[str, Any]:
    """Milliseconds of processor a command, of web and of database, through HTTP and in one process, and the ratio of their sums."""
    with _served(clones, 1) as (told, port, pid):
        caller = Caller(0, port, told, 0)
        caller.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        through = _spent(clones, lambda: _used(pid), lambda: [way(told, 0, caller._do, caller._looked_at) for _ in range(ways)], caller)
    inside = _inside(clones, ways)
    ratio = round(sum(through.values()) / sum(inside.values()), 2)
    print(f"processor, ms a command: through HTTP {through}, in one process {inside}, ratio {ratio}")
    return {"through HTTP, ms": through, "in one process, ms": inside, "ratio": ratio}


def _inside(clones: Any, ways: int) -> dict[str, float]:
    """The same commands without HTTP, warmed up likewise."""
    from bench.ways import company
    from gatepass.journal.door import COMMANDS
    from gatepass.orders.proposals import sending
    from gatepass.roles import SYSTEM

    clones.use(clones.clone(clones.template("company", company)))
    told, counted = _company(), Caller(0, 0, {}, 0)

    def do(who: str, name: str, **given: Any) -> str:
        counted.count += 1
        made = COMMANDS[name](by=told["people"][who], key=f"inside-{counted.count}", **given)
        return str(made.uid) if made else ""

    def look(order: str) -> dict[str, Any]:
        shown = sending(SYSTEM, UUID(order), day=datetime.now(ZONE).date())
        return {"previewed": shown.digest, "shown": shown.shown}

    try:
        for _ in range(10):
            way(told, 0, do, look)
        return _spent(clones, time.process_time, lambda: [way(told, 0, do, look) for _ in range(ways)], counted)
    finally:
        clones.leave()


def _spent(clones: Any, web: Any, work: Any, caller: Caller) -> dict[str, float]:
    """What the work took of the processor, a command."""
    from gatepass.site import database

    with database.maintenance(clones.url) as watching:
        (backend,) = watching.execute("select pg_backend_pid()").fetchone() or (0,)
        master = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
        before, database_before, web_before = caller.count, _used(master), web()
        work()
        many = caller.count - before
        return {"web": round((web() - web_before) * 1000 / many, 2), "database": round((_used(master) - database_before) * 1000 / many, 2)}


def _used(root: int) -> float:
    """Seconds of processor of a process and all below it, those that have ended included."""
    ticks, found = os.sysconf("SC_CLK_TCK"), 0
    below: dict[int, list[int]] = {}
    spent: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(folder.name))
            spent[int(folder.name)] = sum(map(int, fields[11:15]))
    waiting = [root]
    while waiting:
        one = waiting.pop()
        found += spent.get(one, 0)
        waiting += below.get(one, [])
    return found / ticks


def _called(told: dict[str, Any], port: int, clients: int, seconds: float) -> tuple[list[Caller], float]:
    began = time.monotonic()
    callers = [Caller(number, port, told, began + seconds) for number in range(clients)]
    threads = [threading.Thread(target=one.run) for one in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return callers, time.monotonic() - began


def main() -> dict[str, Any]:
    """`processor` as the only word measures that alone."""
    with server() as clones:
        return processor(clones) if sys.argv[1:] == ["processor"] else measured(clones)


if __name__ == "__main__":
    main()
