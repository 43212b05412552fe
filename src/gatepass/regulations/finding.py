"""Clauses whose breach no clock finds: a superior does, and names a sum within their range."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from gatepass.rules.clauses import Clause, Law, Pays
from gatepass.rules.happenings import BreachFound
from gatepass.rules.parameters import Parameter, Unit
from gatepass.words import Text

LEAST, MOST = Decimal(20), Decimal(100)


def found_by_a_superior(number: str, *, zh: str, en: str, since: date, what: Text, least: Decimal = LEAST, most: Decimal = MOST) -> Clause:
    """A sentence that fines the person found answerable between {least} and {most} yuan."""
    return Clause(
        number=number, zh=zh, en=en, since=since,
        parameters=(
            Parameter("least", Text("最低", "at least"), least, Unit.YUAN, Decimal(0), Decimal(100000)),
            Parameter("most", Text("最高", "at most"), most, Unit.YUAN, Decimal(0), Decimal(100000)),
        ),
        says=Pays(upon=(BreachFound,), who=answerable, per="finding", fen=named, what=what, when=lambda event: event.clause_number == number),
    )  # fmt: skip


def answerable(event: object) -> tuple[str, UUID] | None:
    return ("person", event.person) if isinstance(event, BreachFound) else None


def named(event: BreachFound, law: Law) -> int:
    """The sum that the finder named; the command holds it within the range."""
    return event.fen
