"""About somebody's duty: reminding whoever owes it, and declining it, which is a breach (D1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from gatepass.enforcement.models import Obligation, Reminder
from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.scope import asking
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import find
from gatepass.people.roster import roster
from gatepass.roles import Position, Power
from gatepass.rules.happenings import HolderReminded, WorkRefused
from gatepass.rules.reasons import Beyond, NotFound, Reason, refusal
from gatepass.words import Text

ObligationId = Annotated[UUID, Of("obligation")]
REFUSED_WORK: Final = "D1.3"
PAUSE: Final = timedelta(minutes=10)
name_fields(obligation=("待办", "duty"))


@command(may=None, title=Text("拒办", "Decline a duty"))
def refuse_work(
    case: Case, *, obligation: ObligationId, reason: Annotated[str, Called(Text("原因", "reason"), long=True)]
) -> Ref:
    """The department that owes it declines, or a superior finds that it did: recorded as a breach. The duty itself stays open."""
    found = _locked(case, obligation)
    position = found.holder_position
    theirs = refusal("这不是您岗位上的事", "This is not a duty of your position", clause="D1")
    twice = refusal("已经记过拒办", "Declining it is on record already", clause="D1")
    mine = bool(position) and Position(position) in case.actor.positions
    leads = bool(position) and case.actor.may(Power.CONFIRM_FINE)
    recorded = Obligation.objects.filter(clause=REFUSED_WORK, subject=obligation).exists()
    case.decide(
        WorkRefused(
            obligation=obligation, position_code=position, reason=reason, order=found.order, customer=found.customer, found=leads and not mine
        ),
        reasons=[
            _done(found), None if mine or leads else theirs, twice if recorded else None,
            refusal("写明原因", "Say why", field="reason") if not reason else None,
        ],
    )  # fmt: skip
    return Ref("obligation", obligation, found.clause)


@command(may=None, title=Text("催办", "Remind"))
def remind(case: Case, *, obligation: ObligationId) -> Ref:
    """Whoever waits for it asks for it; shown on the holder's desk with the time."""
    found = _locked(case, obligation)
    last = Reminder.objects.filter(obligation=found).order_by("-at").first()
    just = refusal("刚催过，十分钟后再催", "Reminded just now: again in ten minutes", beyond=Beyond.TIME)
    own = refusal("这是您自己的事，不用催", "This is your own duty")
    case.decide(
        HolderReminded(
            obligation=obligation, clause_number=found.clause, order=found.order, customer=found.customer, carrier=found.carrier
        ),
        reasons=[_done(found), just if last and case.at - last.at < PAUSE else None, own if _own(case, found) else None],
    )  # fmt: skip
    Reminder.objects.create(obligation=found, at=case.at, by=case.actor.person, entry=case.entry)
    return Ref("obligation", obligation, found.clause)


def _locked(case: Case, uid: UUID) -> Obligation:
    """The duty under its lock, if the actor may see it. Raises NotFound."""
    found = find(Obligation, lock=True, uid=uid)
    if found is None or not labelled(sql.ONE, asking(case.actor, roster(case.at)) | {"uid": uid}):
        raise NotFound("obligation")
    return found


def _done(found: Obligation) -> Reason | None:
    return refusal("这件事已经了结", "This duty is closed already") if found.closed_at else None


def _own(case: Case, found: Obligation) -> bool:
    """Whether the actor is the only one who could be reminded."""
    if not found.holder_position:
        return found.holder in case.actor.people()
    return roster(case.at).only(found.holder_position, found.holder) == case.actor.person
