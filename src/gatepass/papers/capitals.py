"""Amounts in Chinese capitals (大写), as cheques and contracts want them: fen in, 壹仟壹佰捌拾捌元整 out."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
GROUPS: Final = ("", "万", "亿", "万亿")


def capitals(fen: int) -> str:
    """118800 -> 壹仟壹佰捌拾捌元整; 50 -> 伍角; 1005 -> 壹拾元零伍分; 0 -> 零元整; a minus is written 负."""
    yuan, rest = divmod(abs(fen), 100)
    jiao, odd = divmod(rest, 10)
    words = f"{whole(yuan)}元" if yuan else ""
    if not rest:
        words = f"{words or '零元'}整"
    else:
        words += DIGITS[jiao] + "角" if jiao else "零" if yuan else ""
        words += DIGITS[odd] + "分" if odd else ""
    return ("负" if fen < 0 else "") + words


def whole(number: int) -> str:
    """A whole number above 0 in capitals. Raises ValueError from 10**16 on."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    if len(groups) > len(GROUPS):
        raise ValueError("too large to be written in capitals")
    words, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words, gap = words + _four(group) + _group_name(groups, place), False
    return words


def _group_name(groups: list[int], place: int) -> str:
    """万亿 shares its 亿 with the group below it when that one is written too: 壹万贰仟亿, but 壹万亿 alone."""
    if place == 3:
        return "万" if groups[2] else "万亿"
    return GROUPS[place]


def _four(group: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        words, gap = words + ("零" if gap else "") + DIGITS[digit] + PLACES[place], False
    return words
