"""How values look on paper: the one place where figures, dates and weights get their form, in each language.

Every tagged value of `packing` becomes text, or a small dictionary of its forms from which a template takes one.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import segno
from django.conf import settings

from gatepass.money import figure
from gatepass.papers.capitals import capitals
from gatepass.papers.packing import legible
from gatepass.words import Language

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LONG_RUN: Final = re.compile(r"[!-~]{16,}")
BREAK: Final = "\u200b"


def faced(data: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The same data with every tagged value in its printed forms."""
    return {name: _face(value, language) for name, value in data.items()}


def _face(value: Any, language: Language) -> Any:
    match value:
        case {"zh": str(), "en": str()}:
            return written(value[language])
        case dict() if len(value) == 1 and (tag := next(iter(value))) in FACES:
            return FACES[tag](value[tag], language)
        case dict():
            return faced(value, language)
        case list() | tuple():
            return [_face(each, language) for each in value]
        case str():
            return written(value)
    return value


def written(text: str) -> str:
    """Legible text in which runs without a space may break anywhere, so that nothing leaves its cell."""
    return LONG_RUN.sub(lambda run: BREAK.join(run[0]), legible(text))


def money(fen: int, _language: Language) -> dict[str, Any]:
    return {"figure": figure(fen), "capitals": capitals(fen), "negative": fen < 0, "zero": fen == 0}


def day(iso: str, language: Language) -> dict[str, str]:
    return _day(date.fromisoformat(iso), language)


def _day(found: date, language: Language) -> dict[str, str]:
    named = (
        f"{found.year} 年 {found.month} 月 {found.day} 日" if language == "zh" else f"{found.day} {MONTHS[found.month - 1]} {found.year}"
    )
    weekday = "一二三四五六日"[found.weekday()] if language == "zh" else ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[found.weekday()]
    return {
        "long": named,
        "iso": found.isoformat(),
        "short": f"{found:%m-%d}",
        "weekday": f"周{weekday}" if language == "zh" else weekday,
    }


def moment(iso: str, language: Language) -> dict[str, str]:
    """A moment on the company's clock."""
    found = datetime.fromisoformat(iso).astimezone(ZoneInfo(settings.TIME_ZONE))
    return {
        "long": f"{_day(found.date(), language)['long']} {found:%H:%M}",
        "day": _day(found.date(), language)["long"],
        "full": f"{found:%Y-%m-%d %H:%M}",
        "short": f"{found:%m-%d %H:%M}",
        "until": _until(found),
    }


def _until(found: datetime) -> str:
    """A deadline at midnight belongs to the day that it ends: 24:00, not 00:00 of the next."""
    if found.hour or found.minute:
        return f"{found:%Y-%m-%d %H:%M}"
    return f"{found - timedelta(days=1):%Y-%m-%d} 24:00"


def weight(kilograms: str, language: Language) -> str:
    """From a ton on in tons, below in kilograms: 4720 -> 4.72 吨."""
    value = Decimal(kilograms)
    if abs(value) >= 1000:
        return f"{trimmed(value / 1000, 3)} {'吨' if language == 'zh' else 't'}"
    return f"{trimmed(value, 3)} {'公斤' if language == 'zh' else 'kg'}"


def volume(cubic_metres: str, language: Language) -> str:
    return f"{trimmed(Decimal(cubic_metres), 3)} {'立方米' if language == 'zh' else 'm³'}"


def rate(yuan: str, _language: Language) -> str:
    """At least two decimals, at most six: 230 -> 230.00, 0.125 -> 0.125."""
    value = Decimal(yuan)
    decimals = min(6, max(2, -int(value.normalize().as_tuple().exponent)))
    return f"{value:,.{decimals}f}".replace("-", "\u2212")


def trimmed(value: Decimal, most: int) -> str:
    text = f"{value:,.{most}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scan(text: str, _language: Language) -> dict[str, str]:
    """A QR code as SVG, drawn by segno; the text itself goes in as modules, never as markup."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return {"svg": drawn.getvalue().decode(), "text": written(text)}


def picture(encoded: str, _language: Language) -> dict[str, str]:
    """A checked PNG, wrapped so that typst can read it from text: base64 has no character that SVG would read as
    markup."""
    base64.b64decode(encoded, validate=True)
    image = f'<image width="300" height="100" href="data:image/png;base64,{encoded}"/>'
    return {"svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">{image}</svg>'}


FACES: Final[dict[str, Callable[[Any, Language], Any]]] = {
    "fen": money,
    "day": day,
    "at": moment,
    "kg": weight,
    "m3": volume,
    "rate": rate,
    "qr": scan,
    "png": picture,
}
