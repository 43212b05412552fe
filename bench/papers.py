"""How long a paper takes, warm: medians in milliseconds. Run from the repository's root: PYTHONPATH=src python -m
bench.papers"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepass.site.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "papers"))

from paper_samples import SAMPLES, order

from gatepass.papers.packing import assembled
from gatepass.papers.press import press
from gatepass.papers.shapes import Printing, Run

ROUNDS = 15


def milliseconds(kind: str, sheet: object, form: str) -> float:
    """The median over rounds that differ in their print count, so that nothing is answered from a cache."""
    taken = []
    for nth in range(1, ROUNDS + 3):
        data = assembled(sheet, None, Printing(person="邓海", at=order().made_at, runs=(Run(nth=nth),)))  # type: ignore[arg-type]
        started = time.perf_counter()
        press(kind, data, language="zh", form=form)  # type: ignore[call-overload]
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[2:])


def main() -> dict[str, float]:
    found = {f"{kind} pdf": milliseconds(kind, sheet, "pdf") for kind, sheet in SAMPLES.items()}
    found["order of 40 lines pdf"] = milliseconds("order", order(times=4), "pdf")
    found["order preview png"] = milliseconds("order", order(), "png")
    for name, median in found.items():
        print(f"{name:28} {median:7.1f} ms")
    return found


if __name__ == "__main__":
    main()
