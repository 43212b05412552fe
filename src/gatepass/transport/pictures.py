"""Signatures and photos as they come from a browser: base64, with or without the head of a data URL. Only PNG and JPEG are kept, made anew
from their pixels in the jail: what a camera wrote beside them stays behind.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Final

from gatepass.papers import jail
from gatepass.rules.reasons import Reason, refusal

BROKEN: Final = refusal("照片没有读出来，请重拍", "The picture could not be read", field="image")
KINDS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def picture(given: str, most: int) -> tuple[bytes, Reason | None]:
    """The bytes, or why they are not taken; nothing for nothing. `most`: bytes at most."""
    text = given.partition(",")[2] if given.startswith("data:") else given
    if not text:
        return b"", None
    if len(text) > most * 4 // 3 + 8:
        return b"", refusal("照片太大，请拍小一点", "The picture is too large", field="image")
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b"", BROKEN
    if media_type(data) is None:
        return b"", refusal("只收 PNG 或 JPEG 图片", "Only PNG and JPEG pictures", field="image")
    try:
        return jail.picture(data), None
    except jail.Unreadable as error:
        return b"", refusal("照片太大，请拍小一点", "The picture is too large", field="image") if str(error) == "large" else BROKEN


def media_type(data: bytes) -> str | None:
    return next((kind for head, kind in KINDS.items() if data.startswith(head)), None)
