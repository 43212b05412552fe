"""Every reason in the source says who cures it, which input is to be mended, or why nobody here can."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import gatepass

SOURCE = Path(gatepass.__file__).parent
MAKE = ("Reason", "refusal")
ENOUGH = {"command", "field", "until", "beyond"}
COLLEAGUE = "M1"  # somebody whose position has the power does it in his place
OTHERWISE = {"UNFIT"}  # input that no database keeps; which one, it does not tell


def promising() -> Iterator[tuple[str, ast.Call, str]]:
    """Every reason that tells of a cure: where, the call, the constant that it is kept in."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        kept = {id(node.value): _name(node) for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKE and any(one.arg == "cure" for one in node.keywords):
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node, kept.get(id(node), "")


def _name(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


@pytest.mark.requirement("D18", "M1")
def test_a_reason_that_tells_of_a_cure_offers_it_or_says_why_nobody_can() -> None:
    bare = []
    for where, call, kept in promising():
        named = {one.arg for one in call.keywords}
        clause = next((one.value for one in call.keywords if one.arg == "clause"), None)
        colleague = isinstance(clause, ast.Constant) and clause.value == COLLEAGUE
        if not (named & ENOUGH or None in named or colleague or kept in OTHERWISE):
            bare.append(where)
    assert bare == [], "reasons with words of a cure and nothing to press"
