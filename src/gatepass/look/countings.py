"""Small numbers in words, as a headline says them."""

from __future__ import annotations

from typing import Final

from gatepass.words import Text

_ZH: Final = "零一两三四五六七八九十"
_EN: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def things(count: int) -> Text:
    """So many things: 三件事, three things are; beyond ten in figures."""
    small = 0 < count < len(_EN)
    zh, en = (_ZH[count], _EN[count]) if small else (f" {count} ", str(count))
    return Text(f"{zh}件事", f"{en} thing is" if count == 1 else f"{en} things are")
