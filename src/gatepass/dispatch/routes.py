"""What of shipping is signed, and by whom: the approvals of a notice (D6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.routes import Given, Step, Subject, route
from gatepass.dispatch import bound, papers, scope
from gatepass.dispatch.events import ApprovalRefused, NoticeApproved, NoticeEffective
from gatepass.dispatch.models import Notice, Side
from gatepass.dispatch.standing import gone
from gatepass.journal.door import Case
from gatepass.journal.rows import update
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.words import Text
from gatepass.workdays import office_hours


def _notice(case: Case, uid: UUID) -> Subject:
    found = scope.lock_notice(case.actor, uid, with_order=True)
    return Subject(uid=uid, row=found, reasons=[gone(found)])


def _sees_notice(sight: Sight, uid: UUID) -> bool:
    return scope.notices(sight).filter(uid=uid).exists()


def _approved(case: Case, given: Given) -> Sequence[Event]:
    notice: Notice = given.subject.row
    order, customer = notice.order.uid, notice.order.customer.uid
    approved = NoticeApproved(
        notice=notice.uid, order=order, customer=customer, version=given.version, digest=given.digest, side=given.step.code,
        approver=given.person, represented=given.represented,
    )  # fmt: skip
    effective = NoticeEffective(notice=notice.uid, order=order, customer=customer, version=given.version)
    return [approved, effective] if given.last else [approved]


def _returned(case: Case, given: Given) -> Sequence[Event]:
    notice: Notice = given.subject.row
    return [
        ApprovalRefused(
            notice=notice.uid, order=notice.order.uid, customer=notice.order.customer.uid, version=given.version, side=given.step.code
        )
    ]


def _effective(case: Case, given: Given) -> None:
    """With the second approval the notice is effective: the warehouse knows of it and has its pick list."""
    notice: Notice = given.subject.row
    if given.last:
        update(notice, effective_at=case.at, handed_over_at=notice.handed_over_at or case.at)
        papers.keep_pick_list(case, notice)


NOTICE: Final = route(
    code="notice", kind="notice", title=Text("发货通知单", "shipping notice"), article="D6", by_clause=True, anew="change_notice",
    steps=(
        Step(code=Side.FINANCE.value, power=Power.APPROVE_FINANCE, text=Side.FINANCE.text, position=Position.RECEIVABLES, within=office_hours(4)),
        Step(code=Side.SALES.value, power=Power.APPROVE_SALES, text=Side.SALES.text, position=Position.SALES_MANAGER, within=office_hours(4)),
    ),
    subject=_notice, sees=_sees_notice, said=bound.lines, headline=bound.headline, beside=bound.beside, page="/notices/{subject}/",
    signed=_approved, returned=_returned, then=_effective,
)  # fmt: skip
