"""`gatepass migrate`: bring the database to this version's shape, as its owner, and grant the program's role what it needs."""

from __future__ import annotations

import argparse
import os

from gatepass.site.cli import fail, tell
from gatepass.words import Text, same

SUMMARY = Text("以库主身份升级数据库并给程序授权", "Bring the database up to date as its owner and grant the program its rights")
TELL_BOTH = Text(
    "请把库主的地址放进 GATEPASS_OWNER_URL，程序的地址放进 DATABASE_URL（同一个库，程序的角色名里要有库名）",
    "Set GATEPASS_OWNER_URL to the owner's address and DATABASE_URL to the program's (the same database; the program's role carries its name)",
)
DONE = Text("数据库已就绪，程序以 {role} 连接", "The database is ready; the program connects as {role}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: both addresses come from the environment."""


def run(options: argparse.Namespace) -> int:
    from urllib.parse import urlsplit

    from gatepass.site import database
    from gatepass.site.postgres import ServerError, reach
    from gatepass.site.processes import DataFolderError, data_folder

    try:
        with reach(data_folder()) as place:
            role = urlsplit(place.program).username or ""
            if not place.owner or database.name_of(place.owner) != database.name_of(place.program) or not _named(role, place.program):
                return fail(TELL_BOTH, 2)
            database.prepare(place.owner, place.program)
            if trouble := database.too_strong(place.program):
                return fail(same(trouble), 2)
    except (DataFolderError, ServerError, database.DatabaseError) as error:
        return fail(same(str(error)), 2)
    tell(DONE.fill(role=role))
    return 0


def _named(role: str, url: str) -> bool:
    """A role is of the whole server: where two companies share one, the name says whose it is."""
    from gatepass.site.database import name_of

    return name_of(url) in role or not os.environ.get("DATABASE_URL")
