"""Phones and addresses in free text, however they are written (C24). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

SEPARATORS: Final = re.compile(r"[\s\-‐-―−·.,，。、:：()（）/_]+")
NUMERALS: Final = str.maketrans("〇零洞一壹幺二贰两三叁四肆五伍六陆七柒拐八捌九玖勾", "0001112223344556677788999")
LETTERS: Final = str.maketrans("oOlI|", "00111")
LIKE_DIGITS: Final = re.compile(r"[\doOlI|]{7,}")
RUN: Final = re.compile(r"\d{7,}")
PHONE: Final = re.compile(r"1[3-9]\d{9}|^0\d{9,11}$")
NAMED: Final = re.compile(r"(批号|批次|条码|单号|lot)$", re.IGNORECASE)
COUNTED: Final = re.compile(r"(件|箱|个|袋|瓶|托|千?克|吨|公斤|kg|g|t)", re.IGNORECASE)
STREET: Final = re.compile(r"(路|街|巷|大道)\s*[\d一二三四五六七八九十百]+\s*号|[\d一二三四五六七八九十]+\s*(号楼|栋|幢|单元|室)")
PART: Final = 6  # so many characters of a stored address in a row give it away


def contact_in(text: str, secrets: Iterable[str]) -> str | None:
    """The phone number or address that a remark holds, or None. secrets: the customer's stored phones and addresses."""
    tight = _tight(text)
    digits = LIKE_DIGITS.sub(lambda found: found.group().translate(LETTERS), tight.translate(NUMERALS))
    for run in RUN.finditer(digits):
        if not _harmless(run.group(), digits[: run.start()], digits[run.end() :]):
            return run.group()
    if street := STREET.search(unicodedata.normalize("NFKC", text)):
        return street.group()
    return next((secret for secret in secrets if _told(_tight(secret), tight, digits)), None)


def _tight(text: str) -> str:
    """Half width, without what nobody sees and without what separates."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return SEPARATORS.sub("", seen)


def _harmless(run: str, before: str, after: str) -> bool:
    """Seven digits and more that are no phone: days, a barcode with its check digit, what is named a lot or a barcode, a quantity."""
    if PHONE.search(run):
        return False
    days = len(run) % 8 == 0 and all(_is_day(run[n : n + 8]) for n in range(0, len(run), 8))
    return days or _is_barcode(run) or bool(NAMED.search(before)) or bool(COUNTED.match(after))


def _is_day(digits: str) -> bool:
    try:
        return 2000 <= date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}").year < 2100
    except ValueError:
        return False


def _is_barcode(digits: str) -> bool:
    """EAN-13; the shorter one is as long as a phone of eight digits."""
    return len(digits) == 13 and sum(int(one) * (1, 3)[n % 2] for n, one in enumerate(digits)) % 10 == 0


def _told(secret: str, text: str, digits: str) -> bool:
    if secret.isdigit():
        return len(secret) >= 5 and secret in digits
    if len(secret) < PART:
        return len(secret) >= 5 and secret in text
    return any(secret[n : n + PART] in text for n in range(len(secret) - PART + 1))
