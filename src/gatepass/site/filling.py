"""Fill an empty database with the demo company, with a progress bar; leave any other database alone."""

from __future__ import annotations

import sys

import django
from django.utils.module_loading import import_string

WIDTH = 40


def progress(done: int, total: int) -> None:
    """A bar on a terminal; otherwise a line for every tenth."""
    share = done / total if total else 1.0
    if sys.stdout.isatty():
        bar = "█" * round(share * WIDTH)
        sys.stdout.write(f"\r  演示公司 Demo company  {bar:<{WIDTH}} {share:4.0%}" + ("\n" if done >= total else ""))
    elif done >= total or done * 10 // total != (done - 1) * 10 // total:
        sys.stdout.write(f"  演示公司 Demo company {share:4.0%}\n")
    sys.stdout.flush()


def main() -> int:
    from gatepass.people.models import Company

    company = Company.objects.first()
    if company is None:
        import_string("gatepass.simulation.demo.fill")(progress)
    elif not company.demo:
        sys.stderr.write(
            f"{company.name} 不是演示公司；请用 gatepass serve，或另设 GATEPASS_DATA\n"
            f"{company.name} is not a demo company: use gatepass serve, or set GATEPASS_DATA to another folder\n"
        )
        return 2
    return 0


if __name__ == "__main__":
    django.setup()
    raise SystemExit(main())
