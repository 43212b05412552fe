"""Money in whole fen, and rates with six decimals. Never floats."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

AMOUNT: Final = re.compile(r"[-+]?¥?(\d{1,3}(,\d{3})+|\d{1,20})(\.\d{0,20})?", re.ASCII)
MOST_FEN: Final = 9_000_000_000_000_000  # ninety trillion yuan: far below 2**63, so that sums cannot overflow a bigint


def plain(text: str) -> str:
    """Digits, points, commas and signs as a Chinese input method leaves them, in their half-width form: '１２．５' -> '12.5'."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in fen (1/100 yuan). Raises ValueError beyond MOST_FEN."""

    fen: int

    def __post_init__(self) -> None:
        if abs(self.fen) > MOST_FEN:
            raise ValueError("amount out of range")

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return figure(self.fen)

    @classmethod
    def yuan(cls, amount: str | int | Decimal) -> Money:
        """From yuan with at most two decimals; '1,234.50' and full-width digits are understood, '1e5' is not. Raises ValueError."""
        text = plain(str(amount))
        if AMOUNT.fullmatch(text) is None:
            raise ValueError(f"not an amount: {amount!r}")
        fen = Decimal(text.replace(",", "").replace("¥", "")).scaleb(2)
        if fen != int(fen):
            raise ValueError(f"more than two decimals: {amount!r}")
        return cls(int(fen))


def figure(fen: int) -> str:
    """Fen as a figure with separators and a true minus sign: -38650 -> '−386.50'."""
    sign = "\u2212" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def times(rate: Decimal, quantity: int | Decimal) -> int:
    """Rate in yuan a unit times a quantity, in fen, rounded half up once."""
    return int((rate * quantity * 100).quantize(Decimal(1), ROUND_HALF_UP))


def share(fen: int, percent: Decimal) -> int:
    """A percentage of an amount in fen, rounded half up."""
    return int((fen * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
