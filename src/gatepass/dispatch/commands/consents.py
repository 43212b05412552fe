"""Consent to a change of goods and what follows from it (D8): customer told, client admin told, finance's countersignature."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from gatepass.dispatch import amending
from gatepass.dispatch.commands.changes import said
from gatepass.dispatch.events import (
    ChangeConsented,
    ChangeCountersigned,
    ChangeDeclined,
    ChangeRelayed,
    ChangeTold,
    ChangeWithdrawn,
    VerbalConfirmed,
)
from gatepass.dispatch.models import Change
from gatepass.dispatch.scope import lock_change
from gatepass.dispatch.standing import gone, needed
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.who import sight_of
from gatepass.orders import plan_book
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text
from gatepass.workcalendar.queries import current

name_fields(verbal=("电话里口头同意", "consented by word of mouth"), understanding=("客户怎么说", "what the customer said"))
OWN: Final = refusal("提出变动的人不能自己同意", "Nobody consents to a change that he proposed", clause="D8")
WITHDRAWN: Final = refusal("这项变动已撤回", "The change was withdrawn", clause="D8")
CANCELLED: Final = refusal("订单已取消", "The order was cancelled")
once("change_consented_by_another", OWN)


@command(may=None, title=Text("同意变动", "Consent to a change"))
def consent_change(
    case: Case,
    *,
    change: Annotated[UUID, Of("change")],
    verbal: bool = False,
    note: str = "",
    consenter: Annotated[UUID | None, Of("person"), Called(Text("谁口头同意的", "who consented by word of mouth"))] = None,
) -> Ref:
    """The manager or director consents himself; or the warehouse or desk records whose word it acts on, and he confirms it later."""
    spoken = verbal and consenter is not None
    powerless = act_with(case, *((Power.PICK, Power.ISSUE_NOTICE, Power.CONSENT_CHANGE) if spoken else (Power.CONSENT_CHANGE,)))
    found = lock_change(case.actor, change, with_order=True)
    whose = consenter if spoken and consenter else case.actor.person
    people = frozenset({whose}) if spoken else case.actor.people()
    late = current().after_hours(case.at)
    notice = found.notice
    case.decide(
        ChangeConsented(
            change=found.uid, notice=notice.uid, order=notice.order.uid, customer=notice.order.customer.uid, kind=found.kind,
            cartons=found.cartons, after_hours=late, verbal=spoken, extra_unpaid_fen=amending.extra_unpaid(found), consenter=whose,
        ),
        reasons=[powerless, gone(notice), _settled(found), OWN if found.proposed_by in people else None, _no_say(whose, spoken)],
    )  # fmt: skip
    found.consented_by, found.consented_at, found.consent_note = whose, case.at, note[:300]
    found.verbal, found.after_hours = spoken, late
    found.save(update_fields=["consented_by", "consented_at", "consent_note", "verbal", "after_hours"])
    name = sight_of(whose, case.at).name
    _note(case, found, "✓ {name} 同意 {note}", "✓ {name} consents {note}", name=name, note=note)
    return Ref("change", found.uid, said(found))


@command(may=Power.CONSENT_CHANGE, title=Text("不同意变动", "Decline a change"))
def decline_change(case: Case, *, change: Annotated[UUID, Of("change")], reason: str) -> Ref:
    found = lock_change(case.actor, change)
    case.decide(ChangeDeclined(**_about(found), reason=reason), reasons=[_settled(found), needed(reason)])
    found.declined_at, found.declined_why = case.at, reason
    found.save(update_fields=["declined_at", "declined_why"])
    _note(case, found, "✗ {name} 不同意：{why}", "✗ {name} declines: {why}", name=case.actor.name, why=reason)
    return Ref("change", found.uid, said(found))


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
    _note(case, found, "{name} 转告 {to}", "{name} told {to}", name=case.actor.name, to=receiver.name)
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
    _note(case, found, "{how}：{said}", "{how}: {said}", how=how, said=understanding)
    return Ref("change", found.uid, said(found))


@command(may=Power.APPROVE_FINANCE, title=Text("财务补签", "Countersign for finance"))
def countersign_change(case: Case, *, change: Annotated[UUID, Of("change")]) -> Ref:
    """Finance signs for what was changed after hours under its approval. Not by whom proposed it or consented to it."""
    found = lock_change(case.actor, change)
    mine = {found.proposed_by, found.consented_by} & case.actor.people()
    case.decide(
        ChangeCountersigned(**_about(found)),
        reasons=[
            _unconsented(found),
            None
            if found.after_hours
            else refusal("上班时间的变动走新版审批，不用补签", "A change in office hours is approved as a new version"),
            refusal("已经补签过了", "It is countersigned already") if found.countersigned_at else None,
            refusal("提出或同意变动的人不能补签", "Not by whom proposed it or consented to it", clause="D6") if mine else None,
        ],
    )
    found.countersigned_by, found.countersigned_at = case.actor.person, case.at
    found.save(update_fields=["countersigned_by", "countersigned_at"])
    _note(case, found, "✓✓ 财务 {name} 补签", "✓✓ countersigned for finance by {name}", name=case.actor.name)
    return Ref("change", found.uid, said(found))


@command(may=Power.CONSENT_CHANGE, title=Text("补认口头同意", "Confirm a verbal consent"))
def confirm_verbal_consent(case: Case, *, change: Annotated[UUID, Of("change")]) -> Ref:
    """Only he whose word it was confirms it, himself."""
    found = lock_change(case.actor, change)
    case.decide(
        VerbalConfirmed(**_about(found)),
        reasons=[
            WITHDRAWN if found.withdrawn_at else None,
            CANCELLED if found.notice.order.cancelled_at else None,
            None if found.verbal else refusal("这项变动不是口头同意的", "This change was not consented to by word of mouth"),
            refusal("已经补认过了", "It is confirmed already") if found.confirmed_own_at else None,
            None
            if found.consented_by == case.actor.person
            else refusal("须由口头同意的本人补认", "Only he whose word it was can confirm it"),
        ],
    )
    found.confirmed_own_at = case.at
    found.save(update_fields=["confirmed_own_at"])
    _note(case, found, "✓ {name} 补认", "✓ confirmed by {name}", name=case.actor.name)
    return Ref("change", found.uid, said(found))


def _note(case: Case, change: Change, zh: str, en: str, **values: str) -> None:
    """A line of the plan book about a change: the change in signs, then what was done about it."""
    done = Text(zh, en).fill(**values)
    text = Text(f"{said(change)} {done.zh}".strip(), f"{said(change)} {done.en}".strip())
    plan_book.note(case, order_id=change.notice.order_id, kind="change", text=text)


def _about(change: Change) -> dict[str, UUID]:
    notice = change.notice
    return {"change": change.uid, "notice": notice.uid, "order": notice.order.uid, "customer": notice.order.customer.uid}


def _settled(change: Change) -> Reason | None:
    if change.withdrawn_at:
        return WITHDRAWN
    if change.consented_at:
        return refusal("已经有人同意了", "Somebody has consented already")
    return refusal("已经答复不同意", "It was declined already") if change.declined_at else None


def _unconsented(change: Change) -> Reason | None:
    if change.withdrawn_at:
        return WITHDRAWN
    if change.notice.order.cancelled_at:
        return CANCELLED
    return None if change.consented_at else refusal("这项变动还没有销售同意", "Sales has not consented to this change", clause="D8")


def _no_say(whose: UUID, spoken: bool) -> Reason | None:
    """The named person must have the power to consent."""
    if not spoken:
        return None
    try:
        able = sight_of(whose).may(Power.CONSENT_CHANGE)
    except NotFound:
        able = False
    return None if able else refusal("只有销售经理或总监能同意", "Only the sales manager or the director can consent", field="consenter")
