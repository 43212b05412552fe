"""`gatepass backup FILE`: the whole company in one file, also while the program runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from gatepass.site.cli import fail, tell
from gatepass.words import Text, same

SUMMARY = Text("备份到一个文件", "Back up into one file")

PUBLIC = Text(
    "备份由此公钥验证，恢复时要用，请另外抄存：\n  {key}",
    "Backups are verified with this public key; a restore asks for it, so keep it elsewhere:\n  {key}",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    from gatepass.site import backups, signing
    from gatepass.site.postgres import ServerError, reach
    from gatepass.site.processes import DataFolderError, data_folder, secret

    data, target = data_folder(), options.file.resolve()
    if target.exists():
        return fail(Text("{file} 已存在", "{file} is already there").fill(file=target))
    try:
        with reach(data, make=False) as place:
            backups.write(place.program, data, target, key=secret(data))
    except (backups.BackupError, ServerError, DataFolderError, OSError) as error:
        return fail(same(str(error)))
    size = f"{target.stat().st_size / 1e6:.1f}"
    tell(Text("已备份：{file}（{size} MB）", "Backed up: {file} ({size} MB)").fill(file=target, size=size))
    tell(Text("其中有密钥和客户资料，请妥善保管。", "It holds the secret and customers' data: keep it safe."))
    tell(PUBLIC.fill(key=signing.public(data)))
    return 0
