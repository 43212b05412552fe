"""The form of a new order: what was posted, how its grid is drawn, and what of it goes to the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from gatepass.look.fields import Choice, Field
from gatepass.money import plain
from gatepass.orders.inputs import Channel
from gatepass.orders.proposals import ProposedLine, Wish
from gatepass.rules.reasons import Reason
from gatepass.words import Text

COLUMNS: Final = ("product", "product__shown", "cartons", "remark")
FEWEST_ROWS: Final = 10
PRODUCT: Final = Text("品名", "product")
CARTONS: Final = Text("件", "cartons")
REMARK: Final = Text("备注", "remark")


@dataclass(frozen=True, slots=True)
class Typed:
    """A row of the grid as it was posted; `number` is its place in the names of the inputs."""

    number: str
    product: str = ""
    product__shown: str = ""
    cartons: str = ""
    remark: str = ""

    @property
    def wish(self) -> Wish:
        cartons = plain(self.cartons)
        return uid_of(self.product), int(cartons) if cartons.isascii() and cartons.isdigit() and len(cartons) < 8 else None

    def doubt(self, line: ProposedLine) -> Text | None:
        """What must be looked at before it is saved: nothing chosen for what was typed, no number, or what the line itself says."""
        if self.product__shown and not self.product:
            return Text("请选货品", "choose a product")
        if self.cartons and not self.wish[1]:
            return Text("件数应为整数", "whole cartons only")
        return line.hint if line.short else None

    def given(self) -> dict[str, Any]:
        """As the command reads it: what is empty is left out, so that it is named as missing."""
        found = {"product": self.product, "cartons": self.cartons, "remark": self.remark}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid to draw: its inputs, what is worked out beside them, and what is wrong with it."""

    number: str
    product: Field
    cartons: Field
    remark: Field
    line: ProposedLine
    errors: tuple[Text, ...] = ()
    doubt: Text | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A posted order, or the empty form."""

    customer: str = ""
    customer_shown: str = ""
    address: str = ""
    wanted_on: str = ""
    channel: str = Channel.PHONE.value
    note: str = ""
    rows: tuple[Typed, ...] = ()
    reasons: tuple[Reason, ...] = field(default_factory=tuple)

    def errors(self, name: str) -> tuple[Text, ...]:
        return tuple(r.seen(sums=True) for r in self.reasons if r.field == name)

    @property
    def loose(self) -> tuple[Reason, ...]:
        """What is wrong and stands beside no input."""
        beside = {"customer", "address", "wanted_on", "channel", "note"}
        return tuple(r for r in self.reasons if r.field not in beside and not self._row_of(r))

    def _row_of(self, reason: Reason) -> bool:
        parts = reason.field.split(".")
        return parts[0] == "lines" and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(self.rows)

    def given(self) -> dict[str, Any]:
        """Input of `take_order`."""
        loose = {
            "customer": self.customer,
            "address": self.address,
            "wanted_on": self.wanted_on,
            "channel": self.channel,
            "note": self.note,
        }
        return {name: value for name, value in loose.items() if value} | {"lines": [row.given() for row in self.rows]}

    def fields(self) -> dict[str, Field]:
        """The inputs around the grid, by name."""
        channels = tuple(Choice(c.value, c.text) for c in Channel if c is not Channel.LINK)
        made = (
            Field(
                "customer",
                Text("客户", "customer"),
                "reference",
                required=True,
                value=self.customer,
                shown=self.customer_shown,
                source="/pick/customer",
                placeholder=Text("名称或首字母，如 ywy", "name or initials, such as ywy"),
            ),
            Field("wanted_on", Text("希望发货日", "wanted on"), "date", value=self.wanted_on),
            Field("channel", Text("来源", "came by"), "choice", value=self.channel, choices=channels, required=False),
            Field(
                "note", Text("备注", "note"), value=self.note, placeholder=Text("记入计划本：承运、约定日、包装", "goes into the plan book")
            ),
        )

        return {one.name: replace(one, errors=self.errors(one.name)) for one in made}

    def grid(self, lines: Sequence[ProposedLine]) -> list[GridRow]:
        """The posted rows, then empty ones: ten at the beginning, one more than was typed later."""
        drawn = [_row(typed, line, self._errors(n)) for n, (typed, line) in enumerate(zip(self.rows, lines, strict=True))]
        taken = {int(row.number) for row in self.rows}
        start = max(taken, default=-1) + 1
        empty = max(1, FEWEST_ROWS - len(drawn))
        return drawn + [_row(Typed(str(start + n)), ProposedLine(), ()) for n in range(empty)]

    def _errors(self, row: int) -> tuple[Text, ...]:
        return tuple(r.seen(sums=True) for r in self.reasons if r.field == f"lines.{row}" or r.field.startswith(f"lines.{row}."))


def blank_row() -> GridRow:
    """The row that the script copies."""
    return _row(Typed("__n__"), ProposedLine(), ())


def _row(typed: Typed, line: ProposedLine, errors: tuple[Text, ...]) -> GridRow:
    name = f"lines-{typed.number}"
    return GridRow(
        typed.number,
        Field(
            f"{name}-product", PRODUCT, "reference", value=typed.product, shown=typed.product__shown, source="/orders/new/products",
            beside="customer",
        ),
        Field(f"{name}-cartons", CARTONS, "integer", value=typed.cartons),
        Field(f"{name}-remark", REMARK, value=typed.remark),
        line,
        errors,
        typed.doubt(line),
    )


def posted(data: Mapping[str, Any]) -> Entry:
    """What a browser posted; wholly empty rows are left out."""
    rows = (
        Typed(number, **{column: str(data.get(f"lines-{number}-{column}", "")).strip() for column in COLUMNS}) for number in numbers(data)
    )
    text: dict[str, Any] = {name: str(data.get(name, "")).strip() for name in ("customer", "address", "wanted_on", "channel", "note")}
    return Entry(
        **text,
        customer_shown=str(data.get("customer__shown", "")).strip(),
        rows=tuple(row for row in rows if row.product or row.product__shown or row.cartons or row.remark),
    )


def numbers(data: Mapping[str, Any]) -> list[str]:
    """The rows of the grid that a browser has, filled or not."""
    found = {parts[1] for key in data if (parts := key.split("-"))[0] == "lines" and len(parts) == 3 and parts[1].isdigit()}
    return sorted(found, key=int)[:500]


def uid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
