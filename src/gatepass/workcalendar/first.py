"""What a new company starts with: office week and hours of the rulebook (R9), and China's holidays of 2025 and 2026."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from gatepass.workcalendar.models import DayException, OfficeHoursRow, OfficeWeek, Year

SOURCE: Final = "chinesecalendar 1.11.0 + holidays 0.109"
FREE: Final = {
    2025: ["01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
    2026: ["01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21", "09-25/09-27", "10-01/10-07"],
}
WORKED: Final = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def begin() -> None:
    """Write the first calendar into a new database; nothing where there is one already."""
    if OfficeWeek.objects.exists():
        return
    OfficeWeek.objects.create(since=date(2000, 1, 1), revision=0, weekdays=[0, 1, 2, 3, 4, 5])
    OfficeHoursRow.objects.create(since=date(2000, 1, 1), revision=0, intervals=[[510, 720], [810, 1080]])
    for year, free in FREE.items():
        Year.objects.create(year=year, revision=0, source=SOURCE)
        for working, stretches in ((False, free), (True, WORKED[year])):
            DayException.objects.bulk_create(
                DayException(date=day, revision=0, working=working, source=SOURCE) for day in _days(year, stretches)
            )


def _days(year: int, stretches: Iterable[str]) -> Iterator[date]:
    for stretch in stretches:
        first, last = (date.fromisoformat(f"{year}-{day}") for day in (stretch.split("/") * 2)[:2])
        while first <= last:
            yield first
            first += timedelta(days=1)
