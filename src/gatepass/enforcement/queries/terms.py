"""The terms of the law in force, as pages say them."""

from __future__ import annotations

from datetime import datetime

from gatepass.enforcement import law as law_of
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Owes
from gatepass.rules.judging import term_of
from gatepass.words import Text


def term_in_force(sentence: str, at: datetime) -> Text:
    """How long a sentence gives by the parameters in force at a moment. Raises LookupError where it gives none then."""
    law = law_of.current(at)
    clause = next((one for one in rulebook.versions(sentence) if law.in_force(one, at)), None)
    if clause is None or not isinstance(clause.says, Owes):
        raise LookupError(f"{sentence} gives no term")
    return term_of(clause, clause.says, law, at).text
