"""What a form about the rulebook stands on: the sentence, the number with its bounds, what is announced, what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from gatepass.enforcement.queries import book
from gatepass.enforcement.queries.amendments import amendment, amendments, announcement
from gatepass.enforcement.queries.articles import open_under
from gatepass.enforcement.queries.choices import said_today
from gatepass.enforcement.queries.effect import effect_said
from gatepass.enforcement.queries.parameters import present_value
from gatepass.journal import clock
from gatepass.roles import Sight
from gatepass.site.asking.fact import Fact
from gatepass.words import Text


def sentence(sight: Sight, given: Mapping[str, Any]) -> list[Fact]:
    """The sentence that a form of the book is about, with its numbers as they stand today."""
    clause = str(given.get("clause", ""))
    said = said_today(sight, clause)
    where = f"/rulebook/{clause.split('.', maxsplit=1)[0]}/"
    return [Fact(Text("条款", "Clause"), clause, where), Fact(Text("现行条文", "As it stands"), said)] if said else []


def number(sight: Sight, given: Mapping[str, Any]) -> list[Fact]:
    """What a number is, between what it may be, what is announced for it, and what another one would have made of last month."""
    clause, name = str(given.get("clause", "")), str(given.get("name", ""))
    found = present_value(clause, name, clock.now())
    if found is None:
        return []
    coming = [row for row in amendments(sight, clause.split(".", maxsplit=1)[0], shows="announced") if (row.clause, row.name) == (clause, name)]
    return [
        Fact(Text("现行值", "Present value"), found[0]),
        Fact(Text("范围", "Bounds"), found[1]),
        *(Fact(Text("已宣布", "Announced"), announcement(row)) for row in coming),
        Fact(Text("已开的时限", "Clocks that run"), Text("不受影响：按开始时的数走完", "not affected: they keep the numbers they began with")),
        *(Fact(word, value) for word, value in effect_said(sight, clause, name, str(given.get("value", "")), at=clock.now())),
    ]


def amended(sight: Sight, uid: UUID) -> list[Fact]:
    row = amendment(sight, uid)
    return [Fact(Text("已宣布的修订", "Announced amendment"), announcement(row)), Fact(Text("原因", "Reason"), row.reason)]


def proposed(sight: Sight, uid: UUID) -> list[Fact]:
    row = book.proposal(sight, uid)
    return [
        Fact(Text("条", "Article"), row.article, f"/rulebook/{row.article}/"),
        Fact(Text("建议", "Proposal"), row.text),
        Fact(Text("谁提的", "Proposed by"), row.by),
    ]


def released(sight: Sight, given: Mapping[str, Any]) -> list[Fact]:
    """How much is still open under a sentence that the head would release from."""
    still = open_under(sight, str(given.get("clause", "")), at=clock.now())
    return [Fact(Text("未办的事", "Still open"), Text("{n} 件", "{n}").fill(n=still))] if given.get("clause") else []


OF_THE_BOOK: Final = {"change_parameter": number, "release_duties": released}
