"""The waiver of a fine (R1): a manager proposes it with its reason, the head of the company decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.enforcement.models import Fine
from gatepass.journal.door import Case
from gatepass.money import figure
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.happenings import FineWaived, WaiverDeclined
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text, same


def waiver_said(fine: Fine, reason: str) -> dict[str, Any]:
    """What the head binds with his signature."""
    return {"clause": fine.clause, "fen": fine.fen, "base_fen": fine.base_fen, "reason": reason}


def locked(uid: UUID) -> Fine:
    """The fine under its lock. Raises NotFound."""
    fine = Fine.objects.select_related("obligation").select_for_update(no_key=True, of=("self",)).filter(uid=uid).first()
    if fine is None:
        raise NotFound("fine")
    return fine


def settled(fine: Fine) -> list[Reason | None]:
    """A fine is decided once; what was withdrawn is no fine any more."""
    said = {
        "confirmed": refusal("这笔罚款已经确认", "This fine is confirmed already", clause="R1"),
        "waived": refusal("这笔罚款已经免除", "This fine is waived already", clause="R1"),
        "withdrawn": refusal("这笔罚款已撤回：原来是按时办的", "This fine was withdrawn: it had been done in time", clause="R1"),
    }
    return [reason if getattr(fine, f"{name}_at") else None for name, reason in said.items()]


def _locked(case: Case, uid: UUID) -> Subject:
    fine = locked(uid)
    return Subject(uid=uid, row=fine, reasons=settled(fine))


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.CONFIRM_FINE)


def _lines(sight: Sight, data: Data) -> Sequence[Line]:
    return [
        Line("clause", Text("条款", "clause"), same(data["clause"])),
        Line("fen", Text("罚款", "fine"), same(figure(int(data["fen"])))),
        Line("base", Text("基数", "base"), same(figure(int(data["base_fen"])))),
        Line("reason", Text("提请的理由", "reason proposed"), same(data["reason"])),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    return same(f"{data['clause']} · {figure(int(data['fen']))}")


def _waived(case: Case, given: Given) -> Sequence[Event]:
    return [FineWaived(fine=given.subject.uid)]


def _waive(case: Case, given: Given) -> None:
    fine: Fine = given.subject.row
    fine.waived_at = case.at
    fine.save(update_fields=["waived_at"])


def _declined(case: Case, given: Given) -> Sequence[Event]:
    return [WaiverDeclined(fine=given.subject.uid)]


def _decline(case: Case, given: Given) -> None:
    """The fine stands and waits for a manager to confirm it."""
    fine: Fine = given.subject.row
    fine.waiver_declined_at = case.at
    fine.save(update_fields=["waiver_declined_at"])


WAIVER: Final = route(
    code="waiver", kind="fine", title=Text("罚款免除", "waiver of a fine"), article="R1", page="/enforcement/fines/{subject}/",
    steps=(Step(code="head", power=Power.WAIVE_FINE, text=Text("总经理免除", "the head's waiver"), position=Position.HEAD),),
    subject=_locked, sees=_sees, said=_lines, headline=_headline, signed=_waived, then=_waive, returned=_declined, sent_back=_decline,
)  # fmt: skip
