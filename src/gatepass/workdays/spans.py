"""Lengths of time in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gatepass.words import Text


def duration(span: timedelta) -> Text:
    """A length of time in whole minutes, rounded down: 2 小时 54 分, 2 h 54 min. Raises ValueError when negative."""
    minutes = span // timedelta(minutes=1)
    if minutes < 0:
        raise ValueError("a duration is not negative")
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return Text("{d} 天 {h} 小时 {m} 分", "{d} d {h} h {m} min").fill(d=days, h=hours, m=f"{rest:02}")
    if hours:
        return Text("{h} 小时 {m} 分", "{h} h {m} min").fill(h=hours, m=f"{rest:02}")
    return Text("{m} 分", "{m} min").fill(m=rest) if rest else Text("不到 1 分", "under 1 min")


def left(now: datetime, due: datetime) -> Text:
    """Time left as it elapses on the wall, or how long overdue: 超时 21 小时 06 分, 21 h 06 min overdue."""
    span = due.astimezone(UTC) - now.astimezone(UTC)
    if span > timedelta(0):
        return duration(span)
    return Text("超时 {span}", "{span} overdue").fill(span=duration(-span))
