"""Commands per second over whole order ways, from the call through the gate to the freight credit; statements per command; and the
time of replaying the very same SQL through bare psycopg. PYTHONPATH=. python -m bench.ways [ways]"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from bench.rooms import ROOT, ready, server

START = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)  # Monday, 09:30 in Chengdu
BEGIN_AND_COMMIT = 2
Said = tuple[str, Any, bool]  # a statement, its parameters, and whether the server keeps its plan


@dataclass
class Meter:
    """Seconds and SQL of every command that was run."""

    seconds: list[float] = field(default_factory=list)
    statements: list[tuple[str, list[Said]]] = field(default_factory=list)
    recording: bool = False

    def run(self, command: str, by: Any, at: datetime, **given: Any) -> Any:
        from django.db import connection
        from django.db.backends.postgresql.base import ServerBindingCursor

        from gatepass.journal.door import COMMANDS

        said: list[Said] = []
        key = str(uuid4())  # as every form, API call and offline queue gives one

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            bound = isinstance(context["cursor"].cursor, ServerBindingCursor)
            said.extend((sql, one, bound) for one in (params if many else [params]))
            return execute(sql, params, many, context)

        if self.recording:
            with connection.execute_wrapper(listen):
                started = time.perf_counter()
                made = COMMANDS[command](by=by, at=at, key=key, **given)
        else:
            started = time.perf_counter()
            made = COMMANDS[command](by=by, at=at, key=key, **given)
        self.seconds.append(time.perf_counter() - started)
        self.statements.append((command, said))
        return made


def company() -> Any:
    """Twelve dealers and shelves that never run empty."""
    from gatepass.journal.clock import clock_at
    from gatepass.simulation import founding
    from gatepass.simulation.clientele import sign_up
    from gatepass.simulation.deals import Trade
    from gatepass.simulation.world import World

    world = World(5, START - timedelta(hours=12))
    with world.alive(), clock_at(world.at):
        yard = founding.found(world)
        trade = Trade(world, yard, [client for client in sign_up(world, yard, 60) if client.opening == 0])
        for product in yard.products.values():
            world.do("receive_stock", "deng", product=product, cartons=1_000_000, produced_on=date(2026, 11, 13))
    return trade


def way(trade: Any, meter: Meter, number: int) -> None:
    """One order of two lines, all the way: 25 commands."""
    from gatepass.dispatch.models import Notice
    from gatepass.orders.models import Order
    from gatepass.orders.proposals import sending
    from gatepass.roles import SYSTEM
    from gatepass.transport.models import Consignment, Waybill

    people, client = trade.world.people, trade.clients[number % len(trade.clients)]
    at = START + timedelta(seconds=number * 3)
    day = at.date()

    def do(command: str, by: str, **given: Any) -> Any:
        nonlocal at
        at += timedelta(milliseconds=40)
        return meter.run(command, people[by], at, **given)

    codes = list(trade.yard.products.values())
    lines = [{"product": codes[(number * 7 + n) % len(codes)], "cartons": 40 + number % 5} for n in (0, 3)]
    order = do("take_order", "lin", customer=client.uid, lines=lines).uid
    do("answer_account_check", "zhou", order=order)
    shown = sending(SYSTEM, order, day=day)
    do("send_order", "lin", order=order, previewed=shown.digest, shown=shown.shown, accepts_changes=True)
    do("confirm_order", "lin", order=order)
    do("hand_over_demand", "lin", order=order)
    do("notify_payment", "lin", order=order, promised_on=day)
    owed = Order.objects.get(uid=order).remit_fen
    paid = {"reference": f"{number:08d}", "matches": [{"order": order, "amount": owed}]}
    do("record_receipt", "zhou", customer=client.uid, amount=owed, paid_on=day, **paid)
    notice = do("issue_notice", "lin", order=order).uid
    bound = {"route": "notice", "subject": notice, "digest": Notice.objects.get(uid=notice).digest}
    do("sign", "zhou", **bound, step="finance")
    do("sign", "he", **bound, step="sales")
    do("start_picking", "deng", notice=notice)
    for line, batches in _to_pick(notice):
        do("pick_line", "deng", notice=notice, line=line, batches=batches)
    do("finish_picking", "deng", notice=notice)
    wagon = trade.yard.wagons[client.carrier][0]
    trip = do("arrange_trip", "lin", vehicle=wagon.uid, driver=wagon.driver, day=day, notices=[notice]).uid
    part = Consignment.objects.get(trip__uid=trip)
    do("count_load", "deng", trip=trip, cartons=part.cartons)
    _carry(do, wagon.plate, part, Waybill.objects.get(consignment=part), at)


def _to_pick(notice: Any) -> list[tuple[Any, list[dict[str, Any]]]]:
    from gatepass.dispatch.models import NoticeLine
    from gatepass.stock.models import Batch

    found = []
    for line in NoticeLine.objects.filter(notice__uid=notice, until_version=None).order_by("position"):
        left, batches = line.cartons + line.gift, []
        for batch in Batch.objects.filter(product_id=line.product_id, on_hand__gt=0).order_by("expires_on", "id"):
            taken = min(left, batch.on_hand)
            left -= taken
            batches.append({"batch": batch.uid, "cartons": taken})
            if not left:
                break
        found.append((line.uid, batches))
    return found


def _carry(do: Any, plate: str, part: Any, paper: Any, at: datetime) -> None:
    """From the signature to the freight credit."""
    from gatepass.gate.models import GatePass
    from gatepass.simulation.leaving import PHOTO

    trip = part.trip.uid
    if paper.freight_fen is None:
        do("fill_waybill", "lin", waybill=paper.uid, freight=50_000)
    do("record_signature_on_paper", "deng", consignment=part.uid, name="司机", cartons=part.cartons, image=PHOTO)
    do("finish_loading", "deng", trip=trip)
    pass_ = GatePass.objects.get(uid=do("issue_gate_pass", "lin", trip=trip, sales_copy=True).uid)
    do("release_vehicle", "feng", code=pass_.code, plate=plate, cartons=part.cartons)
    do("record_consigned", "lin", consignment=part.uid, moment=at + timedelta(seconds=2), how="yard")
    do("tell_customer", "lin", consignment=part.uid, how="phone", answer="收到")
    do("hand_in_waybill", "zhou", waybill=paper.uid)
    if paper.bearer != "subsidy":
        do("credit_freight", "zhou", waybill=paper.uid)


def played(trade: Any, first: int, ways: int, *, recording: bool = False) -> Meter:
    from gatepass.journal.clock import clock_at

    meter = Meter(recording=recording)
    for number in range(first, first + ways):
        with clock_at(START + timedelta(seconds=number * 3 + 2)):
            way(trade, meter, number)
    return meter


def main(ways: int = 60) -> dict[str, Any]:
    """Measure on a server of its own; print and give the figures."""
    with server() as clones:
        return measured(clones, ways)


def measured(clones: Any, ways: int) -> dict[str, Any]:
    from bench.replay import replayed

    trades: list[Any] = []
    clones.template("company", lambda: trades.append(company()))
    (trade,) = trades
    found: dict[str, Any] = {}
    name = clones.clone("company")
    clones.use(name)
    played(trade, 0, 3)  # warm
    meter = played(trade, 3, ways)
    found["one client"] = round(len(meter.seconds) / sum(meter.seconds), 1)
    clones.leave()

    recorded = clones.clone("company")
    clones.use(recorded)
    first = played(trade, 0, 1, recording=True)  # the law of this company is in memory then
    said = played(trade, 1, max(10, ways // 3), recording=True)
    clones.leave()
    found |= _counted(said)
    everything = [*first.statements, *said.statements]
    bare = replayed(clones, everything)
    own = sum(said.seconds) / len(said.seconds)
    found["bare psycopg"] = round(len(everything) / bare, 1)
    found["times bare psycopg"] = round(own / (bare / len(everything)), 2)
    found["two clients"] = _two(clones, ways)
    for key, value in found.items():
        print(f"{key:28} {value if not isinstance(value, dict) else ''}")
        for inner, one in value.items() if isinstance(value, dict) else ():
            print(f"    {inner:28} {one}")
    return found


def _counted(meter: Meter) -> dict[str, Any]:
    counts = [len(said) + BEGIN_AND_COMMIT for _, said in meter.statements]
    by_name: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for (name, said), seconds in zip(meter.statements, meter.seconds, strict=True):
        by_name[name].append((len(said) + BEGIN_AND_COMMIT, seconds))
    table = {
        name: f"{statistics.median(n for n, _ in rows):.0f} statements, {1000 * statistics.median(s for _, s in rows):.1f} ms"
        for name, rows in sorted(by_name.items(), key=lambda item: -max(n for n, _ in item[1]))
    }
    return {"statements, median": statistics.median(counts), "statements, most": max(counts), "by command": table}


def _two(clones: Any, ways: int) -> float:
    """Two processes at once on one database, each with orders of its own."""
    from gatepass.site import database

    name = clones.clone("company")
    url = database.other(clones.program, name)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    begin = time.time() + 6
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.ways", "client", url, str(first), str(ways), str(begin)],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )
        for first in (0, 100_000)
    ]  # fmt: skip
    said = [json.loads(process.communicate()[0].splitlines()[-1]) for process in clients]
    commands = sum(one["commands"] for one in said)
    seconds: float = max(one["ended"] for one in said) - min(one["began"] for one in said)
    return round(commands / seconds, 1)


def client(url: str, first: int, ways: int, begin: float) -> None:
    ready(url)
    trade = known()
    played(trade, first, 2)
    time.sleep(max(0.0, begin - time.time()))
    began = time.time()
    meter = played(trade, first + 2, ways)
    print(json.dumps({"commands": len(meter.seconds), "began": began, "ended": time.time()}))


def known() -> Any:
    """The bench's company as another process finds it in the database."""
    from gatepass.carriers.models import Driver, Vehicle
    from gatepass.catalogue.models import Product
    from gatepass.customers.models import Customer
    from gatepass.people.models import Person

    wagons: defaultdict[Any, list[Any]] = defaultdict(list)
    for vehicle in Vehicle.objects.select_related("carrier").order_by("id"):
        driver = Driver.objects.filter(carrier=vehicle.carrier).order_by("id")[0]
        wagons[vehicle.carrier.uid].append(_Known(uid=vehicle.uid, driver=driver.uid, plate=vehicle.plate))
    customers = Customer.objects.exclude(forwarder=None).exclude(
        uid__in=_with_balance()
    ).order_by("id")  # fmt: skip
    return _Known(
        world=_Known(people=dict(Person.objects.values_list("username", "uid"))),
        clients=[_Known(uid=row.uid, carrier=row.forwarder) for row in customers],
        yard=_Known(products=dict(Product.objects.order_by("id").values_list("code", "uid")), wagons=wagons),
    )


def _with_balance() -> list[Any]:
    from gatepass.receivables.models import Balance

    return list(Balance.objects.filter(account="customer").values_list("party", flat=True))


class _Known:
    def __init__(self, **given: Any) -> None:
        self.__dict__ |= given


if __name__ == "__main__":
    if sys.argv[1:2] == ["client"]:
        client(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
    else:
        main(*(int(word) for word in sys.argv[1:]))
