"""Running out: what is overdue is breached once, with its proposed fine, within seconds, also after a restart."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from gatepass.enforcement import sql
from gatepass.rules.happenings import DeadlineMissed
from gatepass.enforcement.facts import load
from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.door import Case, Ref, command
from gatepass.money import share
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM
from gatepass.rules.clauses import Fixed, Owes, Share
from gatepass.words import Text

GRACE: Final = timedelta(seconds=3.5)  # longer than a statement may run: a late commit still counts as in time
BATCH: Final = 1000


def sweep(at: datetime | None = None) -> int:
    """Breach everything that ran out before now; returns how many. Safe to run anywhere, any number of times."""
    moment = at or clock.now()
    swept = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(sql.ANY_DUE, [moment - GRACE])
            if cursor.fetchone() is None:
                return swept
            run_out_clocks(by=SYSTEM.person, at=moment, most=BATCH)
            swept += 1


@command(may=None, title=Text("到期", "Run out clocks"), hidden=True)
def run_out_clocks(case: Case, *, most: int) -> Ref | None:
    """Breach up to `most` overdue obligations: one journal entry each, fines proposed, by the system only."""
    with connection.cursor() as cursor:
        cursor.execute(sql.DUE, [case.at - GRACE, most])
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        fines = {row["id"]: fine for row in rows if (fine := _fine(row)) is not None}
        case.decide(*(_missed(row, fines.get(row["id"])) for row in rows))
        if rows:
            cursor.execute(sql.BREACH, [case.at, json.dumps([{"id": r["id"], "holder": _text(r["holder"])} for r in rows])])
        if fines:
            cursor.execute(sql.FINE, [case.at, json.dumps(list(fines.values()))])
    return None


def _text(uid: UUID | None) -> str | None:
    return str(uid) if uid else None


def _missed(row: dict[str, Any], fine: dict[str, Any] | None) -> DeadlineMissed:
    return DeadlineMissed(
        obligation=row["uid"], clause_number=row["clause"], subject_kind=row["kind"], subject=row["subject"], due=row["due_at"],
        fen=fine["fen"] if fine else 0, customer=row["customer"], order=row["order"], carrier=row["carrier"],
    )  # fmt: skip


def _fine(row: dict[str, Any]) -> dict[str, Any] | None:
    """The fine that the clause's version in force at the opening proposes, with its arithmetic."""
    clause = rulebook.clause(row["clause"], row["version"])
    fine = clause.says.fine if isinstance(clause.says, Owes) else None
    if fine is None:
        return None
    parameters = row["parameters"] if isinstance(row["parameters"], dict) else json.loads(row["parameters"])
    number = Decimal(parameters["fine"])
    if isinstance(fine, Share):
        base = load(fine.of, _missed(row, None)).fen  # type: ignore[attr-defined]
        fen, percent = share(base, number), str(number)
    else:
        assert isinstance(fine, Fixed)  # noqa: S101 (the only other shape)
        base = fen = int(number * 100)
        percent = None
    return {
        "uid": str(new_id()), "obligation": str(row["uid"]), "clause": row["clause"], "subject": str(row["subject"]),
        "holder_kind": row["holder_kind"] or "position", "holder": _text(row["holder"]), "base_fen": base, "percent": percent, "fen": fen,
    }  # fmt: skip
