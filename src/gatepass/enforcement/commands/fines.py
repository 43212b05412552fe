"""A proposed fine is confirmed by a manager, or its waiver is proposed to the head of the company; never by whom it hits."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from gatepass.approvals.binding import bind_next, close
from gatepass.approvals.separation import Part, Touch
from gatepass.approvals.state import next_step
from gatepass.enforcement.models import Finding, Fine
from gatepass.enforcement.routes import WAIVER, locked, settled, waiver_said
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.roles import Position, Power
from gatepass.rules.happenings import FineConfirmed, WaiverProposed
from gatepass.rules.reasons import Reason, refusal
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
        clause="R1", cure=Text("请总经理决定免或不免", "Ask the head to decide"), who=Position.HEAD, command="sign",
        given=next_step(WAIVER.code, fine),
    )  # fmt: skip
    proposed = found.waiver_proposed_at is not None and found.waiver_declined_at is None and found.waived_at is None
    case.decide(
        FineConfirmed(fine=fine, fen=found.fen, carrier=_carrier(found), order=found.obligation.order),
        reasons=[*settled(found), _own(case, found, Text("确认", "confirm")), _found_himself(case, found), waits if proposed else None],
    )
    found.confirmed_at, found.confirmed_by = case.at, case.actor.person
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    close(case, fine, routes=[WAIVER])
    return _ref(found)


@command(may=Power.CONFIRM_FINE, title=Text("提请免罚", "Propose to waive a fine"))
def propose_waiver(case: Case, *, fine: FineId, reason: Why) -> Ref:
    """The manager asks the head to waive it, with the reason."""
    found = locked(fine)
    again = refusal("已经提请过免罚", "A waiver is proposed already", clause="R1")
    case.decide(
        WaiverProposed(fine=fine),
        reasons=[
            *settled(found), _own(case, found, Text("提请免除", "propose to waive")), *_worded(reason),
            again if found.waiver_proposed_at and not found.waiver_declined_at else None,
        ],
    )  # fmt: skip
    found.waiver_reason, found.waiver_proposed_at = reason, case.at
    found.waiver_declined_at = None
    found.save(update_fields=["waiver_reason", "waiver_proposed_at", "waiver_declined_at"])
    hit = [Touch(found.holder, part=Part.GAINS)] if found.holder_kind == "person" and found.holder else []
    bind_next(case, WAIVER, fine, number=found.clause, data=waiver_said(found, reason), touched=hit, part=Part.ASKED)
    return _ref(found)


def _own(case: Case, fine: Fine, verb: Text) -> Reason | None:
    """Both the acting and the represented person count."""
    if fine.holder_kind != "person" or fine.holder not in case.actor.people():
        return None
    return Reason(
        clause="R1",
        what=Text("不能{verb}自己的罚款", "Nobody may {verb} a fine of his own").fill(verb=verb),
        cure=Text("请另一位经理或总经理办", "Ask another manager or the head"),
        who=Position.HEAD, command=case.command, given={"fine": str(fine.uid)},
    )


def _found_himself(case: Case, fine: Fine) -> Reason | None:
    """Who found a breach is no judge of his finding."""
    found = Finding.objects.filter(uid=fine.subject).first() if fine.obligation.kind == "finding" else None
    if found is None or not {found.found_by, found.found_for} & case.actor.people():
        return None
    return Reason(
        clause="R1", what=Text("查实的人不能自己确认", "Nobody confirms what he found himself"),
        cure=Text("请另一位经理或总经理办", "Ask another manager or the head"),
        who=Position.HEAD, command=case.command, given={"fine": str(fine.uid)},
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
