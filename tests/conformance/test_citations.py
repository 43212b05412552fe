"""Whatever the program cites stands in the book: a chip never leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gatepass
from gatepass.regulations import rulebook

ROOT = Path(gatepass.__file__).parent
CITED = re.compile(r'\{% clause "([A-Z]\d+)"|clause="([A-Z]\d+)"|"clause": "([A-Z]\d+)"')
SOURCES = [p for p in ROOT.rglob("*") if p.suffix in (".py", ".html") and "specimen" not in str(p)]


@pytest.mark.requirement("D18")
def test_every_clause_that_is_cited_stands_in_the_book() -> None:
    known = {article.number for article in rulebook.every_article()}
    missing = {
        (number, path.name)
        for path in SOURCES
        for groups in CITED.findall(path.read_text("utf-8"))
        for number in filter(None, groups)
        if number not in known
    }
    assert not missing
