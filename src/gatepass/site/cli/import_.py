"""`gatepass import KIND FILE`: bring in a list; everything is looked at first, and where anything is wrong nothing is imported."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from gatepass.roles import SYSTEM
from gatepass.site.cli import _company, fail, tell
from gatepass.words import Text, same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gatepass.imports.checking import Problem
    from gatepass.imports.kinds import Kind

SUMMARY = Text("导入 Excel 或 CSV", "Import an Excel or CSV file")
KINDS = ("people", "carriers", "vehicles", "rates", "customers", "addresses", "products", "prices", "promotions", "balances", "stock",
         "orders")
IN_ALREADY = Text("这个文件 {since} 已经导入过", "This file was brought in already: {since}")
ONE_BY_ONE = Text(
    "超过 2000 张订单：逐张导入，共 {n} 张，已有 {done} 张；中断后再运行一次即接着导",
    "More than 2,000 orders: taken one by one, {n} in all, {done} are in; when interrupted, run it again and it goes on",
)
WHERE = Text("第 {row} 行 {letter} {column}「{stands}」：{what}", "row {row} {letter} {column} “{stands}”: {what}")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="username", default="", help="sign-in name of who imports; the system where none is given")
    parser.add_argument("--check", action="store_true", help="look only, import nothing")


def run(options: argparse.Namespace) -> int:
    return _company.on_company(lambda: _bring(options))


def _bring(options: argparse.Namespace) -> int:
    from gatepass.imports.checking import check, mapping_of
    from gatepass.imports.kinds import KINDS as LISTS
    from gatepass.imports.reading import Unreadable, read
    from gatepass.journal.who import sight_of

    kind = LISTS[options.kind]
    if kind.by_whom and not options.username:
        return fail(Text("请用 --as 写明由谁导入", "Say who brings it: --as NAME"), 2)
    try:
        data = options.file.read_bytes()
        table = read(options.file.name, data)
    except (Unreadable, OSError) as error:
        return fail(error.said if isinstance(error, Unreadable) else same(str(error)), 2)
    names, settled = mapping_of(kind, table.headers)
    if not settled:
        return fail(_unmatched(table.headers, names), 2)
    checked = check(kind, table, names, sight_of(_who(options.username)))
    for problem in checked.problems:
        fail(_said(problem))
    if checked.problems:
        return fail(Text("有 {n} 处问题，一行也没有导入", "{n} problems: nothing was imported").fill(n=len(checked.problems)))
    if not options.check and not _run(kind, checked.lines, data, options.username):
        return 1
    done = Text("检查过 {n} 行，都对", "{n} rows looked at, all right") if options.check else Text("导入 {n} 行", "{n} rows imported")
    tell(done.fill(n=len(checked.lines)))
    return 0


def _run(kind: Kind, lines: Sequence[Any], data: bytes, username: str) -> bool:
    """Bring it in; False where a file like this is in already. What was begun and not finished goes on."""
    from gatepass.imports import bringing
    from gatepass.rules.reasons import KeyReused

    already, since = bringing.brought(kind, data)
    parts = len(bringing.parts_of(kind, lines))
    if since is not None and already >= parts:
        fail(IN_ALREADY.fill(since=since.isoformat(" ", "minutes")))
        return False
    if parts > 1:
        tell(ONE_BY_ONE.fill(n=parts, done=already))
    try:
        bringing.bring(kind, lines, by=_who(username), key=bringing.key_of(kind, data) if kind.parts else None)
    except KeyReused:
        fail(IN_ALREADY.fill(since=since.isoformat(" ", "minutes") if since else "—"))
        return False
    return True


def _who(username: str) -> UUID:
    from gatepass.people.models import Person

    return Person.objects.get(username=username).uid if username else SYSTEM.person


def _unmatched(headers: tuple[str, ...], names: list[str]) -> Text:
    unknown = "、".join(header for header, name in zip(headers, names, strict=True) if not name) or "—"
    said = Text(
        "有的列认不出，或缺必填的列（认不出：{unknown}）。请用模板的表头，或在网页上指明一次各列",
        "Some columns are not known, or needed ones are missing (unknown: {unknown}). Use the template's headers, or match them "
        "once on the web",
    )
    return said.fill(unknown=unknown)


def _said(problem: Problem) -> Text:
    return WHERE.fill(
        row=problem.row, letter=problem.letter, column=problem.column, stands=problem.stands, what=problem.what
    )
