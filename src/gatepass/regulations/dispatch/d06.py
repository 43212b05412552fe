"""D6: a shipping notice needs finance and sales, two people, neither of them its writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from gatepass.dispatch.events import ApprovalRefused, NoticeApproved, NoticeChanged, NoticeIssued, NoticeVoided, PickingStarted
from gatepass.dispatch.facts import Approvals
from gatepass.gate.events import AuthorityUsed, GatePassIssued
from gatepass.roles import Position, Power
from gatepass.rules.clauses import Article, Clause, Facts, Law, Owes, Requires
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.transport.events import TripArranged, TripLoaded
from gatepass.words import Text
from gatepass.workdays import office_hours

SINCE = date(2026, 1, 1)
SIDES = (
    ("finance", Text("财务", "finance"), Position.RECEIVABLES),
    ("sales", Text("销售", "sales"), Position.SALES_MANAGER),
)


def unapproved(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    """One reason for each approval that is missing on the present version."""
    for notice in facts[Approvals].notices:
        for side, name, position in SIDES:
            if not getattr(notice, side):
                yield Reason(
                    what=Text(
                        "发货通知单 {number} 第 {version} 版还没有{side}审批", "Notice {number}, version {version}, lacks the approval of {side}"
                    ).fill(number=notice.number, version=notice.version, side=name),
                    cure=Text("请在今日待办里审批这一版", "Have this version approved from the desk"),
                    who=position,
                    command="approve_notice",
                    given={"notice": str(notice.notice), "side": side, "version": str(notice.version)},
                )


def on_side(side: str) -> Callable[[Event], bool]:
    """Whether an approval is this side's; everything else that ends the clock counts."""
    return lambda event: not isinstance(event, NoticeApproved) or event.side == side


def own_or_both(event: NoticeApproved, facts: Facts, law: Law) -> Iterator[Reason]:
    """Facts hold the approvals as they would be with this one."""
    for notice in facts[Approvals].notices:
        if notice.writers & getattr(notice, event.side):
            yield Reason(
                what=Text("制单人不得审批自己写的通知单", "Nobody approves a notice that he wrote"),
                cure=Text("请有审批权的另一位同事审批", "Ask another colleague with the power to approve"),
            )
        if notice.finance & notice.sales:
            yield Reason(
                what=Text("一个人不得两项都批", "One person cannot give both approvals"),
                cure=Text("另一项请别人审批", "Have somebody else give the other"),
            )


D6 = Article(
    number="D6",
    title=Text("发货通知单审批", "Approval of the shipping notice"),
    chapter="payment",
    clauses=(
        Clause(
            number="D6.1",
            zh="发货通知单须财务、销售都审批方为有效，然后才能配货、安排车辆、出门。",
            en="A shipping notice is effective only after finance and sales have both approved it; only then is it picked, put on a vehicle, and "
            "let through the gate.",
            since=SINCE,
            says=Requires(
                before=(PickingStarted, TripArranged, TripLoaded, GatePassIssued, AuthorityUsed),
                needs=(Approvals,),
                breach=unapproved,
                holds=Text("财务、销售都已审批", "Approved by finance and by sales"),
            ),
        ),
        Clause(
            number="D6.2",
            zh="制单人不得审批，一人不得批两项；改动已批的通知单，两项审批作废。",
            en="Nobody approves what he wrote, one person cannot give both approvals, and changing an approved notice voids both.",
            since=SINCE,
            says=Requires(before=(NoticeApproved,), needs=(Approvals,), breach=own_or_both),
        ),
        *(
            Clause(
                number=f"D6.{3 + n}",
                zh="通知单开出或改版后，" + name.zh + "须在 {within} 内审批或退回。",
                en="Within {within} of issue or change, " + name.en + " approves the notice or returns it.",
                since=SINCE,
                says=Owes(
                    once=(NoticeIssued, NoticeChanged),
                    owes=(NoticeApproved, ApprovalRefused),
                    fulfils=on_side(side),
                    ends=(NoticeVoided, NoticeChanged),
                    per="notice",
                    within=office_hours(4),
                    between=(1, 24),
                    who=position,
                    superior=Position.FINANCE_MANAGER if side == "finance" else Position.SALES_DIRECTOR,
                    act="approve_notice",
                    power=Power.APPROVE_FINANCE if side == "finance" else Power.APPROVE_SALES,
                    what=Text("审批发货通知单", "Approve the shipping notice"),
                ),
            )
            for n, (side, name, position) in enumerate(SIDES)
        ),
    ),
)
