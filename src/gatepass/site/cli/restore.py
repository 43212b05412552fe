"""`gatepass restore FILE`: put a backup back, after checking it in a fresh database."""

from __future__ import annotations

import argparse
from pathlib import Path

from gatepass.site.cli import fail, tell
from gatepass.words import Text, same

SUMMARY = Text("从备份恢复（先在新库里核对）", "Restore a backup (checked in a fresh database first)")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true")


def run(options: argparse.Namespace) -> int:
    from gatepass.site import restores
    from gatepass.site.backups import BackupError
    from gatepass.site.database import DatabaseError
    from gatepass.site.postgres import ServerError
    from gatepass.site.processes import DataFolderError, data_folder

    try:
        kept = restores.restore(options.file.resolve(), data_folder(), replace=options.replace)
    except (BackupError, DatabaseError, ServerError, DataFolderError) as error:
        return fail(same(str(error)))
    tell(Text("已恢复并核对无误", "Restored, and the check found nothing"))
    if kept:
        tell(Text("原来的保留在 {kept}", "What was here before is kept as {kept}").fill(kept=kept))
    return 0
