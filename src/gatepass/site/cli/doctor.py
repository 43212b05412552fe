"""`gatepass doctor`: looks over machine, data folder and database, and says what to do. Status 1: trouble."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable

from gatepass.site import health
from gatepass.site.cli import _company, tell
from gatepass.site.postgres.cluster import home_of
from gatepass.site.processes import data_folder
from gatepass.words import Text, same

SUMMARY = Text("检查机器、数据目录和数据库", "Look over machine, data folder and database")


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything is looked at."""


def run(options: argparse.Namespace) -> int:
    bad = _print(health.machine(data_folder()))
    if os.environ.get("DATABASE_URL") or home_of(data_folder()).exists():
        bad += _company.on_company(_database)
    else:
        tell(Text("! 还没有数据库", "! There is no database yet"))
    return 1 if bad else 0


def _database() -> int:
    from gatepass.site.company_health import company

    return _print(company())


def _print(findings: Iterable[health.Finding]) -> int:
    """Print the findings; gives how many are wrong."""
    bad = 0
    for finding in findings:
        bad += finding.mark is health.Mark.WRONG
        tell(same(f"{finding.mark.value} ") + finding.text)
    return bad
