"""`make bench`: every measure in one run, printed against its aim and kept in bench/results/. ARGS="--orders 20000" for a smaller one."""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from typing import Any

from bench import http, orders, pages, ways
from bench.rooms import ROOT, machine, server

RESULTS = ROOT / "bench" / "results"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--orders", type=int, default=200_000, help="orders behind the pages of the large database")
    parser.add_argument("--ways", type=int, default=60, help="orders driven all the way")
    parser.add_argument("--clocks", type=int, default=1_000_000, help="open clocks, of which a hundredth is due")
    options = parser.parse_args()
    began, found = time.time(), {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "asked": vars(options)}
    print(json.dumps(found["machine"], ensure_ascii=False))
    with server() as clones:
        found["ways"] = _titled("Whole order ways (commands a second)", lambda: ways.measured(clones, options.ways))
        found["http"] = _titled("Commands through HTTP (reported, no aim)", lambda: http.measured(clones))
        found["pages"] = _titled("Pages", lambda: pages.measured(clones, options.orders))
        found["import"] = _titled("Import of 1,000 orders of 10 lines", lambda: orders.measured(clones))
    from bench import clocks, papers

    found["clocks"] = _titled("Clocks running out", lambda: clocks.main(options.clocks, max(1, options.clocks // 100)))
    found["papers"] = _titled("Papers, warm", papers.main)
    _against_aims(found)
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC):%Y-%m-%d-%H%M}.json"
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n")
    print(f"\n{file.relative_to(ROOT)}  ({time.time() - began:.0f} s)")


def _titled(title: str, measure: Any) -> Any:
    print(f"\n{title}")
    return measure()


def _against_aims(found: dict[str, Any]) -> None:
    """Each figure beside what was aimed at."""
    made, many = found["ways"], list(found["pages"].values())[-1]
    rows = [
        ("commands a second, one client", made["one client"], ">= 130", made["one client"] >= 130),
        ("commands a second, two clients", made["two clients"], ">= 280", made["two clients"] >= 280),
        ("times bare psycopg", made["times bare psycopg"], "<= 3.5", made["times bare psycopg"] <= 3.5),
        ("statements a command, median", made["statements, median"], "<= 12", made["statements, median"] <= 12),
        ("statements a command, most", made["statements, most"], "<= 16", made["statements, most"] <= 16),
        *((f"{name}, ms", row["ms"], "<= 40", row["ms"] <= 40) for name, row in many.items()),
        *((f"{name}, buffers against few", row["buffers ratio"], "<= 1.2", row["buffers ratio"] <= 1.2) for name, row in many.items()),
        ("processor through HTTP, times", found["http"]["processor"]["ratio"], "<= 1.35", found["http"]["processor"]["ratio"] <= 1.35),
        ("import of 1,000 orders, s", found["import"]["whole import, s"], "<= 20", found["import"]["whole import, s"] <= 20),
        ("clocks swept, s", round(found["clocks"]["sweep"], 2), "<= 3", found["clocks"]["sweep"] <= 3),
        ("order PDF, ms", round(found["papers"]["order pdf"], 1), "<= 150", found["papers"]["order pdf"] <= 150),
    ]
    print(f"\n{'':34} {'measured':>10}   aim")
    for name, value, aim, good in rows:
        print(f"{name:34} {value:>10}   {aim:8} {'' if good else 'NOT REACHED'}")
    found["aims"] = {name: {"measured": value, "aim": aim, "reached": bool(good)} for name, value, aim, good in rows}


if __name__ == "__main__":
    main()
