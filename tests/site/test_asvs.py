"""docs/asvs.csv: each row of the verification standard that is met names a test, and that test exists."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_row_that_is_met_names_a_test_that_exists() -> None:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 15 and len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"V\d+\.\d+\.\d+", row["id"]) and row["level"] in "123" and row["how"]
        path, _, name = row["test"].partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, row["test"]
