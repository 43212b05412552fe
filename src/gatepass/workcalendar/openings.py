"""Office hours as they are entered: pairs of times such as 8:30 and 12:00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gatepass.rules.reasons import Reason
from gatepass.words import Text

TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
UNREADABLE: Final = Text("“{given}”不是时间，写成 8:30 这样", "{given} is not a time; write it like 8:30")
ORDER: Final = Text("{second}要晚于{first}", "{second} must come after {first}")
NONE: Final = Text("至少要有一段办公时间", "There is at least one stretch of office hours")


@dataclass(frozen=True)
class Opening:
    """The office opens and closes, as the clock on the wall shows it: 8:30, 12:00."""

    opens: str
    closes: str


def minutes_of(given: str) -> int | None:
    """Minutes after midnight, None when unreadable. Full-width colons are read too."""
    found = TIME.fullmatch(given.strip().replace("：", ":"))
    return int(found[1]) * 60 + int(found[2]) if found else None


def read(intervals: list[Opening]) -> tuple[tuple[int, int], ...]:
    """The stretches that can be read."""
    pairs = ((minutes_of(one.opens), minutes_of(one.closes)) for one in intervals)
    return tuple((begins, ends) for begins, ends in pairs if begins is not None and ends is not None)


def problems(intervals: list[Opening]) -> list[Reason]:
    """Everything that is wrong: unreadable times, times out of order, no time at all."""
    given = [edge for one in intervals for edge in (one.opens, one.closes)]
    if not given:
        return [Reason(what=NONE, field="intervals")]
    found = [Reason(what=UNREADABLE.fill(given=edge), field="intervals") for edge in given if minutes_of(edge) is None]
    for first, second in pairwise(given):
        before, after = minutes_of(first), minutes_of(second)
        if before is not None and after is not None and after <= before:
            found.append(Reason(what=ORDER.fill(first=first, second=second), field="intervals"))
    return found
