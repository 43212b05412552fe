"""The journal: each entry's text says what its columns say, and the chain of hashes over the texts is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from gatepass.site.checking import sql
from gatepass.site.checking.finding import Books, Finding, Row
from gatepass.words import Text

CHANGED = Text("流水第 {entry} 笔的原文与各栏不一致：{fields}", "Entry {entry}: its text and its columns differ: {fields}")
BROKEN = Text(
    "链在第 {position} 环断开：流水第 {entry} 笔或它留下的凭据被改过，或之前少了一笔",
    "The chain breaks at link {position}: entry {entry} or the proofs of its act were altered, or one before it is gone",
)
GONE = Text("链上第 {position} 环的流水第 {entry} 笔不在了", "Entry {entry} of link {position} is gone")
GAP = Text("链缺第 {position} 环", "Link {position} of the chain is missing")
UNSEALED = Text("流水第 {entry} 笔不在链上，也不在待链之列", "Entry {entry} is neither in the chain nor waiting for it")


def journal(books: Books) -> Iterator[Finding]:
    """Every entry against its own text."""
    for row in books.rows(sql.ENTRIES):
        said = json.loads(row["text"])
        wrong = [name for name, value in _columns(row).items() if said.get(name) != value]
        if wrong:
            yield Finding("journal", CHANGED.fill(entry=row["id"], fields=", ".join(wrong)), (str(row["uid"]),))


def _columns(row: Row) -> dict[str, object]:
    return {
        "uid": str(row["uid"]), "act": str(row["act"]), "at": row["at"].isoformat(), "command": row["command"], "event": row["event"],
        "by": str(row["by"]), "for": str(row["acting_for"]) if row["acting_for"] else None, "payload": row["payload"],
    }  # fmt: skip


def linked(head: str, row: Row) -> str:
    """The hash of a link over the one before: the entry, what it is about, the proofs of what its act wrote."""
    return hashlib.sha256("\n".join((head, row["text"], row["about"], row["proofs"])).encode()).hexdigest()


def chain(books: Books) -> Iterator[Finding]:
    """Every link over the one before it; the first that does not hold is named, what follows cannot be judged."""
    head = "0" * 64
    for position, row in enumerate(books.rows(sql.SEALS), start=1):
        if row["position"] != position:
            yield Finding("chain", GAP.fill(position=position))
            return
        if row["text"] is None:
            yield Finding("chain", GONE.fill(position=position, entry=row["entry"]))
            return
        head = linked(head, row)
        if head != row["hash"]:
            yield Finding("chain", BROKEN.fill(position=position, entry=row["entry"]), (str(row["uid"]),))
            return
    for row in books.rows(sql.OUTSIDE_THE_CHAIN):
        yield Finding("chain", UNSEALED.fill(entry=row["id"]), (str(row["uid"]),))
