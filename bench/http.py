"""Commands per second through HTTP: granian as `gatepass serve` starts it, clients with tokens and keys. PYTHONPATH=. python -m bench.http

Each client takes orders of its own customer and drives them to the money: seven commands a way. There is no aim: it is reported beside the
figure of one process without HTTP.
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
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.rooms import ROOT, server

SECONDS, WARM = 10.0, 2.0
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
        customer = self.company["customers"][self.number]
        lines = [{"product": product, "cartons": 40} for product in self.company["products"][:2]]
        while time.monotonic() < self.until:
            order = self._do("lin", "take_order", customer=customer, lines=lines)
            self._do("zhou", "answer_account_check", order=order)
            self._do("lin", "send_order", order=order, accepts_changes=True, **self._looked_at(order))
            self._do("lin", "confirm_order", order=order)
            self._do("lin", "hand_over_demand", order=order)
            self._do("lin", "note_plan_book", order=order, text="已通知")
            self._do("zhou", "record_receipt", customer=customer, amount=100, paid_on=datetime.now(UTC).date().isoformat())

    def _looked_at(self, order: str) -> dict[str, Any]:
        """What would be sent: read, not measured."""
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


def _company() -> dict[str, Any]:
    from bench.ways import known
    from gatepass.people.models import Person, Token
    from gatepass.people.tokens import new_token

    trade, tokens = known(), {}
    for who in ("lin", "zhou"):
        tokens[who], digest = new_token()
        now = datetime.now(UTC)
        person = Person.objects.get(username=who)
        Token.objects.create(person=person, name="bench", digest=digest, made_at=now, expires_at=now + timedelta(days=1))
    return {"tokens": tokens, "customers": [str(one.uid) for one in trade.clients], "products": [str(uid) for uid in trade.yard.products.values()]}


def _serving(url: str, port: int) -> subprocess.Popen[bytes]:
    from gatepass.site import database

    program = [
        sys.executable, "-m", "granian", "gatepass.site.wsgi:application", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--log-level", "error",
    ]  # fmt: skip
    environment = {**os.environ, **database.environment(url), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(program, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def measured(clones: Any, seconds: float = SECONDS) -> dict[str, Any]:
    from bench.ways import company
    from gatepass.site import database

    name = clones.clone(clones.template("company", company))
    clones.use(name)
    told = _company()
    clones.leave()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program = _serving(database.other(clones.program, name), port)
    try:
        while not _answers(port) and program.poll() is None:
            time.sleep(0.1)
        _called(told, port, 2, WARM)
        found: dict[str, Any] = {}
        for clients in CLIENTS:
            callers, taken = _called(told, port, clients, seconds)
            found[f"{clients} client{'s' if clients > 1 else ''}"] = {
                "a second": round(sum(len(one.taken) for one in callers) / taken, 1),
                "median, ms": round(statistics.median(ms for one in callers for ms in one.taken), 1),
            }
    finally:
        program.terminate()
        program.wait(20)
    for clients, figures in found.items():
        print(f"{clients:12} {figures['a second']:8} commands a second, median {figures['median, ms']} ms")
    return found


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
    with server() as clones:
        return measured(clones)


if __name__ == "__main__":
    main()
