"""`gatepass rulebook`: the book as text, or as a PDF in either language."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from gatepass.site.cli import _company, fail, language, tell
from gatepass.words import Text, same

SUMMARY = Text("打印制度（文字或 PDF）", "Print the rulebook (text or PDF)")


def arguments(parser: argparse.ArgumentParser) -> None:
    on = Text("按哪一天有效的条文", "as it stands on this day").said(language())
    parser.add_argument("--pdf", type=Path, metavar="FILE")
    parser.add_argument("--language", choices=("zh", "en"), default=language())
    parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help=on)


def run(options: argparse.Namespace) -> int:
    return _company.on_company(lambda: _print(options))


def _print(options: argparse.Namespace) -> int:
    from gatepass.enforcement.printing import rulebook_lines, rulebook_pdf
    from gatepass.journal import clock
    from gatepass.papers.press import PressFailed
    from gatepass.roles import SYSTEM
    from gatepass.workcalendar.queries import current

    on = options.on or current().local(clock.now()).date()
    if options.pdf is None:
        print("\n".join(rulebook_lines(SYSTEM, on=on, language=options.language)))
        return 0
    try:
        options.pdf.write_bytes(rulebook_pdf(SYSTEM, on=on, language=options.language))
    except (PressFailed, OSError) as error:
        return fail(same(str(error)))
    tell(Text("已写到 {file}", "Written to {file}").fill(file=options.pdf))
    return 0
