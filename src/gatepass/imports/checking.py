"""Looking at a whole file before anything is written: every problem by row and column, all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gatepass.imports.columns import Cell, Column, matches, text_of, tidy, value_of
from gatepass.imports.kinds import Kind
from gatepass.imports.models import Layout
from gatepass.imports.reading import Table
from gatepass.roles import SYSTEM, Sight
from gatepass.rules.reasons import Reason
from gatepass.words import Text

NOTHING: Final = Text("表头下面没有数据", "There are no rows below the headers")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: the row of the file (0: the whole file), the column's letter and name, what stands there."""

    row: int
    letter: str
    column: Text
    stands: str
    what: Text
    clause: str = ""


@dataclass(frozen=True)
class Checked:
    """A file that was looked at: its rows as the command takes them (also the faulty ones' good neighbours), and every problem."""

    lines: tuple[Any, ...]
    problems: tuple[Problem, ...]
    shown: tuple[tuple[int, tuple[str, ...]], ...]
    columns: tuple[Column, ...]


def fingerprint(headers: Sequence[str]) -> str:
    """The same for every file with these headers in this order."""
    return hashlib.sha256("\n".join(map(tidy, headers)).encode()).hexdigest()


def guess(kind: Kind, headers: Sequence[str]) -> list[str]:
    """For each header the field that it plainly means, "" for none; no field twice."""
    found: list[str] = []
    for header in headers:
        name = next((c.name for c in kind.columns if matches(header, c) and c.name not in found), "")
        found.append(name)
    return found


def mapping_of(kind: Kind, headers: Sequence[str]) -> tuple[list[str], bool]:
    """Fields by column, and whether that is settled: remembered for this layout, or every header plainly means one."""
    kept = Layout.objects.filter(kind=kind.name, fingerprint=fingerprint(headers)).first()
    if kept is not None and len(kept.columns) == len(headers):
        return list(kept.columns), True
    found = guess(kind, headers)
    needed = {c.name for c in kind.columns if c.required}
    unknown = any(header and not name for header, name in zip(headers, found, strict=True))
    return found, needed <= set(found) and not unknown


def check(kind: Kind, table: Table, names: Sequence[str], sight: Sight = SYSTEM) -> Checked:
    """Read every cell, then let the module look at all rows that could be read, for who brings them."""
    columns = {c.name: c for c in kind.columns}
    places = {name: n for n, name in enumerate(names) if name in columns}
    problems: list[Problem] = []
    lines: dict[int, Any] = {}
    faulty: dict[int, Any] = {}
    told: dict[int, set[str]] = {}
    rows = [(number, cells) for number, cells in table.rows if not _example(kind, cells, places)]
    for n, (number, cells) in enumerate(rows):
        values, wrong = _line(columns, places, cells)
        problems += [_problem(number, places.get(name), columns.get(name), cells, Reason(what=what)) for name, what in wrong]
        told[n] = {name for name, _ in wrong}
        if not wrong:
            lines[n] = kind.line(**values)
        elif kind.by_whom:
            faulty[n] = kind.line(**values | {name: _stand_in(columns[name]) for name in told[n]})
    for n, reason in kind.wrong(dict(sorted((lines | faulty).items())), sight):
        if reason.field in told[n]:
            continue  # its cell was found wrong already; what stands in for it says nothing
        number, cells = rows[n]
        problems.append(_problem(number, places.get(reason.field), columns.get(reason.field), cells, reason))
    if not rows:
        problems.append(Problem(0, "", Text("", ""), "", NOTHING))
    shown = tuple((number, tuple(text_of(_at(cells, places.get(c.name))) for c in kind.columns)) for number, cells in rows[:8])
    ordered = sorted(problems, key=lambda p: (p.row, len(p.letter), p.letter))
    return Checked(tuple(lines[n] for n in sorted(lines)), tuple(ordered), shown, kind.columns)


def _line(columns: Mapping[str, Column], places: Mapping[str, int], cells: Sequence[Cell]) -> tuple[dict[str, Any], list[tuple[str, Text]]]:
    values: dict[str, Any] = {}
    wrong: list[tuple[str, Text]] = []
    for name, column in columns.items():
        values[name], problem = value_of(_at(cells, places.get(name)), column)
        if problem is not None:
            wrong.append((name, problem))
    return values, wrong


def _stand_in(column: Column) -> Any:
    """What a faulty cell counts as while the rest of its row is looked at."""
    return "" if column.type is str else 1 if column.type is int else column.default


def _problem(number: int, place: int | None, column: Column | None, cells: Sequence[Cell], reason: Reason) -> Problem:
    called = column.label if column else Text("", "")
    stands = text_of(_at(cells, place))[:60]
    return Problem(number, letter(place) if place is not None else "", called, stands, reason.what, reason.clause)


def letter(place: int) -> str:
    """The name of a column as spreadsheets have it: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _at(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


def _example(kind: Kind, cells: Sequence[Cell], places: Mapping[str, int]) -> bool:
    """Whether this is the template's example, left in its place untouched."""
    there = tuple(text_of(_at(cells, places.get(c.name))) for c in kind.columns)
    return there == kind.example
