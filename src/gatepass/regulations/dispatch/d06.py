"""D6: a shipping notice needs finance and sales, two people, neither of them its writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from gatepass.approvals.facts import Signed
from gatepass.approvals.separation import kept
from gatepass.dispatch.events import ApprovalRefused, NoticeApproved, NoticeChanged, NoticeIssued, NoticeVoided, PickingStarted
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
    for notice in facts[Signed].of("notice"):
        for side, name, position in SIDES:
            if not notice.has(side):
                yield Reason(
                    what=Text(
                        "发货通知单 {number} 第 {version} 版还没有{side}审批", "Notice {number}, version {version}, lacks the approval of {side}"
                    ).fill(number=notice.number, version=notice.version, side=name),
                    cure=Text("请在今日待办里审批这一版", "Have this version approved from the desk"),
                    who=position,
                    command="sign",
                    given={**notice.given, "step": side},
                )


def on_side(side: str) -> Callable[[Event], bool]:
    """Whether an approval is this side's; everything else that ends the clock counts."""
    return lambda event: not isinstance(event, NoticeApproved) or event.side == side


def own_or_both(event: NoticeApproved, facts: Facts, law: Law) -> Iterator[Reason]:
    """Whoever wrote or changed it, or what it stands on, does not approve it, and nobody gives both; for whom he acts counts like himself."""
    people = frozenset(one for one in (event.approver, event.represented) if one)
    for notice in facts[Signed].of("notice"):
        what = Text("发货通知单 {number}", "notice {number}").fill(number=notice.number)
        yield from kept(notice.touched, notice.said, people, event.side, what=what, article="D6", given=notice.given)


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
                needs=(Signed,),
                breach=unapproved,
                holds=Text("财务、销售都已审批", "Approved by finance and by sales"),
            ),
        ),
        Clause(
            number="D6.2",
            zh="写过、改过通知单或其订单的不得审批，定其价格政策、写其客户资料地址而未经别人确认的也不得审批，代谁办的同样算；一人不得批两项；"
            "改动已批的通知单，两项审批作废。",
            en="Whoever wrote or changed the notice or its order does not approve it, nor whoever set its prices and policies or wrote its "
            "customer file and address unless another has confirmed them; for whom one acts counts alike. One person cannot give both approvals, "
            "and changing an approved notice voids both.",
            since=SINCE,
            lasting=True,
            says=Requires(before=(NoticeApproved,), needs=(Signed,), breach=own_or_both),
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
                    act="sign",
                    signs=f"notice.{side}",
                    power=Power.APPROVE_FINANCE if side == "finance" else Power.APPROVE_SALES,
                    what=Text("审批发货通知单", "Approve the shipping notice"),
                ),
            )
            for n, (side, name, position) in enumerate(SIDES)
        ),
    ),
)
