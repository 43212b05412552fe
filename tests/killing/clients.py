"""Clients that do not give up: every command has a key, and is sent until it is answered, whatever dies meanwhile.

Now and then a client hangs up before the answer, sends the same twice at once, or asks again long after.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

BUSY = "Somebody else is working"


@dataclass
class Ledger:
    """What the clients know: what was acknowledged under which key, how often it was sent, and what went wrong."""

    made: dict[str, str] = field(default_factory=dict)
    body: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    sent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledged(self, key: str, made: str) -> None:
        with self.lock:
            before = self.made.setdefault(key, made)
            if before != made:
                self.wrong.append(f"{key} was answered {before}, then {made}")


@dataclass
class Client:
    """One person at one terminal after another: takes orders and drives them to the money."""

    number: int
    port: int
    company: dict[str, Any]
    ledger: Ledger
    stopped: threading.Event
    rng: Random
    hang_up: float = 0.05
    twice: float = 0.05
    late: float = 0.05
    count: int = 0

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                self._way()
            except StoppedEarly:
                return
            except Exception as error:
                self.ledger.wrong.append(f"client {self.number}: {error!r}")
                return

    def _way(self) -> None:
        """An order to the money: seven commands of three people."""
        lines = [{"product": self.company["products"]["100101"], "cartons": self.rng.choice([20, 25, 41])}]
        order = self._do("lin", "take_order", {"customer": self.company["customer"], "lines": lines}, "note")
        self._do("zhou", "answer_account_check", {"order": order})
        self._sends(order)
        self._do("lin", "confirm_order", {"order": order})
        self._do("lin", "note_plan_book", {"order": order}, "text")
        self._do("lin", "hand_over_demand", {"order": order})
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
        paid = {"customer": self.company["customer"], "amount": self.rng.randrange(100, 900_000), "paid_on": today}
        self._do("zhou", "record_receipt", paid, "reference")
        if self.rng.random() < self.late:
            key = self.rng.choice(list(self.ledger.made))
            self._answer("lin" if not key.endswith("zhou") else "zhou", key)

    def _sends(self, order: str) -> None:
        """Look at what would go out and send it; where somebody else changed the account meanwhile, look again."""
        while True:
            shown = self._shown(order)
            try:
                self._do("lin", "send_order", {"order": order, "accepts_changes": True, "previewed": shown["previewed"], "shown": shown["shown"]})
            except ChangedMeanwhileError:
                continue
            return

    def _shown(self, order: str) -> dict[str, Any]:
        while True:
            status, said = self._asked("GET", f"/api/v1/orders/{order}/sending", self._headers("lin"))
            if status == 200:
                return dict(said)
            if self.stopped.wait(0.05):
                raise StoppedEarly

    def _do(self, who: str, name: str, body: dict[str, Any], mark: str = "") -> str:
        """Send until it is answered. `mark`: the field that carries the key, to be counted afterwards."""
        self.count += 1
        key = f"c{self.number}-{self.count}-{who}"
        self.ledger.body[key] = (name, body | ({mark: key} if mark else {}))
        if self.rng.random() < self.twice:
            other = threading.Thread(target=self._quietly, args=(who, key))
            other.start()
            made = self._answer(who, key)
            other.join()
            return made
        return self._answer(who, key)

    def _quietly(self, who: str, key: str) -> None:
        try:
            self._answer(who, key)
        except (StoppedEarly, ChangedMeanwhileError):
            return

    def _answer(self, who: str, key: str) -> str:
        name, body = self.ledger.body[key]
        while True:
            status, said = self._send(who, key, name, body)
            if status == 200:
                made = str(said["made"]["id"])
                self.ledger.acknowledged(key, made)
                return made
            if status == 409:
                raise ChangedMeanwhileError
            if 400 <= status < 500 and BUSY not in str(said):
                raise RuntimeError(f"{key} {name}: {status} {said}")
            if self.stopped.wait(0.05):
                raise StoppedEarly

    def _send(self, who: str, key: str, name: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status and answer; 0 where the connection failed or was dropped."""
        self.ledger.sent += 1
        headers = self._headers(who) | {"idempotency-key": key, "content-type": "application/json"}
        return self._asked("POST", f"/api/v1/commands/{name}", headers, json.dumps(body))

    def _headers(self, who: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.company['tokens'][who]}"}

    def _asked(self, method: str, path: str, headers: dict[str, str], body: str | None = None) -> tuple[int, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body, headers)
            if self.rng.random() < self.hang_up:
                return 0, "hung up"
            answer = line.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        except (OSError, http.client.HTTPException, ValueError):
            return 0, "no answer"
        finally:
            line.close()


class ChangedMeanwhileError(Exception):
    """Somebody else changed what this command was about."""


class StoppedEarly(Exception):
    """The campaign ended while this command was on its way."""


def at_work(clients: list[Client], meanwhile: Callable[[], None], finish: float = 60) -> None:
    """Run the clients while something else happens; then let them end what they began."""
    threads = [threading.Thread(target=one.run, daemon=True) for one in clients]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
    finally:
        for one in clients:
            one.stopped.set()
        deadline = time.monotonic() + finish
        for thread in threads:
            thread.join(max(0.1, deadline - time.monotonic()))
    assert not any(thread.is_alive() for thread in threads), "a client still waits for an answer"
