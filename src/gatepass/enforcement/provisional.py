"""Provisional deadlines: counted in a year without its holiday notice. When the notice is entered they may move, later only (R9)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from gatepass.enforcement import sql
from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries.deadlines import calendar_of, counted_by
from gatepass.rules.events import Event
from gatepass.rules.happenings import DeadlineMoved
from gatepass.workcalendar.events import HolidayNoticeEntered
from gatepass.workcalendar.queries import calendar_at, written_now
from gatepass.workdays import Calendar


def moved_by(events: Iterable[Event], at: datetime) -> list[Event]:
    """Move the running clocks that a holiday notice among the events makes later, in its own act; gives what is to be journalled.

    Those that it would make earlier, or that stay, keep their moment and are provisional no longer. What has run out stays run out.
    """
    years = {event.year for event in events if isinstance(event, HolidayNoticeEntered)}
    if not years:
        return []
    calendar, rows = written_now(), []
    for row in Obligation.objects.select_for_update(no_key=True).filter(
        provisional=True, closed_at=None, breached_at=None, due_at__gt=at
    ).order_by("id"):  # fmt: skip
        found = _settled(row, years, calendar)
        if found is not None:
            rows.append((row, *found))
    settled = [
        {"id": row.id, "due": due.isoformat(), "provisional": still, "revision": calendar.revision if due > row.due_at else None}
        for row, due, still in rows
    ]
    if settled:
        with connection.cursor() as cursor:
            cursor.execute(sql.NOTICED, [json.dumps(settled)])
    return [_moved(row, due, calendar.revision) for row, due, _ in rows if due > row.due_at]


def _settled(row: Obligation, years: set[int], calendar: Calendar) -> tuple[datetime, bool] | None:
    """When it is due with the notice, and whether it is provisional still; None where the notice's year is not among its own."""
    fixed = calendar_of(row)
    counted = counted_by(row, calendar_at(row.revision).with_notices(calendar))
    if counted is None:
        return None
    last = max(counted.due, row.due_at)
    touched = set(range(fixed.local(row.started_at).year, fixed.local(last).year + 1))
    if not years & touched & fixed.provisional_years:
        return None
    return max(counted.due, row.due_at), counted.provisional


def _moved(row: Obligation, due: datetime, revision: int) -> DeadlineMoved:
    return DeadlineMoved(
        obligation=row.uid, clause_number=row.clause, subject_kind=row.kind, subject=row.subject, was=row.due_at, due=due,
        revision=revision, customer=row.customer, order=row.order, carrier=row.carrier,
    )  # fmt: skip
