"""Taking cartons out of a batch and putting them back: shared steps of commands that hold the batch's lock."""

from __future__ import annotations

from uuid import UUID

from gatepass.journal.door import Case
from gatepass.stock.models import Batch, Move, MoveKind


def move(case: Case, *, batch: Batch, cartons: int, kind: MoveKind, document: UUID | None, note: str = "") -> None:
    """Cartons in (+) or out (−) of a locked batch. The database refuses less than nothing."""
    batch.on_hand += cartons
    batch.save(update_fields=["on_hand"])
    Move.objects.create(batch=batch, cartons=cartons, kind=kind.value, document=document, entry=case.entry, at=case.at, note=note)


def take(case: Case, *, batch: Batch, cartons: int, document: UUID) -> None:
    """Cartons picked from a locked batch for a document."""
    move(case, batch=batch, cartons=-cartons, kind=MoveKind.PICKED, document=document)


def put_back(case: Case, *, batch: Batch, cartons: int, document: UUID, note: str = "") -> None:
    """Picked cartons returned to a locked batch."""
    move(case, batch=batch, cartons=cartons, kind=MoveKind.PUT_BACK, document=document, note=note)
