"""Open the demo: fill an empty database with the demo company, with a progress bar, and set its clock.

The demo's clock stops while the program is stopped. A company just filled opens at the moment of its last entry; later
it goes on at the next working morning after where it stopped. The offset to the machine's clock, in seconds, goes into
the file named.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import django
from django.utils.module_loading import import_string

WIDTH = 40
MORNING = time(10, 15)


def progress(done: int, total: int) -> None:
    """A bar on a terminal; otherwise a line for every tenth."""
    share = done / total if total else 1.0
    if sys.stdout.isatty():
        bar = "█" * round(share * WIDTH)
        sys.stdout.write(f"\r  演示公司 Demo company  {bar:<{WIDTH}} {share:4.0%}" + ("\n" if done >= total else ""))
    elif done >= total or done * 10 // total != (done - 1) * 10 // total:
        sys.stdout.write(f"  演示公司 Demo company {share:4.0%}\n")
    sys.stdout.flush()


def opens_at() -> datetime:
    """The demo's moment at which it opens now; noted, so that a demo that was killed goes on later too."""
    from gatepass.journal.models import Entry
    from gatepass.people.models import Company
    from gatepass.workcalendar.queries import current

    company = Company.objects.get()
    written = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if company.stopped_at is None:
        opening = written or datetime.now(UTC)
    else:
        calendar = current()
        stopped = max(written or company.stopped_at, company.stopped_at)
        day = calendar.at_or_after(calendar.local(stopped).date())
        if calendar.moment(day, MORNING) <= stopped:
            day = calendar.next_working_day(day)
        opening = calendar.moment(day, MORNING)
    company.stopped_at = opening
    company.save(update_fields=["stopped_at"])
    return opening


def main(clock: Path) -> int:
    from gatepass.journal.watch import announce
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
    opening = opens_at()
    announce(opening)
    offset: timedelta = opening - datetime.now(UTC)
    clock.write_text(str(offset.total_seconds()))
    sys.stdout.write(sign_ins())
    sys.stdout.flush()
    return 0


def sign_ins() -> str:
    """Who can be signed in as, by position; in the demo one click on the page of the address is enough."""
    from gatepass.people.duty import holders

    lines = [f"    {position.text.zh} {position.text.en}: {'、'.join(names[:3])}" for position, names in holders().items()]
    return "\n  登录时点名字即可，不要密码  Sign in with one click, no password\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    django.setup()
    raise SystemExit(main(Path(sys.argv[1])))
