"""My desk (A17): what I must do by what runs out first, what I wait for, and what those below me left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from gatepass.enforcement.queries.desk import Counts, Desk, desk
from gatepass.enforcement.queries.duties import Duty
from gatepass.journal.door import COMMANDS
from gatepass.look.moments import here
from gatepass.roles import Sight
from gatepass.words import Text
from gatepass.workcalendar.queries import current
from gatepass.workdays import duration

PAGES: Final = {
    "approve_notice": "/notices/{subject}/",
    "answer_account_check": "/receipts/?shows=checks",
    "issue_notice": "/orders/{order}/",
    "hand_over_demand": "/production/hand-over/{order}/",
    "hand_over_plan": "/do/hand_over_plan/?day={document}",
    "report_ready": "/production/",
    "sign_as_carrier": "/drive/",
}
VERBS: Final = {
    "answer_account_check": Text("核账", "Check"),
    "approve_notice": Text("审批", "Approve"),
    "record_contact": Text("记录联系", "Record contact"),
    "notify_payment": Text("通知汇款", "Tell to remit"),
    "hand_over_demand": Text("交生产", "Hand over"),
    "issue_notice": Text("安排发货", "Ship"),
    "answer_doubt": Text("答复", "Answer"),
    "consent_change": Text("同意变动", "Consent"),
    "tell_change": Text("告知客户", "Tell"),
    "tell_customer": Text("告知客户", "Tell"),
    "hand_in_waybill": Text("收单", "Receive"),
    "hand_over_plan": Text("交计划", "Hand over"),
    "take_up_shortage": Text("沟通", "Talk"),
    "relay_change": Text("转告", "Relay"),
    "countersign_change": Text("补签", "Countersign"),
    "confirm_verbal_consent": Text("补认", "Confirm"),
    "hand_over_copies": Text("交联", "Hand over"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, as look/todo_row.html draws them."""

    title: Text
    rows: list[dict[str, Any]]
    note: Text | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class MyDesk:
    counts: Counts
    sections: list[Section]
    closes_in: Text | None
    empty: bool


def desk_of(sight: Sight, at: datetime) -> MyDesk:
    """Everything the desk shows, from three statements of enforcement and the calendar."""
    found = desk(sight, at=at)
    calendar = current()
    midnight = calendar.midnight_after(calendar.local(at).date())
    sections = [section for section in _sections(found, sight, midnight) if section.rows]
    if sections and sections[0].rows:
        sections[0].rows[0]["selected"] = True
    return MyDesk(found.counts, sections, _closes_in(at), not found.mine)


def _sections(found: Desk, sight: Sight, midnight: datetime) -> list[Section]:
    mine = [row(duties, sight) for duties in together(found.mine)]
    return [
        Section(Text("已超时", "Overdue"), [one for one in mine if one["overdue"]]),
        Section(Text("今天", "Today"), [one for one in mine if not one["overdue"] and one["due"] <= midnight]),
        Section(Text("以后", "Later"), [one for one in mine if one["due"] > midnight], folded=True),
        Section(
            Text("等别人", "Waiting for others"), [waiting_row(duty) for duty in found.waiting[:40]],
            Text("到期自动上报，不必盯着", "Escalated by itself when it runs out"),
        ),
        Section(Text("下属没办完的", "Left open by your people"), [waiting_row(duty) for duty in found.left_open[:40]]),
    ]  # fmt: skip


def href_of(duty: Duty) -> str:
    """Where the one action of a duty is done: a page of its own, or the command's form with what it is about filled in."""
    if duty.act in PAGES:
        return PAGES[duty.act].format(subject=duty.subject, order=duty.order, document=duty.document)
    command = COMMANDS.get(duty.act)
    if command is None:
        return f"/orders/{duty.order}/" if duty.order else "/"
    names = {field.name for field in command.declaration.fields}
    given = {"order": duty.order, "customer": duty.customer, duty.kind: duty.subject}
    return f"/do/{duty.act}/?{urlencode({name: str(value) for name, value in given.items() if name in names and value})}"


def together(duties: Iterable[Duty]) -> list[list[Duty]]:
    """Duties that one and the same action fulfils are one row, with the first to run out in front."""
    found: dict[tuple[str, UUID], list[Duty]] = {}
    for duty in duties:
        found.setdefault((duty.act or str(duty.uid), duty.order if duty.kind == "order" and duty.order else duty.subject), []).append(duty)
    return list(found.values())


def row(duties: list[Duty], sight: Sight) -> dict[str, Any]:
    """Duties of mine that one action fulfils, with its verb and all their clauses."""
    duty = duties[0]
    command = COMMANDS.get(duty.act)
    may = command is not None and (command.may is None or sight.may(command.may))
    verb = VERBS.get(duty.act) or (command.title if command else Text("去办", "Do it"))
    clauses = list(dict.fromkeys(one.article for one in duties))
    return _base(duty) | {"clause": clauses, "verb": verb, "href": href_of(duty) if may else (f"/orders/{duty.order}/" if duty.order else "")}


def waiting_row(duty: Duty) -> dict[str, Any]:
    """A duty of somebody else: remind him."""
    reminded = Text("已提醒", "Reminded") if duty.reminded_at else Text("提醒", "Remind")
    return _base(duty) | {"verb": reminded, "href": f"/do/remind/?obligation={duty.uid}"}


def _base(duty: Duty) -> dict[str, Any]:
    document = duty.document or duty.order_number
    return {
        "due": duty.due, "opened": duty.opened_at, "provisional": duty.provisional, "label": None, "explain_url": duty.explain_url,
        "clause": duty.article, "what": duty.what, "overdue": duty.overdue,
        "why": Text("{at} 起算", "since {at}").fill(at=here(duty.opened_at).strftime("%m-%d %H:%M")), "who": duty.customer_name or document,
        "who_sub": document if duty.customer_name else "", "whose": duty.whose, "selected": False,
    }  # fmt: skip


def _closes_in(at: datetime) -> Text | None:
    calendar = current()
    today = calendar.local(at).date()
    if not calendar.is_working(today) or not calendar.opens(today) <= at < calendar.closes(today):
        return None
    return duration(calendar.closes(today) - at)
