"""A proposed fine is confirmed by a manager, or waived by the head of the company; once, and never by whom it hits."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from gatepass.enforcement.models import Finding, Fine
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.roles import Position, Power
from gatepass.rules.happenings import FineConfirmed, FineWaived, WaiverProposed
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

FineId = Annotated[UUID, Of("fine")]
Why = Annotated[str, Called(Text("原因", "reason"), long=True)]
LONGEST: Final = 300
name_fields(fine=("罚款", "fine"))


@command(may=Power.CONFIRM_FINE, title=Text("确认罚款", "Confirm a fine"))
def confirm_fine(case: Case, *, fine: FineId) -> Ref:
    """The manager stands by the proposal. A fine whose waiver is proposed waits for the head."""
    found = locked(fine)
    waits = refusal(
        "已提请免罚，等总经理决定", "A waiver is proposed: the head of the company decides",
        clause="R1", cure=Text("请总经理决定免或不免", "Ask the head to decide"),
    )  # fmt: skip
    proposed = found.waiver_proposed_at is not None and Position.HEAD not in case.actor.positions
    case.decide(
        FineConfirmed(fine=fine, fen=found.fen, carrier=_carrier(found), order=found.obligation.order),
        reasons=[*_settled(found), _own(case, found, Text("确认", "confirm")), _found_himself(case, found), waits if proposed else None],
    )
    found.confirmed_at, found.confirmed_by = case.at, case.actor.person
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    return _ref(found)


@command(may=Power.CONFIRM_FINE, title=Text("提请免罚", "Propose to waive a fine"))
def propose_waiver(case: Case, *, fine: FineId, reason: Why) -> Ref:
    """The manager asks the head to waive it, with the reason."""
    found = locked(fine)
    again = refusal("已经提请过免罚", "A waiver is proposed already", clause="R1")
    case.decide(
        WaiverProposed(fine=fine, reason=reason),
        reasons=[
            *_settled(found), _own(case, found, Text("提请免除", "propose to waive")), *_worded(reason),
            again if found.waiver_proposed_at else None,
        ],
    )  # fmt: skip
    found.waiver_reason, found.waiver_proposed_by, found.waiver_proposed_at = reason, case.actor.person, case.at
    found.save(update_fields=["waiver_reason", "waiver_proposed_by", "waiver_proposed_at"])
    return _ref(found)


@command(may=Power.WAIVE_FINE, title=Text("免除罚款", "Waive a fine"))
def waive_fine(case: Case, *, fine: FineId, reason: Why) -> Ref:
    """The head of the company, or whom he empowers, lets it go, with the reason."""
    found = locked(fine)
    case.decide(
        FineWaived(fine=fine, reason=reason),
        reasons=[*_settled(found), _own(case, found, Text("免除", "waive")), *_worded(reason)],
    )
    found.waived_at, found.waived_by, found.waived_why = case.at, case.actor.person, reason
    found.save(update_fields=["waived_at", "waived_by", "waived_why"])
    return _ref(found)


def locked(uid: UUID) -> Fine:
    """The fine under its lock. Raises NotFound."""
    fine = Fine.objects.select_related("obligation").select_for_update(no_key=True, of=("self",)).filter(uid=uid).first()
    if fine is None:
        raise NotFound("fine")
    return fine


def _settled(fine: Fine) -> list[Reason | None]:
    """A fine is decided once; what was withdrawn is no fine any more."""
    said = {
        "confirmed": refusal("这笔罚款已经确认", "This fine is confirmed already", clause="R1"),
        "waived": refusal("这笔罚款已经免除", "This fine is waived already", clause="R1"),
        "withdrawn": refusal("这笔罚款已撤回：原来是按时办的", "This fine was withdrawn: it had been done in time", clause="R1"),
    }
    return [reason if getattr(fine, f"{name}_at") else None for name, reason in said.items()]


def _own(case: Case, fine: Fine, verb: Text) -> Reason | None:
    """Both the acting and the represented person count."""
    if fine.holder_kind != "person" or fine.holder not in case.actor.people():
        return None
    return Reason(
        clause="R1",
        what=Text("不能{verb}自己的罚款", "Nobody may {verb} a fine of his own").fill(verb=verb),
        cure=Text("请另一位经理或总经理办", "Ask another manager or the head"),
    )


def _found_himself(case: Case, fine: Fine) -> Reason | None:
    """Who found a breach is no judge of his finding."""
    found = Finding.objects.filter(uid=fine.subject).first() if fine.obligation.kind == "finding" else None
    if found is None or not {found.found_by, found.found_for} & case.actor.people():
        return None
    return Reason(
        clause="R1", what=Text("查实的人不能自己确认", "Nobody confirms what he found himself"),
        cure=Text("请另一位经理或总经理办", "Ask another manager or the head"),
    )  # fmt: skip


def _worded(reason: str) -> list[Reason | None]:
    return [
        refusal("写明原因", "Say why", field="reason") if not reason else None,
        refusal("不能超过 300 个字", "At most 300 characters", field="reason") if len(reason) > LONGEST else None,
    ]


def _carrier(fine: Fine) -> UUID | None:
    return fine.holder if fine.holder_kind == "carrier" else fine.obligation.carrier


def _ref(fine: Fine) -> Ref:
    return Ref("fine", fine.uid, fine.clause)
