"""Freezing a paper: called by a module's command, within its transaction."""

from __future__ import annotations

from uuid import UUID

from gatepass.identity import new_id
from gatepass.papers.models import Paper
from gatepass.papers.packing import digest, frozen
from gatepass.papers.press import template_version
from gatepass.papers.shapes import Sheet


def keep(sheet: Sheet, *, subject_kind: str, subject_uid: UUID, entry: UUID) -> Paper:
    """Keep a version of a document for good. Raises TypeError or ValueError where the sheet does not hold what its
    type says."""
    data = frozen(sheet)
    return Paper.objects.create(
        uid=new_id(),
        kind=sheet.kind,
        subject_kind=subject_kind,
        subject_uid=subject_uid,
        version=sheet.version,
        number=sheet.number,
        data=data,
        template=template_version(sheet.kind),
        sha256=digest(data),
        made_at=sheet.made_at,
        entry=entry,
    )
