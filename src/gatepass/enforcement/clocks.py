"""Running out: what is overdue is breached once, with its proposed fine, within seconds, also after a restart."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from gatepass.enforcement import sql
from gatepass.enforcement.facts import load_each
from gatepass.identity import new_id
from gatepass.journal import clock, watch
from gatepass.journal.door import Case, Ref, command
from gatepass.money import share
from gatepass.people.roster import roster
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM
from gatepass.rules.clauses import Fact, Fixed, Owes, Share
from gatepass.rules.happenings import DeadlineMissed
from gatepass.rules.judging import GRACE
from gatepass.words import Text

BATCH: Final = 1000
Row = dict[str, Any]


def sweep(at: datetime | None = None) -> int:
    """Breach everything that ran out before now; gives how many. Safe to run anywhere, any number of times.

    A clock that cannot be believed breaches nothing. What somebody else's transaction holds at this moment is left for the next sweep: he
    may be fulfilling it.
    """
    if at is None and not clock.is_fixed() and watch.look():
        return 0
    moment = at or clock.now()
    swept = 0
    with connection.cursor() as cursor:
        cursor.execute(sql.ANY_DUE, [moment - GRACE])
        if cursor.fetchone() is None:
            return 0
    while True:
        made = run_out_clocks(by=SYSTEM.person, at=moment, most=BATCH)
        found = int(made.label) if made else 0
        swept += found
        if not found:  # what ran out may have begun something that has run out too
            return swept


@command(may=None, title=Text("到期", "Run out clocks"), hidden=True)
def run_out_clocks(case: Case, *, most: int) -> Ref:
    """Breach up to `most` overdue obligations: one journal entry each, fines proposed, by the system only.

    The answer's label says how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.DUE, [case.at - GRACE, most])
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        _freeze_holders(rows, case.at)
        fines = _fines(rows)
        case.decide(*(_missed(row, fines.get(row["id"])) for row in rows))
        if rows:
            cursor.execute(sql.BREACH, [json.dumps([{"id": row["id"], "holder": _text(row["broken_by"])} for row in rows])])
        if fines:
            cursor.execute(sql.FINE, [case.at, json.dumps(list(fines.values()))])
    return Ref("sweep", case.entry, str(len(rows)))


def _text(uid: object) -> str | None:
    return str(uid) if uid else None


def _freeze_holders(rows: Sequence[Row], at: datetime) -> None:
    """Who acted when the clock ran out: the one person for the position (or his deputy), a carrier; nobody where several could have."""
    now = roster(at) if any(row["holder_position"] for row in rows) else None
    known: dict[tuple[str, object], object] = {}
    for row in rows:
        position, holder = row["holder_position"], row["holder"]
        if now is not None and position:
            if (position, holder) not in known:
                known[position, holder] = now.only(position, holder)
            holder = known[position, holder]
        row["broken_by"] = holder


def _missed(row: Row, fine: Row | None) -> DeadlineMissed:
    return DeadlineMissed(
        obligation=row["uid"], clause_number=row["clause"], subject_kind=row["kind"], subject=row["subject"], due=row["due_at"],
        fen=fine["fen"] if fine else 0, fulfilled=row["fulfilled"], customer=row["customer"], order=row["order"], carrier=row["carrier"],
    )  # fmt: skip


def _fines(rows: Sequence[Row]) -> dict[int, Row]:
    """The fines that the clauses propose by the versions and parameters fixed at the opening, with their arithmetic; by row id."""
    said = {row["id"]: _fine_said(row) for row in rows}
    bases = _bases(rows, said)
    fines: dict[int, Row] = {}
    for row in rows:
        fine = said[row["id"]]
        if fine is None:
            continue
        parameters = row["parameters"] if isinstance(row["parameters"], dict) else json.loads(row["parameters"])
        number = Decimal(parameters["fine"])
        base = bases[row["id"]] if isinstance(fine, Share) else int(number * 100)
        if not (fen := share(base, number) if isinstance(fine, Share) else base):
            continue
        fines[row["id"]] = {
            "uid": str(new_id()), "obligation": str(row["uid"]), "clause": row["clause"], "subject": str(row["subject"]),
            "holder_kind": row["holder_kind"] or ("person" if row["broken_by"] else "position"), "holder": _text(row["broken_by"]),
            "base_fen": base, "percent": str(number) if isinstance(fine, Share) else None,
            "fen": fen,
        }  # fmt: skip
    return fines


def _fine_said(row: Row) -> Share | Fixed | None:
    says = rulebook.clause(row["clause"], row["version"]).says
    return says.fine if isinstance(says, Owes) else None


def _bases(rows: Sequence[Row], said: dict[int, Share | Fixed | None]) -> dict[int, int]:
    """The amounts of which a share is fined, in fen, each kind of fact loaded for all its rows together."""
    wanted: dict[type[Fact], list[Row]] = defaultdict(list)
    for row in rows:
        fine = said[row["id"]]
        if isinstance(fine, Share):
            wanted[fine.of].append(row)
    return {
        row["id"]: fact.fen  # type: ignore[attr-defined]
        for kind, those in wanted.items()
        for row, fact in zip(those, load_each(kind, [_missed(row, None) for row in those]), strict=True)
    }
