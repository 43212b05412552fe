"""Freezing a paper: called by a module's command, within its transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from gatepass.identity import new_id
from gatepass.journal.prepared import prepared
from gatepass.journal.rows import add
from gatepass.papers import sql
from gatepass.papers.models import Paper
from gatepass.papers.packing import digest, frozen
from gatepass.papers.press import template_version
from gatepass.papers.shapes import Sheet


def keep(sheet: Sheet, *, subject_kind: str, subject_uid: UUID, entry: UUID) -> Paper:
    """Keep a version of a document for good. Raises TypeError or ValueError where the sheet does not hold what its
    type says."""
    row = _row(sheet, subject_kind, subject_uid, entry)
    add(row)
    return row


def keep_all(sheets: Iterable[tuple[Sheet, str, UUID]], *, entry: UUID) -> None:
    """Keep several: each with the kind and id of what it is of."""
    add(*(_row(sheet, kind, uid, entry) for sheet, kind, uid in sheets))


def next_versions(subjects: Collection[UUID]) -> defaultdict[tuple[str, UUID], int]:
    """The version that each of these is kept as next, by kind of paper and subject."""
    found: defaultdict[tuple[str, UUID], int] = defaultdict(lambda: 1)
    with prepared() as cursor:
        cursor.execute(sql.KEPT, {"subjects": list(subjects)})
        found.update({(kind, subject): kept + 1 for kind, subject, kept in cursor.fetchall()})
    return found


def _row(sheet: Sheet, subject_kind: str, subject_uid: UUID, entry: UUID) -> Paper:
    data = frozen(sheet)
    return Paper(
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
