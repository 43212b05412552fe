"""The terms of the law in force, as pages say them."""

from __future__ import annotations

from datetime import datetime

from gatepass.enforcement import law as law_of
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Owes
from gatepass.words import Text


def term_in_force(sentence: str, at: datetime) -> Text:
    """How long a sentence gives by the parameters in force at a moment. Raises LookupError where it gives none then."""
    law = law_of.current(at)
    day = law.calendar.local(at).date()
    clause = next((one for one in rulebook.every_clause() if one.number == sentence and one.in_force(day)), None)
    if clause is None or not isinstance(clause.says, Owes):
        raise LookupError(f"{sentence} gives no term")
    term = clause.says.within
    if term.number is not None:
        term = term.with_number(law.value(sentence, "within", at))
    text: Text = term.text
    return text
