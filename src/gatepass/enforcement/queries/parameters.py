"""The numbers and times of an article's sentences: in force, within which bounds, set by whom, and what is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gatepass.enforcement.items import Item
from gatepass.enforcement.queries.amendments import AmendmentRow, amendments
from gatepass.enforcement.queries.book import law_on
from gatepass.regulations import rulebook
from gatepass.roles import Position, Sight
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter of a sentence with its value on a day and who set it when; `coming`: changes already announced."""

    clause: str
    name: str
    label: Text
    value: Text
    number: Decimal
    bounds: Text
    set_by: Position
    since: date
    by: str
    reason: str
    coming: tuple[AmendmentRow, ...]


def parameters(sight: Sight, number: str, *, on: date) -> tuple[ParameterRow, ...]:
    """The parameters of an article's sentences as they stand on a day. Of a sentence that is out of force too: it may come again."""
    rules, at = law_on(on)
    rows = [row for row in amendments(sight, number) if row.item is Item.PARAMETER and row.state != "withdrawn"]
    found = []
    for clause in rulebook.article(number).clauses:
        if not rules.in_force(clause, at) and clause is not rules.newest(clause):
            continue
        for one in clause.all_parameters():
            own = [row for row in rows if (row.clause, row.name) == (clause.number, one.name)]
            last = next((row for row in own if row.since <= at and (row.until is None or at < row.until)), None)
            value = rules.value(clause.number, one.name, at)
            found.append(
                ParameterRow(
                    clause.number, one.name, one.text, one.said(value), value, one.bounds, one.set_by,
                    rules.calendar.local(last.since).date() if last else rules.since(clause), last.by if last else "",
                    last.reason if last else "", tuple(row for row in reversed(own) if row.since > at),
                )
            )  # fmt: skip
    return tuple(found)


def present_value(clause: str, name: str, at: datetime) -> tuple[Text, Text] | None:
    """The value in force at a moment and the bounds, as people say them; None for what the book does not have."""
    rules, versions = law_on(at.date())[0], rulebook.versions(clause)
    one = next((found for version in reversed(versions) if (found := version.parameter(name))), None)
    return (one.said(rules.value(clause, name, at)), one.bounds) if one else None
