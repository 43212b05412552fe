"""The columns of a list: what they are called, what they take, how a cell becomes a value. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

from gatepass.journal.declaration import Field
from gatepass.journal.labels import label
from gatepass.money import Money
from gatepass.words import Text, same

Cell = str | int | float | bool | date | datetime | time | None
YES: Final = frozenset(("是", "yes", "y", "true", "1", "√", "✓", "对", "有", "在用"))
NO: Final = frozenset(("否", "no", "n", "false", "0", "×", "不", "无", "没有", "停用"))
_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_UNITS: Final = re.compile(r"[¥￥,\s]|元$|%$")
WRONG: Final = {
    bool: Text("要填“是”或“否”", "must be yes or no"),
    int: Text("要填整数", "must be a whole number"),
    Decimal: Text("要填数字", "must be a number"),
    Money: Text("要填金额，最多两位小数", "must be an amount with at most two decimals"),
    date: Text("要填日期，如 2026-11-24", "must be a date such as 2026-11-24"),
}
ONE_OF: Final = Text("要填其中之一：{choices}", "must be one of: {choices}")
BLANK: Final = Text("没有填", "is missing")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its header in both languages, its type."""

    name: str
    label: Text
    type: Any
    required: bool
    default: Any

    @property
    def header(self) -> str:
        """As templates and exports write it."""
        return f"{self.label.zh} / {self.label.en}"

    @property
    def choices(self) -> Sequence[Text]:
        """What may be written where only certain words are taken; empty for free columns."""
        if self.type is bool:
            return (Text("是", "yes"), Text("否", "no"))
        listed = isinstance(self.type, type) and issubclass(self.type, Enum)
        return tuple(member.text for member in self.type) if listed else ()


def columns_of(fields: Sequence[Field]) -> tuple[Column, ...]:
    return tuple(Column(f.name, f.called.text if f.called else label(f.name), f.type, f.required, f.default) for f in fields)


def tidy(text: str) -> str:
    """A header for comparing: half width, lower case, without spaces, marks and remarks in brackets."""
    bare = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s*_:\-.·/\\]+", "", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", bare))


def matches(header: str, column: Column) -> bool:
    """Whether a header plainly means a column: its Chinese, its English, both, or the field's own name."""
    wanted = {column.label.zh, column.label.en, column.header, column.name}
    return bool(tidy(header)) and tidy(header) in {tidy(one) for one in wanted}


def text_of(cell: Cell) -> str:
    """A cell as text, whole numbers without a point: 13800000000.0 is 13800000000. A guard before = + - @ is taken off."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    text = unicodedata.normalize("NFC", str(cell)).replace("\u00a0", " ").strip()
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def value_of(cell: Cell, column: Column) -> tuple[Any, Text | None]:
    """What a cell means for a column, and what is wrong with it where it means nothing."""
    text = text_of(cell)
    if text == "":
        return (None, BLANK) if column.required else (column.default, None)
    kind = column.type
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _chosen(text, column)
    if kind is str:
        return text, None
    try:
        return READERS[kind](cell, text), None
    except (ValueError, ArithmeticError, InvalidOperation):
        return None, WRONG[kind]


def _chosen(text: str, column: Column) -> tuple[Any, Text | None]:
    wanted = tidy(text)
    for member in column.type:
        if wanted in {tidy(str(member.value)), tidy(member.text.zh), tidy(member.text.en)}:
            return member, None
    return None, ONE_OF.fill(choices=list(column.choices))


def _bool(_: Cell, text: str) -> bool:
    word = tidy(text)
    if word not in YES | NO:
        raise ValueError(text)
    return word in YES


def _int(_: Cell, text: str) -> int:
    value = Decimal(_UNITS.sub("", unicodedata.normalize("NFKC", text)))
    if value != int(value) or abs(value) > 10**12:
        raise ValueError(text)
    return int(value)


def _decimal(cell: Cell, text: str) -> Decimal:
    """Excel's percent cells arrive as fractions and are not multiplied: the column says percent, so 2 means 2%."""
    value = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(_UNITS.sub("", unicodedata.normalize("NFKC", text)))
    if not value.is_finite():
        raise ValueError(text)
    return round(value, 9).normalize() + 0 if isinstance(cell, float) else value


def _money(cell: Cell, text: str) -> Money:
    """Figures of a computed cell carry binary noise: within a thousandth of a fen they are the fen they mean."""
    if isinstance(cell, float):
        exact, fen = Decimal(repr(cell)) * 100, round(Decimal(repr(cell)) * 100)
        if abs(exact - fen) > Decimal("0.001"):
            raise ValueError(text)
        return Money(int(fen))
    return Money.yuan(_UNITS.sub("", unicodedata.normalize("NFKC", text).replace("\u2212", "-")))


def _date(cell: Cell, text: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


READERS: Final = {bool: _bool, int: _int, Decimal: _decimal, Money: _money, date: _date}


def written(value: Any) -> str | int | Decimal | date | None:
    """A value as templates and exports write it, in Chinese where it is a word."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Money):
        return Decimal(value.fen).scaleb(-2)
    text = getattr(value, "text", None)
    if isinstance(value, Enum) and isinstance(text, Text):
        return text.zh
    if isinstance(value, str | int | Decimal | date):
        return value
    return same(str(value)).zh
