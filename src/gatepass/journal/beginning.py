"""Since when the company works with this program: the day of the journal's first entry."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.models import Entry


def first_day(otherwise: date) -> date:
    """The day of the first entry; `otherwise` where nothing is written yet."""
    at = Entry.objects.order_by("id").values_list("at", flat=True).first()
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if at else otherwise
