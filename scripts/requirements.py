"""Print the ids that tests name with `@pytest.mark.requirement(...)`, each with its tests.

usage: python scripts/requirements.py [ID ...]     with ids: only those; status 1 when one of them has fewer than two tests
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"


def ids(node: ast.AST) -> Iterator[str]:
    """Ids in the calls `...mark.requirement("D4", ...)` below this node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "requirement":
            yield from (a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def named(file: Path) -> Iterator[tuple[str, str]]:
    """Each id with a test that names it, in one file; a module's `pytestmark` and a class's decorators hold for all within."""
    tree = ast.parse(file.read_text("utf-8"))
    whole = [i for node in tree.body if isinstance(node, ast.Assign) and _assigns_marks(node) for i in ids(node)]
    yield from _tests(tree, file.relative_to(TESTS.parent).as_posix(), whole)


def _assigns_marks(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _tests(holder: ast.Module | ast.ClassDef, where: str, inherited: list[str]) -> Iterator[tuple[str, str]]:
    for node in holder.body:
        if isinstance(node, ast.ClassDef):
            marked = [i for decorator in node.decorator_list for i in ids(decorator)]
            yield from _tests(node, f"{where}::{node.name}", inherited + marked)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            marked = [i for decorator in node.decorator_list for i in ids(decorator)]
            for one in dict.fromkeys(inherited + marked):
                yield one, f"{where}::{node.name}"


def order(requirement: str) -> tuple[str, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+).*", requirement)
    return (found[1], int(found[2])) if found else (requirement, 0)


def main() -> int:
    tests: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        for requirement, test in named(file):
            tests[requirement].append(test)
    asked = sys.argv[1:] or sorted(tests, key=order)
    for requirement in asked:
        print(f"{requirement}  ({len(tests[requirement])})")
        for test in tests[requirement]:
            print(f"    {test}")
    return int(bool(sys.argv[1:]) and any(len(tests[one]) < 2 for one in asked))


if __name__ == "__main__":
    raise SystemExit(main())
