"""The program's own source, read as syntax: what each event, mark and name occurs in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gatepass"
TESTS = ROOT / "tests"


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the program with its syntax."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts}


def module_of(path: Path) -> str:
    """The room a file belongs to: the folder below gatepass, or the file itself."""
    return path.relative_to(SOURCE).parts[0]


@cache
def emitted() -> frozenset[str]:
    """The names of event classes that are made in modules which decide: `FineConfirmed(...)` beside `case.decide(`.

    A class made anywhere in a room that decides counts, for steps may build events that its commands decide on.
    """
    deciding = {module_of(path) for path, tree in trees().items() if any(_decides(node) for node in ast.walk(tree))}
    return frozenset(
        name
        for path, tree in trees().items()
        if module_of(path) in deciding and module_of(path) not in ("rules", "regulations")
        for name in _called(tree)
    )


def _decides(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "decide"


def _called(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr


@cache
def commands_named() -> dict[str, str]:
    """Every `command="..."` that a Reason in the source names, with the file that names it."""
    return {
        keyword.value.value: str(path.relative_to(ROOT))
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason"
        for keyword in node.keywords
        if keyword.arg == "command" and isinstance(keyword.value, ast.Constant) and keyword.value.value
    }


@cache
def requirements_with_tests() -> dict[str, int]:
    """How many tests name each requirement by its marker."""
    import runpy

    script = runpy.run_path(str(ROOT / "scripts" / "requirements.py"))
    found: dict[str, int] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        for requirement, _ in script["named"](file):
            found[requirement] = found.get(requirement, 0) + 1
    return found
