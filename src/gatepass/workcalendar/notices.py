"""Reads the days of a holiday notice as its text has them: 10月1日（周四）至7日（周三）, or 2026-10-01 to 10-07."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gatepass.words import Text

DAY: Final = timedelta(days=1)
LONGEST: Final = 31
DATE: Final = r"(?:(\d{4})\s*[-年/.]\s*)?(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?"
OPTIONAL: Final = r"(?:(?:(\d{4})\s*[-年/.]\s*)?(\d{1,2})\s*[-月/.]\s*)?(\d{1,2})\s*日?"
UNTIL: Final = r"\D{0,8}?(?:至|到|~|–|—|through|to)\s*" + OPTIONAL
STRETCH: Final = re.compile(f"{DATE}(?:{UNTIL})?")
UNREADABLE: Final = Text("第 {line} 行没有看懂：{given}", "line {line} could not be read: {given}")
NO_DATE: Final = Text("第 {line} 行的日期不对：{given}", "line {line} has no such date: {given}")


@dataclass(frozen=True, slots=True)
class ReadDays:
    days: tuple[date, ...]
    problems: tuple[Text, ...]


def read_days(text: str, year: int) -> ReadDays:
    """Every day named in the text, a stretch with all its days; a date without its year is of the given one."""
    days: list[date] = []
    problems: list[Text] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = list(STRETCH.finditer(line))
        if not found and line.strip():
            problems.append(UNREADABLE.fill(line=number, given=line.strip()[:40]))
        for stretch in found:
            try:
                days += _days(stretch, year)
            except ValueError:
                problems.append(NO_DATE.fill(line=number, given=stretch[0].strip()[:40]))
    return ReadDays(tuple(dict.fromkeys(days)), tuple(problems))


def _days(stretch: re.Match[str], year: int) -> Iterator[date]:
    """Raises ValueError when there is no such date, the stretch runs backwards or is longer than any holiday."""
    first_year, month, day, last_year, last_month, last_day = stretch.groups()
    first = date(int(first_year or year), int(month), int(day))
    last = date(int(last_year or first.year), int(last_month or month), int(last_day)) if last_day else first
    if not 0 <= (last - first).days < LONGEST:
        raise ValueError("not a stretch")
    return (first + n * DAY for n in range((last - first).days + 1))
