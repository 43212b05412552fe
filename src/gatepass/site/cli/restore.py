"""`gatepass restore FILE`: put a backup back, after checking it in a fresh database."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from gatepass.site.cli import fail, language, tell
from gatepass.site.cli.backup import PUBLIC
from gatepass.words import Text, same

WORDS = Text("我信任这个文件", "I trust this file")
ASKED = Text("备份的公钥（建立公司时显示过，64 位十六进制）：", "Public key of the backup (shown at founding, 64 hexadecimal digits): ")
NEEDED = Text(
    '要备份的公钥：--key 公钥。没有公钥、仍要恢复的：--trust-unsigned "{words}"',
    'The public key of the backup is needed: --key KEY. Without one, to restore it all the same: --trust-unsigned "{words}"',
)
SUMMARY = Text("从备份恢复（先在新库里核对）", "Restore a backup (checked in a fresh database first)")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true")
    parser.add_argument("--key", default=os.environ.get("GATEPASS_BACKUP_KEY", ""), help=ASKED.said(language()))
    parser.add_argument("--trust-unsigned", metavar="WORDS", default="", help=f'"{WORDS.said(language())}"')


def run(options: argparse.Namespace) -> int:
    from gatepass.site import restores, signing
    from gatepass.site.backups import BackupError
    from gatepass.site.database import DatabaseError
    from gatepass.site.postgres import ServerError
    from gatepass.site.processes import DataFolderError, data_folder

    try:
        key = _key(options)
        if key is None:
            return fail(NEEDED.fill(words=WORDS), 2)
        kept = restores.restore(options.file.resolve(), data_folder(), replace=options.replace, key=key)
    except (BackupError, DatabaseError, ServerError, DataFolderError) as error:
        return fail(same(str(error)))
    tell(Text("已恢复并核对无误", "Restored, and the check found nothing"))
    tell(PUBLIC.fill(key=signing.public(data_folder())))
    if kept:
        tell(Text("原来的保留在 {kept}", "What was here before is kept as {kept}").fill(kept=kept))
    return 0


def _key(options: argparse.Namespace) -> str | None:
    """The key that must have signed it: given, this folder's own, or asked for; "" where it is trusted in words; None where nobody says."""
    from gatepass.site import signing
    from gatepass.site.processes import data_folder

    if options.trust_unsigned:
        return "" if options.trust_unsigned.strip() in (WORDS.zh, WORDS.en) else None
    if options.key:
        return signing.typed(options.key) or None
    if own := signing.known(data_folder()):
        return own
    return signing.typed(input(ASKED.said(language()))) or None if sys.stdin.isatty() else None
