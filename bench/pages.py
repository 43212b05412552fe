"""Desk, order list and an order's page at a thousand orders and at many: server milliseconds, and what their queries read.
PYTHONPATH=. python -m bench.pages [orders]"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import date
from typing import Any

from bench.many import multiply
from bench.rooms import server

FINISHED = """
select count(*), (select o.id from orders_order o where o.shipped_at is not null and not exists (
    select from enforcement_obligation b where b."order" = o.uid and b.closed_at is null) order by o.id limit 1) from orders_order
"""
ROUNDS = 21
FEW = 1_000


def main(orders: int = 200_000) -> dict[str, Any]:
    with server() as clones:
        return measured(clones, orders)


def measured(clones: Any, orders: int) -> dict[str, Any]:
    """The pages with few and with many orders behind the same orders under way."""
    from gatepass.simulation import demo

    play: list[Any] = []
    last = date(2026, 11, 24)

    def build() -> None:
        played = demo.stage(last, days=5, dealers=100)
        played.until(last, 10, 15)
        play.append(played)

    clones.template("pages", build)
    moment = play[0].world.at
    found: dict[str, Any] = {}
    for count in (FEW, orders):
        _fill(clones, count)
        found[f"{count:,} orders"] = _pages(moment)
        clones.leave()
    few, many = found.values()
    for name in few:
        ratio = many[name]["buffers"] / max(1, few[name]["buffers"])
        same = "same plans" if many[name]["plans"] == few[name]["plans"] else "other plans"
        times = f"{few[name]['ms']:7.1f} ms  {many[name]['ms']:7.1f} ms"
        print(f"{name:14} {times}   buffers x{ratio:.2f}, {same}, {few[name]['queries']} queries")
        grows = _growing(few[name], many[name])
        many[name] |= {"buffers ratio": round(ratio, 2), "same plans": same == "same plans", "grows": grows}
        for line in [*grows, *_other_plans(few[name], many[name])]:
            print("    " + line)
    return {size: {page: {k: v for k, v in row.items() if k not in ("plans", "each")} for page, row in rows.items()} for size, rows in found.items()}


def _growing(few: dict[str, Any], many: dict[str, Any]) -> list[str]:
    """The queries that read more because there are more orders, with what they read."""
    before = dict(few["each"])
    return [
        f"{before.get(sql, 0)} -> {buffers} buffers: {' '.join(sql.split())[:2000]}"
        for sql, buffers in many["each"]
        if buffers > 1.2 * before.get(sql, 0) + 8
    ]


def _other_plans(few: dict[str, Any], many: dict[str, Any]) -> list[str]:
    """The queries that are planned another way because there are more orders, with both ways."""
    pairs = zip(few["plans"], many["plans"], many["each"], strict=False)
    return [f"{' '.join(sql.split())[:300]}\n        {one}\n        {other}" for one, other, (sql, _) in pairs if one != other]


def _fill(clones: Any, count: int) -> None:
    import psycopg

    from gatepass.site import database

    name = clones.clone("pages")
    started = time.perf_counter()
    with psycopg.connect(database.other(clones.url, name)) as owner, owner.cursor() as cursor:
        cursor.execute(FINISHED)
        there, template = cursor.fetchone() or (0, 0)
        multiply(cursor, template, count - there)
        owner.commit()
    with psycopg.connect(database.other(clones.url, name), autocommit=True) as owner:
        owner.execute("vacuum (analyze, index_cleanup on)")  # by itself it leaves a few dead rows where a table is large, not where it is small
    print(f"{count:,} orders made in {time.perf_counter() - started:.0f} s")
    clones.use(name)


def _pages(moment: Any) -> dict[str, dict[str, Any]]:
    from django.test import Client

    from gatepass.journal.clock import clock_at
    from gatepass.orders.models import Order
    from gatepass.people.models import Person

    browser = Client()
    with clock_at(moment):
        browser.force_login(Person.objects.get(username="lin"), backend="gatepass.people.sign_in.PersonBackend")
        order = Order.objects.filter(shipped_at=None, confirmed_at__isnull=False).order_by("id")[0]
        addresses = {"desk": "/", "order list": "/orders/", "order page": f"/orders/{order.uid}/"}
        return {name: _page(browser, address) for name, address in addresses.items()}


def _page(browser: Any, address: str) -> dict[str, Any]:
    """The median of the server's time; queries with what they read and how."""
    from django.db import connection

    said: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append((sql, params))
        return execute(sql, params, many, context)

    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = browser.get(address)
        taken.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    with connection.execute_wrapper(listen):
        browser.get(address)
    asked = [(sql, params) for sql, params in said if sql.lstrip().lower().startswith(("select", "with"))]
    plans = [_explained(sql, params) for sql, params in asked]
    return {
        "ms": round(statistics.median(taken[3:]), 1), "queries": len(said), "buffers": sum(buffers for _, buffers in plans),
        "plans": [shape for shape, _ in plans], "each": [(sql, buffers) for (sql, _), (_, buffers) in zip(asked, plans, strict=True)],
    }  # fmt: skip


def _explained(sql: str, params: Any) -> tuple[list[str], int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("explain (analyze, buffers, timing off, format json) " + sql, params)
        (said,) = cursor.fetchone()
    plan = (json.loads(said) if isinstance(said, str) else said)[0]["Plan"]
    return list(_nodes(plan)), plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)


def _nodes(plan: dict[str, Any]) -> Any:
    yield f"{plan['Node Type']} {plan.get('Index Name', plan.get('Relation Name', ''))}".strip()
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
