"""Amounts in capitals, against an independent reading of the same rules."""

from __future__ import annotations

import random

import cn2an
import pytest

from gatepass.papers.capitals import capitals

pytestmark = pytest.mark.requirement("D2")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (118800, "壹仟壹佰捌拾捌元整"),
        (5646914, "伍万陆仟肆佰陆拾玖元壹角肆分"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (1005, "壹拾元零伍分"),
        (1050, "壹拾元伍角"),
        (100005000, "壹佰万零伍拾元整"),
        (10010001000, "壹亿零壹拾万零壹拾元整"),
        (-38650, "负叁佰捌拾陆元伍角"),
        (1000000000000000, "壹拾万亿元整"),
        (500000460000, "伍拾亿零肆仟陆佰元整"),
    ],
)
def test_an_amount_is_written_as_a_cheque_wants_it(fen: int, words: str) -> None:
    assert capitals(fen) == words


def test_twenty_thousand_amounts_agree_with_cn2an() -> None:
    """cn2an leaves out the 零 for a whole group of zeros before a full one (伍拾亿零肆仟陆佰), which the rule for
    cheques wants; it is put aside there."""
    dice = random.Random(1187)  # noqa: S311  a seed, not a secret
    for _ in range(20_000):
        fen = dice.randrange(10 ** dice.randrange(1, 17))
        if dice.random() < 0.5:
            fen = int("".join(digit if dice.random() < 0.4 else "0" for digit in str(fen)))
        yuan = fen // 100
        groups = [yuan // 10_000**place % 10_000 for place in range(4)]
        skipped = any(not groups[place] and groups[place - 1] >= 1000 and any(groups[place + 1 :]) for place in (1, 2))
        theirs = cn2an.an2cn(f"{yuan}.{fen % 100:02d}", "rmb")
        ours = capitals(fen)
        assert (ours.replace("零", "") == theirs.replace("零", "")) if skipped else ours == theirs, fen
        assert capitals(-fen) == ("负" if fen else "") + ours


def test_an_amount_beyond_words_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        capitals(10**18)
