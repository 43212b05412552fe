"""Dates and times as people of the trade read them, in the company's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from gatepass.words import Language

_WEEKDAYS: Final[dict[Language, str]] = {"zh": "一二三四五六日", "en": "Mon Tue Wed Thu Fri Sat Sun"}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def here(value: date) -> date:
    """A moment in the company's time zone; dates and naive datetimes as they are."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: date, language: Language) -> str:
    """`11月24日 周二`, `Tue 24 Nov`; with the year where it is not this year."""
    value = here(value)
    weekday = value.weekday()
    other_year = value.year != timezone.localdate().year
    if language == "zh":
        year = f"{value.year}年" if other_year else ""
        return f"{year}{value.month}月{value.day}日 周{_WEEKDAYS['zh'][weekday]}"
    year = f" {value.year}" if other_year else ""
    return f"{_WEEKDAYS['en'].split()[weekday]} {value.day} {_MONTHS[value.month - 1]}{year}"


def clock(value: datetime) -> str:
    """`14:36`."""
    return here(value).strftime("%H:%M")


def moment(value: datetime, language: Language) -> str:
    """`11月24日 周二 14:36`, `Tue 24 Nov 14:36`."""
    return f"{day(value, language)} {clock(value)}"


def stamp(value: date, language: Language) -> str:
    """The short form of lists: `11-24 14:36`, `24 Nov 14:36`; a date has no time; the year where it is not this one."""
    local = here(value)
    other_year = local.year != timezone.localdate().year
    if language == "zh":
        text = local.strftime("%Y-%m-%d" if other_year else "%m-%d")
    else:
        text = f"{local.day} {_MONTHS[local.month - 1]}" + (f" {local.year}" if other_year else "")
    return f"{text} {local:%H:%M}" if isinstance(local, datetime) else text


def due(value: datetime, now: datetime, language: Language) -> str:
    """When something falls due, as short as it is clear: `17:30`, `昨日 17:30`, `11-25 17:30`."""
    shown, wall = _ending(value)
    days = (shown - here_day(now)).days
    near: dict[int, dict[Language, str]] = {
        0: {"zh": "", "en": ""},
        1: {"zh": "明日 ", "en": "tomorrow "},
        -1: {"zh": "昨日 ", "en": "yesterday "},
    }
    return near[days][language] + wall if days in near else f"{stamp(shown, language)} {wall}"


def until(value: datetime, language: Language) -> str:
    """The end of a term: `11月24日 周二 24:00` rather than 00:00 of the next day."""
    shown, wall = _ending(value)
    return f"{day(shown, language)} {wall}"


def ending(value: datetime, language: Language) -> str:
    """The end of a term in the short form of lists: `11-27 24:00` rather than 00:00 of the next day."""
    shown, wall = _ending(value)
    return f"{stamp(shown, language)} {wall}"


def _ending(value: datetime) -> tuple[date, str]:
    """The day and the wall time at which a term ends: midnight belongs to the day before it."""
    wall = clock(value)
    return (here_day(value) - timedelta(days=1), "24:00") if wall == "00:00" else (here_day(value), wall)


def here_day(value: datetime) -> date:
    local = here(value)
    return local.date() if isinstance(local, datetime) else local


def span(length: timedelta, language: Language) -> str:
    """A length of time in its two largest units: `2 小时 54 分`, `2 h 54 min`; below a minute: `不到 1 分`."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    zh = language == "zh"
    if minutes < 1:
        return "不到 1 分" if zh else "under 1 min"
    if days:
        text = f"{days} 天" if zh else f"{days} d"
        return text + ((f" {hours} 小时" if zh else f" {hours} h") if hours else "")
    if hours:
        return f"{hours} 小时 {rest:02d} 分" if zh else f"{hours} h {rest:02d} min"
    return f"{rest} 分" if zh else f"{rest} min"
