"""Reasons that belong to a line of a long input: each says its line (counted from 1) and where in the line it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from gatepass.rules.reasons import Reason
from gatepass.words import Text

Found = list[tuple[int, Reason]]
LINE = Text("第 {row} 行：{what}", "line {row}: {what}")


def of_line(number: int, reasons: Iterable[Reason | None]) -> Found:
    """The reasons of one line, with its number (from 0)."""
    return [(number, reason) for reason in reasons if reason is not None]


def in_lines(found: Found, name: str = "rows") -> list[Reason]:
    """What a command refuses: each reason with its line in words and its place in the input."""
    return [
        replace(reason, what=LINE.fill(row=number + 1, what=reason.what), field=f"{name}.{number}.{reason.field}".rstrip("."))
        for number, reason in found
    ]


def out_of_lines(reasons: Iterable[Reason], numbers: Sequence[int], name: str = "rows") -> Found:
    """The way back: reasons of a command with their lines, `numbers` being those of its input. One without a line is the first's."""
    found: Found = []
    for reason in reasons:
        what, number, place = reason.what, 0, reason.field.split(".", 2)
        if place[0] == name and len(place) > 1 and place[1].isdigit():
            number = int(place[1])
            before = LINE.fill(row=number + 1, what=Text("", ""))
            what = Text(what.zh.removeprefix(before.zh), what.en.removeprefix(before.en))
            reason = replace(reason, what=what, field=place[2] if len(place) > 2 else "")
        found.append((numbers[number], reason))
    return found


def repeated(keys: Mapping[int, Hashable], reason: Reason) -> Found:
    """The lines whose key stands in several lines; blank keys never count as the same."""
    times = Counter(key for key in keys.values() if key)
    return [(number, reason) for number, key in keys.items() if times[key] > 1]
