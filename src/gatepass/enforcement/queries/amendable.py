"""What of an article's sentences may be amended, as it stands on a day, with the form for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from gatepass.enforcement.items import Item
from gatepass.enforcement.law import CompanyLaw
from gatepass.enforcement.queries.book import law_on
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Clause, Owes
from gatepass.words import Text, same

LASTING: Final = Text("数据库一并守着，停不了", "kept by the database as well: not put out of force")
NONE: Final = Text("（没有）", "(none)")
Row = tuple[Text, Text, Text | None, str]


class Address(Protocol):
    """Where the form of a command is, filled in."""

    def __call__(self, command: str, **fixed: object) -> str: ...


@dataclass(frozen=True, slots=True)
class AmendableSentence:
    """rows: what, as it stands, between what it may be, the address of the form."""

    number: str
    state: Text
    text: Text
    rows: tuple[Row, ...]


def amendable(article: str, *, on: date, form: Address) -> tuple[AmendableSentence, ...]:
    """Every sentence of an article by its newest version."""
    rules, at = law_on(on)
    newest = {one.number: rules.newest(one) for one in rulebook.article(article).clauses}
    return tuple(
        AmendableSentence(one.number, _state(rules, one, at), one.sentence(rules, at), tuple(_rows(rules, one, at, form)))
        for one in newest.values()
    )


def _state(rules: CompanyLaw, clause: Clause, at: datetime) -> Text:
    return Text("现行", "in force") if rules.in_force(clause, at) else Text("不施行", "not in force")


def _rows(rules: CompanyLaw, clause: Clause, at: datetime, form: Address) -> Iterator[Row]:
    number = clause.number
    for one in clause.all_parameters():
        value = one.said(rules.value(number, one.name, at))
        yield one.text, value, one.bounds, form("change_parameter", clause=number, name=one.name)
    if isinstance(clause.says, Owes):
        holder, superior = rules.holder(clause, at), rules.superior(clause, at)
        if holder is not None:
            yield Item.HOLDER.text, holder.text, None, form("set_holder", clause=number)
        yield Item.SUPERIOR.text, superior.text if superior else NONE, None, form("set_superior", clause=number)
    holds = rules.in_force(clause, at)
    if clause.lasting:
        yield Item.FORCE.text, _state(rules, clause, at), LASTING, ""
    else:
        yield Item.FORCE.text, _state(rules, clause, at), None, form("put_out_of_force" if holds else "put_in_force", clause=number)
    if not holds and isinstance(clause.says, Owes):
        yield Text("停用前开的待办", "Duties from before"), Text("照旧，可免办", "stay; may be released"), None, form("release_duties", clause=number)
    for item in (Item.NOTE, Item.INTERPRETATION):
        words = rules.words(number, item, at)
        yield item.text, same(words) if words else NONE, None, form("interpret_clause", clause=number, reading=item.value)
