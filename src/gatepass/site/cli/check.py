"""`gatepass check`: recompute everything from the journal and the rows. Status 1 when something does not agree."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from gatepass.site.cli import fail, language, tell
from gatepass.words import Text, same

if TYPE_CHECKING:
    from gatepass.site.checking.finding import Finding

SUMMARY = Text("从流水重算账、库存、时限和链，核对一遍", "Recompute ledger, stock, clocks and chain, and compare")

UNREAD = Text("链首没看懂：位置、空格、至少八位十六进制数字", "The head cannot be read: its position, a space, eight hexadecimal digits or more")


def arguments(parser: argparse.ArgumentParser) -> None:
    lines = Text("每处一行 JSON", "a line of JSON for each finding")
    parser.add_argument("--json", action="store_true", help=lines.said(language()))
    told = Text("纸上的链首，可多次给出", "a head of the chain as it stands on paper; may be given several times")
    parser.add_argument("--head", action="append", default=[], metavar='"1234 abcd ..."', help=told.said(language()))


def run(options: argparse.Namespace) -> int:
    from gatepass.site import database
    from gatepass.site.checking.everything import check
    from gatepass.site.postgres import ServerError, reach
    from gatepass.site.processes import DataFolderError, data_folder

    told = [_head(text) for text in options.head]
    if None in told:
        return fail(UNREAD, 2)
    count = 0
    try:
        with reach(data_folder(), make=False) as place:
            for finding in check(place.program, [head for head in told if head]):
                count += 1
                _show(finding, as_json=options.json)
    except (DataFolderError, ServerError, database.DatabaseError) as error:
        return fail(same(str(error)), 2)
    if not options.json:
        tell(Text("{n} 处不符", "{n} things do not agree").fill(n=count) if count else Text("全部相符", "Everything agrees"))
    return 1 if count else 0


def _show(finding: Finding, *, as_json: bool) -> None:
    """At once: nothing is kept of what was found."""
    if as_json:
        print(json.dumps(finding.plain(), ensure_ascii=False), flush=True)
    else:
        tell(same(f"{finding.where}: ") + finding.what + same(f"  [{' '.join(finding.ids)}]" if finding.ids else ""))


def _head(text: str) -> tuple[int, str] | None:
    """Position and digits, as paper shows them in fours; None where they cannot be read, or are fewer than eight."""
    place, _, digits = text.strip().partition(" ")
    digits = digits.replace(" ", "").lower()
    good = place.isdecimal() and len(digits) >= 8 and set(digits) <= set("0123456789abcdef")
    return (int(place), digits) if good else None
