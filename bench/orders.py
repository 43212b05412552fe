"""An import of orders from a file: everything looked at, and taken in one command. PYTHONPATH=. python -m bench.orders [orders] [lines]"""

from __future__ import annotations

import io
import sys
import time
from datetime import timedelta
from typing import Any

from bench.rooms import server
from bench.ways import START, company

FAULTY = 40


def main(orders: int = 1_000, lines: int = 10) -> dict[str, Any]:
    """Measure on a server of its own; print and give the figures."""
    with server() as clones:
        return measured(clones, orders, lines)


def measured(clones: Any, orders: int = 1_000, lines: int = 10) -> dict[str, Any]:
    trades: list[Any] = []
    clones.template("orders", lambda: trades.append(company()))
    clones.use(clones.clone("orders"))
    found = _measured(trades[0], orders, lines)
    clones.leave()
    print(", ".join(f"{name} {value}" for name, value in found.items()))
    return found


def _measured(trade: Any, orders: int, lines: int) -> dict[str, Any]:
    from gatepass.imports import bringing
    from gatepass.imports.checking import check, mapping_of
    from gatepass.imports.kinds import KINDS
    from gatepass.imports.reading import read
    from gatepass.journal.clock import clock_at
    from gatepass.journal.who import sight_of
    from gatepass.orders.models import Order

    kind, by, before = KINDS["orders"], trade.world.people["lin"], Order.objects.count()
    good, bad = workbook(trade, orders, lines), workbook(trade, orders, lines, faulty=FAULTY)
    found: dict[str, Any] = {"orders": orders, "lines": orders * lines}
    with clock_at(START + timedelta(hours=1)):
        sight = sight_of(by)
        for name, data in (("faulty file refused, s", bad), ("looked at, s", good)):
            began = time.perf_counter()
            table = read("orders.xlsx", data)
            checked = check(kind, table, mapping_of(kind, table.headers)[0], sight)
            found[name] = round(time.perf_counter() - began, 2)
            found.setdefault("errors reported together", len(checked.problems))
        began = time.perf_counter()
        bringing.bring(kind, checked.lines, by=by, key=bringing.key_of(kind, data))
        found["taken, s"] = round(time.perf_counter() - began, 2)
    found["whole import, s"] = round(found["looked at, s"] + found["taken, s"], 2)
    if Order.objects.count() != before + orders or found["errors reported together"] != FAULTY:
        raise RuntimeError(f"the import did not do what it was measured for: {found}")
    return found


def workbook(trade: Any, orders: int, lines: int, *, faulty: int = 0) -> bytes:
    """A file of so many orders of so many lines; in the first faulty orders the first line names a product that is not there."""
    import xlsxwriter

    from gatepass.customers.models import Customer

    clients = list(Customer.objects.filter(uid__in=[client.uid for client in trade.clients]).values_list("code", flat=True))
    codes = list(trade.yard.products)
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("订单标记", "客户", "产品", "件数", "订单备注"))
        for n in range(orders * lines):
            order, line = divmod(n, lines)
            code = "没有" if order < faulty and line == 0 else codes[(order + line) % len(codes)]
            sheet.write_row(n + 1, 0, (f"A{order}", clients[order % len(clients)], code, 5 + line, "周单" if line == 0 else None))
    return held.getvalue()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
