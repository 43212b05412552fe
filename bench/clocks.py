"""Running out: seconds to breach 10,000 due clocks among a million open ones (aim: 3). From the repository's root:
PYTHONPATH=src:tests python -m bench.clocks [open] [due]"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)

# Rows as the keeper writes them: duties of the client admins, half of which open a further one when they run out.
FILL = """
insert into enforcement_obligation (uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind,
    holder, opened_at, opened_by, started_at, due_at, parameters, revision, provisional, closed_how)
select gen_random_uuid(), case when n %% 2 = 0 then 'D2.2' else 'D3.2' end, 1, 'order', gen_random_uuid(),
    gen_random_uuid(), gen_random_uuid(), null, 'client_admin', '', null, %(now)s - interval '1 day', gen_random_uuid(),
    %(now)s - interval '1 day',
    case when n <= %(due)s then %(now)s - n * interval '1 second' - interval '10 seconds' else %(now)s + n * interval '1 second' end,
    '{"within": "4"}', 0, false, ''
from generate_series(1, %(open)s) n
"""


def main(open_clocks: int = 1_000_000, due: int = 10_000) -> dict[str, float]:
    """Fill a database of its own, sweep once, print and give the seconds."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "gatepass.site.settings"}
    os.environ.setdefault("GATEPASS_SECRET", "only to measure, where nothing is worth stealing")
    os.environ["DATABASE_URL"] = "postgresql:///not_yet"
    import django

    django.setup()
    from databases import Clones, Run

    run = Run()
    try:
        clones = Clones(run.url, run.program, "bench")
        clones.use(clones.clone())
        return _measure(open_clocks, due)
    finally:
        run.end()


def _measure(open_clocks: int, due: int) -> dict[str, float]:
    from django.db import connection

    from gatepass.enforcement import clocks
    from gatepass.people.models import Company

    Company.objects.create(name="量时公司", short_name="量时", name_en="Measured")
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        cursor.execute(FILL, {"now": NOW, "due": due, "open": open_clocks})
        cursor.execute("analyze enforcement_obligation")
    found: dict[str, Any] = {}
    for name in ("sweep", "sweep with nothing due"):
        started = time.perf_counter()
        swept = clocks.sweep(NOW)
        found[name] = time.perf_counter() - started
        print(f"{name:24} {swept:7,} of {open_clocks:,} open {found[name]:8.3f} s")
    connection.close()
    return found


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
