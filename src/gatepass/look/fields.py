"""Typed fields of a form, as data. Whoever knows a command's declaration makes these; `look/form.html` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from gatepass.look.moments import here
from gatepass.money import Money, figure
from gatepass.words import Text

Kind = Literal[
    "text", "longtext", "integer", "decimal", "money", "date", "datetime", "boolean", "choice", "reference",
    "lines", "file", "hidden", "signature", "password", "given",
]  # fmt: skip
_TYPES: Final = {"date": "date", "datetime": "datetime-local", "file": "file", "password": "password"}
_INPUT_MODES: Final = {"integer": "numeric", "decimal": "decimal", "money": "decimal"}
_OWN_TEMPLATES: Final = ("longtext", "boolean", "choice", "reference", "lines", "signature", "hidden")
RADIOS_AT_MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One input.

    `value` is what stands in it: posted text, or a date, datetime, bool, Money or fen; for `lines` a list of mappings
    (column name to value; `_doubt` and `_hint` a Text beside the row, `_errors` a list of Text). A `reference` asks
    `source` (`?q=`, answering a JSON list of {value, label, hint}, with the value of the input `beside` of the same form) and
    shows `shown` for its value. A `given` cell
    is only shown (`figures`: right aligned).
    """

    name: str
    label: Text
    kind: Kind = "text"
    required: bool = False
    help: Text | None = None
    value: Any = None
    errors: Sequence[Text] = ()
    choices: Sequence[Choice] = ()
    source: str = ""
    shown: str = ""
    beside: str = ""
    columns: Sequence[Field] = ()
    placeholder: Text | None = None
    accept: str = ""
    figures: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def template(self) -> str:
        return f"look/inputs/{self.kind if self.kind in _OWN_TEMPLATES else 'text'}.html"

    @property
    def type(self) -> str:
        return _TYPES.get(self.kind, "text")

    @property
    def input_mode(self) -> str:
        return _INPUT_MODES.get(self.kind, "")

    @property
    def numeric(self) -> bool:
        return self.figures or self.kind in _INPUT_MODES

    @property
    def wide(self) -> bool:
        return self.kind in ("longtext", "lines", "signature", "file")

    @property
    def radios(self) -> bool:
        return self.kind == "choice" and self.required and len(self.choices) <= RADIOS_AT_MOST

    @property
    def grouped(self) -> bool:
        """Whether several inputs share the label, so that it is a legend."""
        return self.radios or self.kind in ("lines", "signature")

    @property
    def described_by(self) -> str:
        """The ids of help and errors, for aria-describedby."""
        return " ".join([f"{self.id}-help"] * bool(self.help) + [f"{self.id}-errors"] * bool(self.errors))

    @property
    def written(self) -> str:
        """The value as the input wants it."""
        value = here(self.value) if isinstance(self.value, date) else self.value
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%dT%H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Money):
            return str(value).replace(",", "").replace("−", "-")
        if self.kind == "money" and isinstance(value, int):
            return figure(value).replace(",", "").replace("−", "-")
        return str(getattr(value, "value", value))

    @property
    def ticked(self) -> bool:
        return self.value in (True, "true", "on", "1", "yes")

    @property
    def rows(self) -> list[Row]:
        """The rows of a grid, with one empty row at the end."""
        given = [*(self.value or []), {}]
        return [self._row(str(number), values) for number, values in enumerate(given)]

    @property
    def blank(self) -> Row:
        """The row that a script copies: its number is `__n__`."""
        return self._row("__n__", {})

    def _row(self, number: str, values: Mapping[str, Any]) -> Row:
        cells = tuple(
            replace(
                column,
                name=f"{self.name}-{number}-{column.name}",
                value=values.get(column.name, column.value),
                shown=str(values.get(f"{column.name}__shown", column.shown)),
            )
            for column in self.columns
        )
        return Row(number, cells, values.get("_doubt"), values.get("_hint"), tuple(values.get("_errors", ())))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid. `doubt` is the word beside a doubtful row, `hint` any other remark."""

    number: str
    cells: tuple[Field, ...]
    doubt: Text | None = None
    hint: Text | None = None
    errors: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one command.

    `key` is its idempotency key; `draft` names what is half-typed in this browser ("": not kept).
    """

    action: str
    submit: Text
    fields: Sequence[Field]
    key: str = ""
    id: str = "form"
    draft: str = ""
    errors: Sequence[Text] = ()
    help: Text | None = None
    back: str = ""

    @property
    def with_files(self) -> bool:
        return any(field.kind == "file" for field in self.fields)

    @property
    def faulty(self) -> bool:
        return bool(self.errors) or any(
            field.errors or (field.kind == "lines" and any(row.errors for row in field.rows)) for field in self.fields
        )


def posted_lines(data: Mapping[str, Any], name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a grid from a POST (`name-0-product` ...), in order; only wholly empty rows are left out."""
    numbers = {key.split("-")[1] for key in data if key.startswith(f"{name}-") and key.count("-") >= 2}
    ordered = sorted((number for number in numbers if number.isdigit()), key=int)
    rows = [
        {column: str(data.get(f"{name}-{number}-{column}", "")).strip() for column in columns} for number in ordered
    ]
    return [row for row in rows if any(row.values())]
