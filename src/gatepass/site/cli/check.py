"""`gatepass check`: recompute everything from the journal and the rows. Status 1 when something does not agree."""

from __future__ import annotations

import argparse
import json

from gatepass.site.cli import fail, tell
from gatepass.words import Text, same

SUMMARY = Text("从流水重算账、库存、时限和链，核对一遍", "Recompute ledger, stock, clocks and chain, and compare")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    from gatepass.site import database
    from gatepass.site.checking.everything import check
    from gatepass.site.postgres import ServerError, reach
    from gatepass.site.processes import DataFolderError, data_folder

    try:
        with reach(data_folder(), make=False) as place:
            found = list(check(place.program))
    except (DataFolderError, ServerError, database.DatabaseError) as error:
        return fail(same(str(error)), 2)
    if options.json:
        print(json.dumps([finding.plain() for finding in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            tell(same(f"{finding.where}: ") + finding.what + same(f"  [{' '.join(finding.ids)}]" if finding.ids else ""))
        count = Text("{n} 处不符", "{n} things do not agree").fill(n=len(found))
        tell(count if found else Text("全部相符", "Everything agrees"))
    return 1 if found else 0
