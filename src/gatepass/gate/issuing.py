"""Issuing a pass for something that is no order's goods: it names its source, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from gatepass.gate.codes import code_of, typed
from gatepass.gate.events import OtherPassIssued
from gatepass.gate.models import GatePass, Release
from gatepass.gate.sheets import keep_pass
from gatepass.identity import new_id
from gatepass.journal.door import Case, Ref, once
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add
from gatepass.rules.reasons import Reason, refusal
from gatepass.workdays import closing, end_of

AGAIN: Final = refusal("已经有一张出门条", "There is a pass for it already", clause="D10")
once("one_pass_in_force_a_source", AGAIN)


@dataclass(frozen=True)
class Source:
    """What a pass lets out: its kind, document, pieces, words for the paper, and why it leaves."""

    kind: str
    uid: UUID
    cartons: int
    what: str
    reason: str
    gate_pass: UUID = field(default_factory=new_id)


def other_issued(source: Source) -> OtherPassIssued:
    """The event of its pass."""
    return OtherPassIssued(gate_pass=source.gate_pass, kind=source.kind, source=source.uid, cartons=source.cartons)


def keep_other(case: Case, source: Source, plate: str) -> Ref:
    """Write the pass and keep its paper, after the decision."""
    row = GatePass(
        uid=source.gate_pass, kind=source.kind, source=source.uid, plate=typed(plate)[:20],
        load=[{"what": source.what, "reason": source.reason}], **as_issued(case, source.gate_pass, source.cartons),
    )  # fmt: skip
    add(row)
    keep_pass(case, row, None, {})
    return Ref("gate_pass", row.uid, row.number)


def on_a_pass(source: UUID) -> Reason | None:
    """In force, or used: what left has left."""
    known = GatePass.objects.filter(source=source)
    used = Release.objects.filter(gate_pass__in=known).exists()
    return AGAIN if used or known.filter(voided_at=None).exists() else None


def as_issued(case: Case, uid: UUID, cartons: int) -> dict[str, Any]:
    """What every pass gets when it is issued: code, number, who, and until when."""
    return {
        "code": code_of(uid), "cartons": cartons, "issued_by": case.actor.person, "issued_at": case.at,
        "valid_until": _valid_until(case), "number": take_number("CM", case.at),
    }  # fmt: skip


def _valid_until(case: Case) -> datetime:
    """The end of the last day of validity, the day of issue included (parameters of D10.3)."""
    days = int(case.law.value("D10.3", "valid", case.at))
    end, calendar = end_of(case.law.value("D10.3", "end", case.at)), case.law.calendar
    last: date = calendar.local(case.at).date() + timedelta(days=days - 1)
    return closing(last, end, calendar)
