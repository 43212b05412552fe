"""The chain of hashes over the journal: SHA-256 of the previous hash, the entry's stored text, what it is about
and the proofs of the rows that its act wrote, in the order of entries.

Tampering by the owner of the database is found up to the last head that was published (printed or mailed); no more is promised.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from gatepass.journal import sql

GENESIS: Final = "0" * 64
SAID: Final = 32  # digits of a head that paper and page show: nobody finds another chain that begins alike


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the chain: whoever has it on paper can tell later whether anything before it was written anew."""

    position: int
    hash: str

    @property
    def said(self) -> str:
        """Position and digits in fours, to be printed and read out; `gatepass check --head` takes it."""
        digits = self.hash[:SAID]
        return " ".join([str(self.position), *(digits[n : n + 4] for n in range(0, SAID, 4))])


def head() -> Head | None:
    """None while nothing was chained."""
    with connection.cursor() as cursor:
        cursor.execute(sql.CHAIN_HEAD)
        row = cursor.fetchone()
    return Head(*row) if row else None


def link(previous: str, text: str, about: str, proofs: str) -> str:
    """The hash of one link: over the one before, the entry, what it is about and the proofs of the rows that its act wrote."""
    return hashlib.sha256("\n".join((previous, text, about, proofs)).encode()).hexdigest()


def chain(most: int = 2000) -> int:
    """Seal what was committed since the last time; returns how many entries. One at a time, by an advisory lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.CHAIN_LOCK)
        cursor.execute(sql.CHAIN_HEAD)
        position, head = cursor.fetchone() or (0, GENESIS)
        cursor.execute(sql.CHAIN_NEXT, [most])
        rows = []
        for entry, text, about, proofs in cursor.fetchall():
            position, head = position + 1, link(head, text, about, proofs)
            rows.append({"position": position, "entry": entry, "hash": head})
        if rows:
            cursor.execute(sql.CHAIN_PUT, [json.dumps(rows)])
    return len(rows)
