"""`gatepass export KIND FILE`: give out a list as .xlsx or .csv, in the layout that `import` takes. `--template` writes an empty one."""

from __future__ import annotations

import argparse
from pathlib import Path

from gatepass.roles import SYSTEM
from gatepass.site.cli import _company, fail, tell
from gatepass.site.cli.import_ import KINDS
from gatepass.words import Text, same

SUMMARY = Text("导出成 Excel 或 CSV", "Export to an Excel or CSV file")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("file", type=Path)
    parser.add_argument("--template", action="store_true", help="an empty template with an example")


def run(options: argparse.Namespace) -> int:
    return _company.on_company(lambda: _give(options))


def _give(options: argparse.Namespace) -> int:
    from gatepass.imports import writing
    from gatepass.imports.kinds import KINDS as LISTS

    kind = LISTS[options.kind]
    suffix = options.file.suffix.lower()
    if suffix not in (".xlsx", ".csv") or (options.template and suffix != ".xlsx"):
        return fail(Text("文件名要以 .xlsx 或 .csv 结尾（模板只有 .xlsx）", "The file must end in .xlsx or .csv (templates: .xlsx)"), 2)
    if options.template:
        data = writing.template(kind)
    elif kind.give is None:
        return fail(Text("{title}没有导出", "There is no export of: {title}").fill(title=kind.title), 2)
    else:
        rows = kind.give(SYSTEM)
        data = writing.workbook(kind, rows) if suffix == ".xlsx" else writing.comma_separated(kind, rows)
    try:
        options.file.write_bytes(data)
    except OSError as error:
        return fail(same(str(error)), 2)
    tell(Text("已写入 {file}", "Written: {file}").fill(file=options.file))
    return 0
