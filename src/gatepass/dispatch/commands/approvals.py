"""The two approvals of a notice, each bound to the digest of one version."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from gatepass.dispatch import papers
from gatepass.dispatch.commands.notices import gone, needed
from gatepass.dispatch.events import ApprovalRefused, NoticeApproved, NoticeEffective
from gatepass.dispatch.models import Approval, Notice, Return, Side
from gatepass.dispatch.powers import act_with
from gatepass.dispatch.scope import lock_notice
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.rows import add, find, rows, update
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

POWERS: Final = {Side.FINANCE: Power.APPROVE_FINANCE, Side.SALES: Power.APPROVE_SALES}
ALREADY: Final = refusal("这一版这一方已经审批", "This side has approved this version already")
OTHER_VERSION: Final = refusal(
    "通知单已经改版，请看新的一版再批",
    "The notice has a newer version: look at that before approving",
    clause="D6",
    cure=Text("打开新的一版，看清改动", "Open the new version and look at what changed"),
)
RETURNED: Final = refusal(
    "这一版已被退回，等改版或作废",
    "This version was returned: it waits to be changed or voided",
    cure=Text("请制单人改版", "Have its writer change it"),
)
once("one_approval_a_side", ALREADY)
once("two_people_approve", refusal("一个人不得两项都批", "One person cannot give both approvals", clause="D6"))
once("approval_not_by_writer", refusal("制单人不得审批自己写的通知单", "Nobody approves a notice that he wrote", clause="D6"))
once("approval_of_this_version", OTHER_VERSION)
once("one_return_a_version", RETURNED)


@command(may=None, title=Text("审批发货通知单", "Approve a shipping notice"))
def approve_notice(case: Case, *, notice: Annotated[UUID, Of("notice")], side: Side, version: int) -> Ref:
    """Approve exactly this version for one side. With the second side the notice becomes effective."""
    powerless = act_with(case, POWERS[side])
    found = lock_notice(case.actor, notice)
    given = {row.side for row in rows(Approval, notice_id=found.id, version=found.version)}
    order, customer = found.order.uid, found.order.customer.uid
    approved = NoticeApproved(
        notice=found.uid, order=order, customer=customer, version=found.version, digest=found.digest, side=side.value,
        approver=case.actor.person, represented=case.actor.acting_for,
    )  # fmt: skip
    effective = NoticeEffective(notice=found.uid, order=order, customer=customer, version=found.version)
    both = {side.value, *given} == {one.value for one in Side}
    case.decide(
        approved,
        *([effective] if both else []),
        reasons=[powerless, *_not_this(found, version), ALREADY if side.value in given else None],
    )
    add(
        Approval(
            notice=found, version=found.version, side=side.value, person=case.actor.person, represented=case.actor.acting_for,
            digest=found.digest, at=case.at, entry=case.entry,
        )
    )  # fmt: skip
    if both:
        update(found, effective_at=case.at, handed_over_at=found.handed_over_at or case.at)
        papers.keep_pick_list(case, found)
    return Ref("notice", found.uid, found.number)


@command(may=None, title=Text("退回发货通知单", "Return a shipping notice"))
def refuse_approval(case: Case, *, notice: Annotated[UUID, Of("notice")], side: Side, reason: str, version: int | None = None) -> Ref:
    """Send a version back with a reason. It waits to be changed or voided."""
    powerless = act_with(case, POWERS[side])
    found = lock_notice(case.actor, notice)
    effective = refusal("通知单已经生效，要改请改版", "The notice is effective: change it instead")
    case.decide(
        ApprovalRefused(
            notice=found.uid,
            order=found.order.uid,
            customer=found.order.customer.uid,
            version=found.version,
            side=side.value,
            reason=reason,
        ),
        reasons=[powerless, *_not_this(found, version), effective if found.effective_at else None, needed(reason)],
    )
    about = {"notice": found, "version": found.version, "side": side.value}
    add(Return(**about, person=case.actor.person, reason=reason, at=case.at, entry=case.entry))
    return Ref("notice", found.uid, found.number)


def _not_this(notice: Notice, version: int | None) -> list[Reason | None]:
    returned = find(Return, notice_id=notice.id, version=notice.version)
    return [
        gone(notice),
        OTHER_VERSION if version not in (None, notice.version) else None,
        RETURNED if returned else None,
    ]
