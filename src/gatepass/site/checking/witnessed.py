"""The heads of the chain that were published outside the program's reach: each must be the link of its position."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from gatepass.site.checking import sql
from gatepass.site.checking.finding import Books, Finding
from gatepass.words import Text

OTHER = Text(
    "{at} 公布的链首（第 {position} 环）与现在的链不符：之前的流水被重写过",
    "The head published at {at} (link {position}) is not in the chain: what was before it was written anew",
)

NOT_THERE = Text(
    "纸上的链首（第 {position} 环）与现在的链不符：之前的流水被重写过",
    "The head on paper (link {position}) is not in the chain: what was before it was written anew",
)


def heads(books: Books) -> Iterator[Finding]:
    """What was told from paper; and every line of the heads in GATEPASS_WITNESS, where that is a folder: position, hash, moment."""
    for place, digits in books.told:
        there = books.some(sql.SEAL_AT, position=place)
        if not any(row["hash"].startswith(digits) for row in there):
            yield Finding("witness", NOT_THERE.fill(position=place), (str(place),))
    file = Path(os.environ.get("GATEPASS_WITNESS") or "/nowhere") / "heads"
    if not file.is_file():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            position, _, rest = line.strip().partition(" ")
            published, _, at = rest.partition(" ")
            there = books.some(sql.SEAL_AT, position=int(position)) if position.isdigit() else []
            if [row["hash"] for row in there] != [published]:
                yield Finding("witness", OTHER.fill(position=position, at=at), (position,))
