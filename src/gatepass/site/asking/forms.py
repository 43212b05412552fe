"""A declaration as a form: from types to inputs, from posted text to JSON-like input."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict

from gatepass.identity import new_id
from gatepass.journal.declaration import Field as Declared
from gatepass.journal.door import Command
from gatepass.journal.labels import label
from gatepass.look.choosing import choices_of
from gatepass.look.fields import Choice, Field, Form, Kind, posted_lines
from gatepass.money import Money
from gatepass.roles import Sight
from gatepass.rules.reasons import Reason
from gatepass.site.pickers import PICKERS, shown
from gatepass.words import Text, same

SHOWN: Final = "__shown"
KINDS: Final[tuple[tuple[type, Kind], ...]] = (
    (bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (Money, "money"), (datetime, "datetime"), (date, "date"),
)  # fmt: skip


def form_for(
    command: Command, sight: Sight, given: Mapping[str, Any], *, reasons: Sequence[Reason] = (), key: str = "", back: str = "",
    typed: Mapping[str, Any] = MappingProxyType({}),
) -> Form:  # fmt: skip
    """The web form of a command, filled with what is given; reasons that name a field stand beside it. A reference that is given is
    fixed, unless it was chosen in this form. typed: what a browser posted, for what stood in a reference without being chosen."""
    chosen = {name.removesuffix(SHOWN) for name in typed if name.endswith(SHOWN)}
    fields = [_typed(_field(one, sight, given, reasons, chosen), one, typed) for one in command.declaration.fields]
    names = {one.name for one in fields}
    loose = [r.seen(sums=True) for r in reasons if r.field.split(".", maxsplit=1)[0] not in names]
    return Form(
        action=f"/do/{command.name}/", submit=command.title, fields=tuple(fields), key=key or str(new_id()), draft=_draft(command, given),
        errors=tuple(loose), back=back,
    )  # fmt: skip


def _typed(made: Field, one: Declared, typed: Mapping[str, Any]) -> Field:
    """The same field with the words that were typed into a reference and led to no choice."""
    if made.kind == "lines" and typed:
        rows = posted_lines(typed, one.name, _columns(one))
        words = [{name: text for name, text in row.items() if name.endswith(SHOWN)} for row in rows]
        return replace(made, value=[known | row for known, row in zip(words, made.value, strict=False)])
    return replace(made, shown=str(typed.get(f"{one.name}{SHOWN}", ""))) if made.kind == "reference" and not made.value else made


def _columns(one: Declared) -> list[str]:
    """The inputs of a row: each column, and beside a reference what is typed to find it."""
    return [name for column in one.columns for name in ((column.name, f"{column.name}{SHOWN}") if column.of else (column.name,))]


def _draft(command: Command, given: Mapping[str, Any]) -> str:
    """What a half-typed form is kept under: one of another customer, order or person is another form."""
    about = (str(given[one.name]) for one in command.declaration.fields if one.of and not one.columns and given.get(one.name))
    return " ".join((command.name, *about))


def _field(one: Declared, sight: Sight, given: Mapping[str, Any], reasons: Sequence[Reason], chosen: Collection[str]) -> Field:
    value = given.get(one.name, one.default)
    if one.among:
        return _among(one, sight, given, reasons, chosen)
    errors = tuple(r.seen(sums=True) for r in reasons if r.field == one.name)
    made = bare(one, fixed=one.of is not None and bool(given.get(one.name)) and one.name not in chosen)
    if one.columns:
        rows = value if isinstance(value, list) else []
        return replace(made, value=_rows(rows, one.name, reasons), errors=errors)
    if one.of is not None:
        value = " ".join(str(part) for part in value) if isinstance(value, list) else value
        return replace(made, value=str(value or ""), shown=shown(sight, one.of, value) if value else "", errors=errors)
    return replace(made, value=value, errors=errors)


def _among(one: Declared, sight: Sight, given: Mapping[str, Any], reasons: Sequence[Reason], chosen: Collection[str]) -> Field:
    """A text to be chosen; fixed where the address named one of the list."""
    listed, value = choices_of(one.among, sight, given), str(given.get(one.name, one.default) or "")
    fixed = one.name not in chosen and any(choice.value == value for choice in listed)
    errors = tuple(r.seen(sums=True) for r in reasons if r.field == one.name)
    called = one.called.text if one.called else label(one.name)
    return Field(
        one.name, called, "hidden" if fixed and not errors else "choice", required=one.required, value=value, choices=listed, errors=errors
    )


def _rows(rows: Sequence[Mapping[str, Any]], name: str, reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [
        dict(row) | {"_errors": [r.seen(sums=True) for r in reasons if r.field.startswith(f"{name}.{n}")]} for n, row in enumerate(rows)
    ]


def bare(one: Declared, *, fixed: bool = False) -> Field:
    """An input without a value, from the type of a declared field."""
    called = one.called.text if one.called else label(one.name)
    if one.columns:
        return Field(one.name, called, "lines", required=one.required, columns=tuple(bare(column) for column in one.columns))
    if one.of is not None:
        unseen = one.called is not None and one.called.hidden
        kind: Kind = "hidden" if fixed or unseen or one.of not in PICKERS else "reference"
        return Field(one.name, called, kind, required=one.required, source=f"/pick/{one.of}")
    if isinstance(one.type, type) and issubclass(one.type, Enum):
        choices = tuple(Choice(str(member.value), getattr(member, "text", same(str(member.value)))) for member in one.type)
        return Field(one.name, called, "choice", required=one.required, choices=choices)
    kind = next((kind for known, kind in KINDS if one.type is known), "text")
    if one.called and one.called.long:
        kind = "longtext"
    elif one.called and one.called.hidden:
        kind = "hidden"
    elif one.called and one.called.secret:
        kind = "password"
    return Field(one.name, called, kind, required=one.required)


def posted(command: Command, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser posted, as the declaration reads it: empty inputs are left out, so that defaults and 'missing' hold."""
    found: dict[str, Any] = {}
    for one in command.declaration.fields:
        if one.columns:
            rows = posted_lines(data, one.name, _columns(one))
            lines = [{name: text for name, text in row.items() if text and not name.endswith(SHOWN)} for row in rows]
            if lines or one.required:
                found[one.name] = lines
        elif one.type is bool:
            found[one.name] = data.get(one.name) in ("on", "true", "1", "yes")
        elif one.type is UUID and one.many:
            several = data.getlist(one.name) if isinstance(data, QueryDict) else [str(data.get(one.name, ""))]
            listed = " ".join(several).replace(",", " ").split()
            if listed:
                found[one.name] = listed
        elif str(data.get(one.name, "")).strip():
            found[one.name] = str(data[one.name]).strip()
    return found


TITLE: Final = Text("办理：{title}", "{title}")
