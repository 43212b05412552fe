"""The house is kept tidy: nothing too long, no catch-all modules, no SQL put together from pieces, nothing of one machine."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gatepass"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
STILL_WIDE = 720
LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE, WIDEST_TEMPLATE = 40, 350, 80, 160
CATCH_ALLS = {"utils", "util", "core", "common", "helpers", "helper", "extras", "misc"}
STATEMENT = re.compile(r"^\s*(select|insert|update|delete|with|create|alter|drop|do \$\$|grant|revoke)\b\s", re.IGNORECASE)
# Spelled backwards, so that this very file does not hold them.
BACKWARDS = ("gro.ipyp", "sjmpn.yrtsiger", "detsohnohtyp.selif", "/emoh/", "/toor/", "/krow/")
FOREIGN = re.compile("|".join(re.escape(word[::-1]) for word in BACKWARDS))
READ = (".py", ".html", ".css", ".js", ".toml", ".md", ".sh", ".txt", ".lock", ".typ", ".yml", ".json")


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_functions_are_short():
    long = {
        f"{short(path)}:{node.lineno} {node.name}": length
        for path in MODULES
        for node in functions(tree_of(path))
        if not _is_data(node)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION + len(_signature(node))
    }
    assert long == {}


def test_modules_are_short():
    assert _longer(MODULES, LONGEST_MODULE) == {}


def _longer(paths: Iterable[Path], most: int) -> dict[str, int]:
    return {short(path): lines for path in paths if (lines := len(path.read_text("utf-8").splitlines())) > most}


def _is_data(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function that only gives back a literal is a table, as long as what it lists."""
    only = node.body[-1]
    return len(node.body) == 1 and isinstance(only, ast.Return) and isinstance(only.value, ast.List | ast.Dict | ast.Tuple | ast.Call)


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> range:
    """The lines of the declaration beyond its first: a command's typed inputs stand one a line."""
    return range(node.lineno, node.body[0].lineno - 1)


def test_templates_are_short():
    assert _longer(TEMPLATES, LONGEST_TEMPLATE) == {}


def test_no_further_line_of_a_template_is_wide():
    """Wide ones are left in lists and record pages that the generic ones will replace: they may only become fewer."""
    wide = Counter(short(path) for path in TEMPLATES for line in path.read_text("utf-8").splitlines() if len(line) > WIDEST_TEMPLATE)
    assert wide.total() <= STILL_WIDE, wide


def test_no_module_is_a_catch_all():
    assert [short(path) for path in MODULES if CATCH_ALLS & {path.stem, path.parent.name}] == []


def _holds_sql(path: Path) -> bool:
    return path.stem == "sql" or path.stem.startswith("sql_")


def test_sql_is_never_put_together_from_pieces():
    found = [
        f"{short(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if _glued(node) and not (_holds_sql(path) and _of_constants(node, tree_of(path)))
    ]
    assert found == []


def test_sql_stands_in_files_named_sql():
    stray = []
    for path in MODULES:
        if not _holds_sql(path):
            docs = {id(one) for one in _docstrings(tree_of(path))}
            constants = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant) and id(node) not in docs)
            stray += [f"{short(path)}:{node.lineno}" for node in constants if _is_sql(node.value)]
    assert stray == []


def _is_sql(value: object) -> bool:
    return isinstance(value, str) and len(value) > 20 and bool(STATEMENT.match(value)) and _has_clause(value)


def _has_clause(text: str) -> bool:
    return bool(re.search(r"\b(from|into|set|table|role|function|values|as \()\b", text, re.IGNORECASE))


def _glued(node: ast.AST) -> bool:
    """An f-string, % or + with a statement in it."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and _is_sql(part.value) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return any(isinstance(side, ast.Constant) and _is_sql(side.value) for side in (node.left, node.right))
    return False


def _of_constants(node: ast.AST, tree: ast.Module) -> bool:
    """An f-string whose parts are all constants of its own file: constant text still, said once."""
    named = {one.target.id for one in tree.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)}
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    filled = [part.value for part in parts if isinstance(part, ast.FormattedValue)]
    return bool(parts) and all(isinstance(one, ast.Name) and one.id in named for one in filled)


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def test_nothing_names_a_registry_or_a_place_on_one_machine():
    skipped = {".git", ".venv", "node_modules", "data", "__pycache__"}
    files = [p for p in ROOT.rglob("*") if p.suffix in READ and p.is_file() and not skipped & set(p.relative_to(ROOT).parts)]
    named = {short(p): found.group() for p in files if (found := FOREIGN.search(p.read_text("utf-8", errors="replace")))}
    assert named == {}


def test_business_logic_uses_no_signals_and_no_saved_over_methods():
    found = []
    for path in MODULES:
        tree = tree_of(path)
        found += [f"{short(path)} {node.name}" for node in functions(tree) if node.name == "save" and _in_model(tree, node)]
        imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        found += [short(path) for name in imported if name == "django.db.models.signals"]
    assert found == []


def _in_model(tree: ast.Module, function: ast.AST) -> bool:
    return any(isinstance(node, ast.ClassDef) and function in node.body for node in ast.walk(tree))


def test_migrations_import_no_live_code_of_ours():
    live = []
    for path in sorted(SOURCE.rglob("migrations/*.py")):
        for name in _imported(ast.parse(path.read_text("utf-8"))):
            if name.startswith("gatepass.") and not name.endswith((".identity", ".sql")):
                live.append(f"{short(path)}: {name}")
    assert live == []


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_only_one_place_says_where_a_browser_may_be_sent_back_to():
    found = [short(path) for path in MODULES if re.search(r"[\"']referer[\"']|url_has_allowed_host", path.read_text("utf-8"), re.IGNORECASE)]
    assert found == ["src/gatepass/look/ours.py"]
