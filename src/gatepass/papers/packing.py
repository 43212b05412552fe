"""From shapes to JSON, strictly: every value by its declared type, tagged where JSON has no word for it, so that
old papers stay readable.

Money `{"fen": 118800}`, day `{"day": "2026-11-24"}`, moment `{"at": "2026-11-24T05:52:00Z"}`, words `{"zh": "...",
"en": "..."}`, weight `{"kg": "4720"}`, volume `{"m3": "10.08"}`, rate `{"rate": "230"}`, QR `{"qr": "..."}`,
picture `{"png": "base64"}`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from gatepass.papers.shapes import Live, Printing, Sheet
from gatepass.words import Text

MOST_TEXT: Final = 1000  # characters of what people wrote; a clause may be four times as long
MOST_QR: Final = 300
MOST_PNG: Final = 200_000
PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
MOST_WIDE, MOST_HIGH = 2000, 1000


def frozen(sheet: Sheet) -> dict[str, Any]:
    """The sheet as tagged JSON values: what is kept and hashed. Raises TypeError or ValueError naming the field."""
    return _fields(sheet, type(sheet).__name__)


def assembled(sheet: Sheet | dict[str, Any], live: Live | None = None, printing: Printing | None = None) -> dict[str, Any]:
    """What the press takes: a sheet (or one already frozen) with what is live and how it is printed."""
    return {
        "sheet": frozen(sheet) if isinstance(sheet, Sheet) else sheet,
        "live": _fields(live or Live(), "Live"),
        "printing": None if printing is None else _fields(printing, "Printing"),
    }


def canonical(data: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, no escapes but the necessary."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


def _fields(value: Any, where: str) -> dict[str, Any]:
    shape: Any = type(value)
    hints = _hints(shape)
    return {each.name: _packed(getattr(value, each.name), hints[each.name], f"{where}.{each.name}") for each in fields(value)}


def _packed(value: Any, hint: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is Annotated:
        kind, tag = get_args(hint)
        _must(value, kind, where)
        return {tag: TAGS[tag](value, where)}
    if origin in (types.UnionType, Union):
        return None if value is None else _packed(value, next(each for each in get_args(hint) if each is not type(None)), where)
    if origin is tuple:
        _must(value, tuple, where)
        return [_packed(each, get_args(hint)[0], f"{where}[{place}]") for place, each in enumerate(value)]
    _must(value, hint, where)
    if is_dataclass(value) and not isinstance(value, Text):
        return _fields(value, where)
    return _plain(value, where)


def _plain(value: Any, where: str) -> Any:
    match value:
        case Text():
            return {"zh": _text(value.zh, 4 * MOST_TEXT, where), "en": _text(value.en, 4 * MOST_TEXT, where)}
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"{where}: a moment needs its time zone")
            return {"at": value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        case date():
            return {"day": value.isoformat()}
        case str():
            return _text(value, MOST_TEXT, where)
    return value


def _text(value: str, most: int, where: str) -> str:
    if len(value) > most:
        raise ValueError(f"{where}: at most {most} characters")
    return legible(value)


def _must(value: Any, kind: type, where: str) -> None:
    wrong_day = kind is date and isinstance(value, datetime)
    wrong_number = kind is int and isinstance(value, bool)
    if not isinstance(value, kind) or wrong_day or wrong_number:
        raise TypeError(f"{where}: {kind.__name__} expected, not {type(value).__name__}")


def _number(value: Decimal, where: str) -> str:
    if not value.is_finite():
        raise ValueError(f"{where}: not a number")
    return format(value.normalize(), "f")


def _qr(value: str, where: str) -> str:
    if not value or len(value) > MOST_QR:
        raise ValueError(f"{where}: a QR code holds 1 to {MOST_QR} characters")
    return legible(value)


def _png(value: bytes, where: str) -> str:
    wide, high = int.from_bytes(value[16:20], "big"), int.from_bytes(value[20:24], "big")
    if not value.startswith(PNG_HEAD) or len(value) > MOST_PNG or not (0 < wide <= MOST_WIDE and 0 < high <= MOST_HIGH):
        raise ValueError(f"{where}: a PNG of at most {MOST_PNG} bytes and {MOST_WIDE} by {MOST_HIGH} dots expected")
    return base64.b64encode(value).decode()


TAGS: Final[dict[str, Any]] = {
    "fen": lambda value, _where: value,
    "kg": _number,
    "m3": _number,
    "rate": _number,
    "qr": _qr,
    "png": _png,
}


def legible(text: str) -> str:
    """Text as paper and database can hold it: no control or direction-changing characters, no half surrogates; line
    ends as \\n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or not _unprintable(ord(c)))


def _unprintable(code: int) -> bool:
    return (
        code < 0x20
        or 0x7F <= code <= 0x9F
        or 0xD800 <= code <= 0xDFFF
        or code in (0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    )
