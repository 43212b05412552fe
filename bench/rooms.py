"""A private server with the program's own settings, and databases on it: what every measure works on."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
if TYPE_CHECKING:
    from databases import Clones


def ready(url: str = "postgresql:///not_yet") -> None:
    """Django, as the weaker role, on this address."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "gatepass.site.settings", "DATABASE_URL": url}
    os.environ.setdefault("GATEPASS_SECRET", "only to measure, where nothing is worth stealing")
    os.environ.setdefault("GATEPASS_DATA", tempfile.mkdtemp(prefix="gatepass-bench-files-"))
    (Path(os.environ["GATEPASS_DATA"]) / "static").mkdir(exist_ok=True)
    import django

    django.setup()
    from gatepass.site.processes import settle

    settle()  # as the web server does


@contextmanager
def server() -> Iterator[Clones]:
    """A server as `gatepass serve` starts it, in a folder of its own that is gone afterwards."""
    ready()
    from databases import Clones, Run

    run = Run(settings={})
    try:
        yield Clones(run.url, run.program, "bench")
    finally:
        from django.db import connections

        connections["default"].close()
        run.end()


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    import psycopg

    cpu = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    memory = next((int(line.split()[1]) // 1024 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "cores": len(os.sched_getaffinity(0)), "cpu": cpu, "memory_mb": memory, "python": platform.python_version(),
        "psycopg": psycopg.__version__, "system": platform.system(), "load_before": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
