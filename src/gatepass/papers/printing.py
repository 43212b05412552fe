"""Printing: each PDF is counted for each copy on it, under the name of who asked for it; previews are marked as
such and not counted."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from psycopg.errors import UniqueViolation

from gatepass.journal import chaining
from gatepass.journal.clock import now
from gatepass.journal.prepared import prepared
from gatepass.papers import sql
from gatepass.papers.models import Print
from gatepass.papers.packing import assembled, canonical
from gatepass.papers.press import PressFailed, press
from gatepass.papers.queries import PaperRow
from gatepass.papers.shapes import Printing, Run
from gatepass.words import Language

TRIES = 5
WITNESSES: Final = ("gatepass", "order")


def printed(row: PaperRow, *, person: UUID, name: str, copies: tuple[str, ...], language: Language) -> bytes:
    """The PDF of these copies (blank: the paper has none), counted. Raises PressFailed, and then nothing is counted."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _counted(row, person, name, copies, language)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
    raise PressFailed("this paper is being printed by too many at once")


def _counted(row: PaperRow, person: UUID, name: str, copies: tuple[str, ...], language: Language) -> bytes:
    at = now()
    head = _head(row.kind, at)
    before = dict(Print.objects.filter(paper_id=row.id, copy__in=copies).values_list("copy").annotate(most=Max("nth")))
    runs = tuple(Run(copy=copy, nth=before.get(copy, 0) + 1) for copy in copies)
    Print.objects.bulk_create(Print(paper_id=row.id, person=person, name=name, at=at, copy=run.copy, nth=run.nth) for run in runs)
    return press(row.kind, assembled(row.data, row.live, Printing(person=name, at=at, runs=runs, head=head)), language=language)


def _head(kind: str, at: datetime) -> str:
    """The head of the chain, for the first pass and the first order document that leave the house on a day: on paper nobody rewrites it."""
    if kind not in WITNESSES:
        return ""
    since = at.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
    with prepared() as cursor:
        cursor.execute(sql.PRINTED_SINCE, {"kind": kind, "since": since})
        (printed_today,) = cursor.fetchone()
    last = None if printed_today else chaining.head()
    return last.said if last else ""


def preview(row: PaperRow, *, copy: str, language: Language) -> tuple[bytes, ...]:
    """A PNG of each page of one copy, marked as a preview. Raises PressFailed."""
    data = assembled(row.data, row.live, Printing(person="", at=row.made_at, runs=(Run(copy=copy, nth=0),)))
    return _pages(row.kind, canonical(data), language)


@lru_cache(maxsize=16)
def _pages(kind: str, data: str, language: Language) -> tuple[bytes, ...]:
    """Kept for a moment, because a page of pages asks for each of them."""
    return tuple(press(kind, json.loads(data), language=language, form="png"))
