"""D8: substitutions, shortages and extra quantities need consent, also after hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from uuid import UUID

from gatepass.approvals.facts import Signed
from gatepass.dispatch.events import (
    ChangeApplied,
    ChangeConsented,
    ChangeCountersigned,
    ChangeDeclined,
    ChangeProposed,
    ChangeRelayed,
    ChangeTold,
    ChangeWithdrawn,
    CountersignRefused,
    VerbalConfirmed,
)
from gatepass.dispatch.facts import ConsentState, Uncountersigned
from gatepass.gate.events import AuthorityUsed, GatePassIssued
from gatepass.money import figure
from gatepass.orders.events import OrderCancelled
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Law, Owes, Requires
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.words import Text
from gatepass.workdays import CLOSE, morning_after, office_hours, working_days

SINCE = date(2026, 1, 1)


PAY_OR_SIGN = Text(
    "客户付清加货款（财务记收款即可），或请销售总监签批；客户不要的，撤回变动",
    "Have the customer pay for the extras (finance records the receipt) or the director sign; withdraw what the customer does not want",
)


def no_consent(event: ChangeApplied, facts: Facts, law: Law) -> Iterator[Reason]:
    consent = facts[ConsentState]
    if not consent.consented:
        yield Reason(
            what=Text("这项调换增减还没有销售同意", "Sales has not consented to this change"),
            cure=Text("请销售经理或总监同意", "Ask the sales manager or the director"),
            who=Position.SALES_MANAGER,
            command="sign",
            given={
                "route": "change", "subject": str(event.change), "step": "consent",
                "digest": next((one.digest for one in facts[Signed].of("change")), ""),
            },
        )
    if consent.extra_unpaid_fen > consent.director_signed_fen:
        yield Reason(
            clause="D4",
            what=Text("加货 {fen} 元未付，需要销售总监签批", "{fen} yuan of extra goods are unpaid: the director must sign").fill(
                fen=figure(consent.extra_unpaid_fen - consent.director_signed_fen)
            ),
            without_sums=Text("加货未付款，需要销售总监签批", "The extra goods are unpaid: the director must sign"),
            cure=PAY_OR_SIGN,
            who=Position.SALES_DIRECTOR,
            command="request_unpaid",
            given={"notice": str(event.notice)},
        )


def refused_by_finance(event: GatePassIssued | AuthorityUsed, facts: Facts, law: Law) -> Iterator[Reason]:
    """What finance did not countersign does not leave as it is."""
    for notice, number in facts[Uncountersigned].changes:
        yield Reason(
            what=Text("{number} 批后变动财务不补签", "{number}: finance does not countersign what was changed after approval").fill(number=number),
            cure=Text("改版重新审批，或作废", "Change the notice and have it approved anew, or void it"),
            who=Position.CLIENT_ADMIN,
            command="change_notice",
            given={"notice": str(notice)},
        )


def after_hours(event: Event) -> bool:
    return bool(getattr(event, "after_hours", False))


def to_relay(event: Event) -> bool:
    """What is changed of a notice that the warehouse was never given, it cannot relay."""
    return isinstance(event, ChangeConsented) and event.after_hours and event.handed_over


def verbal(event: Event) -> bool:
    return isinstance(event, ChangeConsented) and event.verbal


def consenter(event: Event) -> tuple[str, UUID] | None:
    """Whose consent it was: he himself owes its confirmation."""
    return ("person", event.consenter) if isinstance(event, ChangeConsented) else None


def _owed(number: str, zh: str, en: str, owes: Owes) -> Clause:
    return Clause(number=number, zh=zh, en=en, since=SINCE, says=owes)


D8 = Article(
    number="D8",
    title=Text("调换品相、增减货量", "Substitutions, shortages, extra quantities"),
    chapter="warehouse",
    clauses=(
        Clause(
            number="D8.1",
            zh="缺货、调换、余位加货，均须销售先同意；加货未付款的，还须总监签批。",
            en="A shortage, a substitution or an extra quantity needs the consent of sales before it is made; unpaid extras also the director's "
            "signature.",
            since=SINCE,
            lasting=True,
            says=Requires(before=(ChangeApplied,), needs=(ConsentState, Signed), breach=no_consent),
        ),
        _owed(
            "D8.2",
            "变动提出后 {within} 内，销售同意或不同意。",
            "Within {within} of being proposed, sales consents to a change or declines it.",
            Owes(
                once=(ChangeProposed,), owes=(ChangeConsented, ChangeDeclined), ends=(ChangeWithdrawn, OrderCancelled), per="change",
                within=office_hours(1), between=(1, 8),
                who=Position.SALES_MANAGER, superior=Position.SALES_DIRECTOR, act="sign", signs="change.consent",
                what=Text("仓库提出变动，同意还是不同意", "The warehouse proposes a change: consent or decline"),
            ),
        ),
        _owed(
            "D8.3",
            "变动由客户内勤（或业务员）在 {within} 内告知客户、取得谅解，并记入计划本。",
            "The client admin (or the salesman) tells the customer within {within}, reaches an understanding, and both "
            "are noted in the plan book.",
            Owes(
                once=(ChangeConsented,), owes=(ChangeTold,), ends=(ChangeDeclined, ChangeWithdrawn, OrderCancelled), per="change",
                within=office_hours(4), between=(1, 24),
                who=Position.CLIENT_ADMIN, superior=Position.SALES_MANAGER, act="tell_change",
                what=Text("变动告知客户，记下结果", "Tell the customer of the change, note the outcome"),
            ),
        ),
        _owed(
            "D8.4",
            "下班后仓库直接请示经理或总监，照其答复办，次日早上 {end} 前转告客户内勤或当值人。",
            "After office hours the warehouse asks the manager or director directly, acts on the answer, and relays it to the client admin or "
            "whoever is on duty by {end} of the next morning.",
            Owes(
                once=(ChangeConsented,), when=to_relay, owes=(ChangeRelayed,), ends=(ChangeWithdrawn, OrderCancelled), per="change",
                within=morning_after(time(9, 30)),
                who=Position.WAREHOUSE, to=Position.CLIENT_ADMIN, superior=Position.SALES_MANAGER, act="relay_change",
                what=Text("昨晚的变动转告客户内勤", "Relay last night's change to the client admin"),
            ),
        ),
        _owed(
            "D8.5",
            "这样的变动保留原审批，注明批后变动，财务在次一工作日上午 {end} 前补签。",
            "Such a change keeps the notice's approvals, shows as changed after approval, and finance countersigns by {end} of the next "
            "working morning.",
            Owes(
                once=(ChangeConsented,), when=after_hours, owes=(ChangeCountersigned, CountersignRefused), ends=(ChangeWithdrawn, OrderCancelled),
                per="change",
                within=morning_after(time(11, 30), working=True),
                who=Position.RECEIVABLES, superior=Position.FINANCE_MANAGER, act="sign", signs="countersign.finance",
                what=Text("下班后的变动，财务补签", "Countersign a change made after hours"),
            ),
        ),
        _owed(
            "D8.6",
            "口头同意的，由同意人本人在 {within} 内（末日 {end} 止）补认。",
            "Whoever consented by word of mouth confirms it in person within {within} (to {end} of the last day).",
            Owes(
                once=(ChangeConsented,), when=verbal, owes=(VerbalConfirmed,), ends=(ChangeWithdrawn, OrderCancelled), per="change",
                within=working_days(1, CLOSE), between=(1, 5),
                who=consenter, superior=Position.HEAD, act="confirm_word", signs="change.consent.word",
                what=Text("补认昨晚口头同意的变动", "Confirm the change you consented to by word of mouth"),
            ),
        ),
        Clause(
            number="D8.7",
            zh="财务不补签的变动，货不得照此出门：改版重新审批，或作废。",
            en="Goods do not leave with a change that finance refuses to countersign: the notice is changed and approved anew, or voided.",
            since=SINCE,
            says=Requires(before=(GatePassIssued, AuthorityUsed), needs=(Uncountersigned,), breach=refused_by_finance),
        ),
    ),
)  # fmt: skip
