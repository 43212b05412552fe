"""The code of a gate pass and plates as people write them."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize
from uuid import UUID

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L: read aloud, typed in the dark
LENGTH: Final = 10
READ: Final = 3
MARKS: Final = "挂学警港澳"
SPACES: Final = re.compile(r"[\s·・•.\-—_]+")


def code_of(uid: UUID) -> str:
    """Ten letters from the random part of an id: about 49 bits, which nobody guesses at a gate."""
    rest, letters = uid.int & (1 << 62) - 1, ""
    for _ in range(LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters


def typed(text: str) -> str:
    """A code as it was typed or scanned: without spaces and dashes, in capitals."""
    return SPACES.sub("", normalize("NFKC", text)).upper()


def spaced(code: str) -> str:
    """How a code is printed and read aloud: ABCDE-FGHJK."""
    return f"{code[:5]}-{code[5:]}"


def same_plate(one: str, other: str) -> bool:
    """川A·8F213, 川A 8F213 and 川a8f213 are one vehicle."""
    return typed(one) == typed(other)


def ending(plate: str) -> str:
    """The last three letters or digits of a plate: what a guard reads off it. 挂 学 警 港 澳 at its end are not read."""
    return typed(plate).rstrip(MARKS)[-READ:]


def plate_seen(seen: str, known: str) -> str:
    """The plate as it is known where it is the same vehicle or its last three letters or digits, else as it was seen."""
    return known if same_plate(seen, known) or typed(seen).rstrip(MARKS) == ending(known) else seen.strip().upper()
