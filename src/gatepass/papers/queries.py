"""Reading papers: what a viewer may see of them, as frozen rows. Outside one's scope is the same as absent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gatepass.journal.prepared import prepared
from gatepass.papers import readers, sql
from gatepass.papers.models import Paper, Print
from gatepass.papers.packing import digest
from gatepass.papers.press import PressFailed
from gatepass.papers.shapes import Live
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text


class Altered(PressFailed):
    """The data is not what was hashed when the paper was frozen: it is not printed."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with what prints live and the copies that the viewer may have (empty when the paper has none)."""

    id: int
    uid: UUID
    kind: str
    subject_kind: str
    subject_uid: UUID
    number: str
    version: int
    made_at: datetime
    sha256: str
    data: dict[str, Any]
    live: Live
    copies: tuple[CopyRow, ...]


@dataclass(frozen=True, slots=True)
class PrintRow:
    name: str
    at: datetime
    copy: str
    nth: int


def paper(sight: Sight, uid: UUID) -> PaperRow:
    """Raises NotFound when absent or not for this viewer, Altered when the stored data does not match its hash."""
    found = Paper.objects.filter(uid=uid).first()
    reader = readers.reader(found.kind) if found else None
    if found is None or reader is None or not reader.may_read(sight, found.subject_uid):
        raise NotFound
    if digest(found.data) != found.sha256:
        raise Altered(f"{found.number}: SHA-256 {found.sha256}")
    own = tuple(CopyRow(each["key"], Text(**each["name"])) for each in found.data["copies"])
    allowed = reader.copies(sight, found.subject_uid) if reader.copies else None
    copies = own if allowed is None else tuple(each for each in own if each.key in allowed)
    if own and not copies:
        raise NotFound
    live = reader.live(found.subject_uid, found.version) if reader.live else Live()
    return PaperRow(
        found.pk,
        found.uid,
        found.kind,
        found.subject_kind,
        found.subject_uid,
        found.number,
        found.version,
        found.made_at,
        found.sha256,
        found.data,
        live,
        copies,
    )


def papers_of(sight: Sight, subject_uid: UUID) -> list[tuple[UUID, str, str, int]]:
    """The papers of a subject that this viewer may read, newest last: uid, kind, number, version."""
    with prepared() as cursor:
        cursor.execute(sql.OF_SUBJECT, {"subject": subject_uid})
        found = cursor.fetchall()
    return [row for row in found if (reader := readers.reader(row[1])) and reader.may_read(sight, subject_uid)]


def prints(row: PaperRow) -> list[PrintRow]:
    """Every print of a paper that was read before, newest first."""
    found = Print.objects.filter(paper_id=row.id, copy__in=[each.key for each in row.copies] or [""]).order_by("-at", "-id")[:50]
    return [PrintRow(each.name, each.at, each.copy, each.nth) for each in found]


def latest(kind: str, subjects: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest kept paper of a kind, by its subject."""
    with prepared() as cursor:
        cursor.execute(sql.LATEST, {"kind": kind, "subjects": list(subjects)})
        return dict(cursor.fetchall())
