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
        place = reason.field.split(".", 2)
        if place[0] != name or len(place) < 2 or not place[1].isdigit():
            found.append((numbers[0], reason))
            continue
        before = LINE.fill(row=int(place[1]) + 1, what=Text("", ""))
        what = Text(reason.what.zh.removeprefix(before.zh), reason.what.en.removeprefix(before.en))
        found.append((numbers[int(place[1])], replace(reason, what=what, field="".join(place[2:]))))
    return found


def repeated(keys: Mapping[int, Hashable], reason: Reason) -> Found:
    """The lines whose key stands in several lines; blank keys never count as the same."""
    times = Counter(key for key in keys.values() if key)
    return [(number, reason) for number, key in keys.items() if times[key] > 1]
