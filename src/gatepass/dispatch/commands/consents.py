"""What follows from the consent to a change of goods (D8): customer told, client admin told; or it is withdrawn."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import close
from gatepass.dispatch.amending import said
from gatepass.dispatch.consenting import CHANGE, COUNTERSIGN, note
from gatepass.dispatch.events import ChangeRelayed, ChangeTold, ChangeWithdrawn
from gatepass.dispatch.models import Change
from gatepass.dispatch.scope import lock_change
from gatepass.dispatch.standing import CANCELLED, WITHDRAWN, needed
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.who import sight_of
from gatepass.orders import plan_book
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

name_fields(understanding=("客户怎么说", "what the customer said"))

@command(may=None, title=Text("撤回变动", "Withdraw a change"))
def withdraw_change(
    case: Case,
    *,
    change: Annotated[UUID, Of("change")],
    reason: str,
    understanding: Annotated[str, Called(Text("客户怎么说（已告知的）", "what the customer said (where he was told)"), long=True)] = "",
) -> Ref:
    """A change that was not made, consented to or not, is off: its clocks end. A customer who was told of it is told of this, too."""
    powerless = act_with(case, Power.ISSUE_NOTICE, Power.PICK, Power.CONSENT_CHANGE)
    found = lock_change(case.actor, change)
    case.decide(
        ChangeWithdrawn(**_about(found), reason=reason),
        reasons=[
            powerless,
            refusal("这项变动已经写入", "The change is made already") if found.applied_at else None,
            refusal("已经答复不同意", "It was declined already") if found.declined_at else None,
            WITHDRAWN if found.withdrawn_at else None,
            needed(reason),
            needed(understanding, "understanding") if found.told_at else None,
        ],
    )
    close(case, found.uid, routes=[CHANGE, COUNTERSIGN])
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = case.at, case.actor.person, reason
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    words = f"{said(found)} ↩ {case.actor.name}：{reason} {understanding}".strip()
    plan_book.note(case, order_id=found.notice.order_id, kind="change", text=words)
    return Ref("change", found.uid, said(found))


@command(may=Power.PICK, title=Text("转告客户内勤", "Relay to the client admin"))
def relay_change(
    case: Case,
    *,
    change: Annotated[UUID, Of("change")],
    person: Annotated[UUID, Of("person"), Called(Text("转告了谁", "who was told"))],
) -> Ref:
    """The morning after: the client admin, or whoever is on duty, knows of last night's change."""
    found = lock_change(case.actor, change)
    receiver = sight_of(person, case.at)
    on_duty = receiver.may(Power.TALK_TO_CUSTOMER)
    case.decide(
        ChangeRelayed(**_about(found)),
        reasons=[
            _unconsented(found),
            refusal("已经转告过了", "It was relayed already") if found.relayed_at else None,
            None
            if on_duty
            else refusal("请转告客户内勤或当值的销售人员", "Tell the client admin, or whoever of sales is on duty", field="person"),
        ],
    )
    found.relayed_at, found.relayed_to = case.at, person
    found.save(update_fields=["relayed_at", "relayed_to"])
    note(case, found, "{name} 转告 {to}", "{name} told {to}", name=case.actor.name, to=receiver.name)
    return Ref("change", found.uid, said(found))


@command(may=Power.TALK_TO_CUSTOMER, title=Text("变动告知客户", "Tell the customer of the change"))
def tell_change(
    case: Case,
    *,
    change: Annotated[UUID, Of("change")],
    how: str,
    understanding: Annotated[str, Called(Text("客户怎么说", "what the customer said"), long=True)],
) -> Ref:
    """The customer knows what goes instead, less or more, and the understanding reached stands in the plan book."""
    found = lock_change(case.actor, change)
    told = refusal("已经告知过了", "The customer was told already") if found.told_at else None
    case.decide(
        ChangeTold(**_about(found)),
        reasons=[_unconsented(found), told, needed(how, "how"), needed(understanding, "understanding")],
    )
    found.told_at, found.understanding = case.at, understanding
    found.save(update_fields=["told_at", "understanding"])
    note(case, found, "{how}：{said}", "{how}: {said}", how=how, said=understanding)
    return Ref("change", found.uid, said(found))


def _about(change: Change) -> dict[str, UUID]:
    notice = change.notice
    return {"change": change.uid, "notice": notice.uid, "order": notice.order.uid, "customer": notice.order.customer.uid}


def _unconsented(change: Change) -> Reason | None:
    if change.withdrawn_at:
        return WITHDRAWN
    if change.notice.order.cancelled_at:
        return CANCELLED
    return None if change.consented_at else refusal("这项变动还没有销售同意", "Sales has not consented to this change", clause="D8")
