"""Detailed rules of departments under an article; everybody inside may read the book, and these with it (D18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gatepass.enforcement.models import DetailedRule
from gatepass.people.models import Person
from gatepass.roles import Sight


@dataclass(frozen=True, slots=True)
class RuleRow:
    """ended: when and why it holds no more; None while it does."""

    uid: UUID
    department: str
    text: str
    since: date
    by: str
    ended: tuple[datetime, str] | None


def detailed(sight: Sight, article: str) -> tuple[RuleRow, ...]:
    """Those in force first, by day; then what was ended. Two statements."""
    rows = list(DetailedRule.objects.filter(article=article).select_related("ended").order_by("since", "id")[:100])
    names = dict(Person.objects.filter(uid__in=[row.by for row in rows]).values_list("uid", "name"))
    ends = {row.pk: getattr(row, "ended", None) for row in rows}
    found = [
        RuleRow(row.uid, row.department, row.text, row.since, names.get(row.by, ""), (end.at, end.reason) if (end := ends[row.pk]) else None)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: row.ended is not None))
