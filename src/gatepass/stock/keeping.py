"""Taking cartons out of a batch and putting them back: shared steps of commands that hold the batch's lock."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from gatepass.journal.door import Case
from gatepass.journal.reading import run
from gatepass.journal.rows import update
from gatepass.stock import sql
from gatepass.stock.models import Batch, MoveKind, Quality


def move(case: Case, *, batch: Batch, cartons: int, kind: MoveKind, document: UUID | None, note: str = "") -> None:
    """Cartons in (+) or out (−) of a locked batch. The database refuses less than nothing."""
    move_all(case, moves=[(batch, cartons)], kind=kind, document=document, note=note)


def move_all(case: Case, *, moves: Iterable[tuple[Batch, int]], kind: MoveKind, document: UUID | None, note: str = "") -> None:
    """The same for several locked batches, in one statement."""
    listed = list(moves)
    for batch, cartons in listed:
        batch.on_hand += cartons
    rows = json.dumps([{"batch": batch.pk, "cartons": cartons} for batch, cartons in listed])
    run(sql.MOVE, {"moves": rows, "kind": kind.value, "document": document, "entry": case.entry, "at": case.at, "note": note})


def take(case: Case, *, taken: Iterable[tuple[Batch, int]], document: UUID) -> None:
    """Cartons picked from locked batches for a document."""
    move_all(case, moves=[(batch, -cartons) for batch, cartons in taken], kind=MoveKind.PICKED, document=document)


def set_quality(batch: Batch, quality: Quality) -> None:
    """What a locked batch is worth from now on."""
    update(batch, quality=quality.value)


def put_back(case: Case, *, batch: Batch, cartons: int, document: UUID, note: str = "") -> None:
    """Picked cartons returned to a locked batch."""
    move(case, batch=batch, cartons=cartons, kind=MoveKind.PUT_BACK, document=document, note=note)
