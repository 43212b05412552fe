"""Reads the code of a pass from a photo: equal to typing it, on phones without a live camera."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from gatepass.gate.codes import LENGTH, typed

MOST_BYTES: Final = 12_000_000
MOST_SIDE: Final = 2400  # pixels: more finds nothing more, and costs a second
MOST_PIXELS: Final = 60_000_000


def code_in(photo: bytes) -> str:
    """The code in the first QR code that looks like one, or nothing."""
    if len(photo) > MOST_BYTES:
        return ""
    try:
        image = Image.open(BytesIO(photo), formats=("JPEG", "PNG", "WEBP"))
        if image.width * image.height > MOST_PIXELS:
            return ""
        image.thumbnail((MOST_SIDE, MOST_SIDE))
        found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    except (UnidentifiedImageError, OSError, ValueError):
        return ""
    return next((code for one in found if len(code := typed(one.text)) == LENGTH), "")
