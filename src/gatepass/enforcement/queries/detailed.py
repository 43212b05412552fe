"""Detailed rules of departments under an article; everybody inside may read the book, and these with it (D18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gatepass.enforcement.models import DetailedRule
from gatepass.people.models import Person
from gatepass.roles import Sight
from gatepass.workcalendar.queries import current


@dataclass(frozen=True, slots=True)
class RuleRow:
    """ended: when and why it holds no more; None while it does."""

    uid: UUID
    department: str
    text: str
    since: date
    by: str
    ended: tuple[datetime, str] | None


def detailed(sight: Sight, article: str, *, on: date | None = None) -> tuple[RuleRow, ...]:
    """Those in force first, by day; then what was ended. With a day: those that held at its end. Two statements."""
    found = DetailedRule.objects.filter(article=article)
    if on is not None:
        last = current().midnight_after(on)
        found = found.filter(since__lte=on).exclude(ended__at__lt=last)
    rows = list(found.select_related("ended").order_by("since", "id"))
    names = dict(Person.objects.filter(uid__in=[row.by for row in rows]).values_list("uid", "name"))
    ends = {row.pk: getattr(row, "ended", None) for row in rows}
    listed = [
        RuleRow(row.uid, row.department, row.text, row.since, names.get(row.by, ""), (end.at, end.reason) if (end := ends[row.pk]) else None)
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda row: row.ended is not None))
