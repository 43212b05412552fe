"""My desk (A17): what I must do by what runs out first, what I wait for, and what those below me left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from gatepass.desks import following_up, signing, sql
from gatepass.desks.details import Known, beside, known, why
from gatepass.enforcement.queries.department import department, positions_of_department
from gatepass.enforcement.queries.desk import Desk, desk
from gatepass.enforcement.queries.duties import Duty
from gatepass.identity import new_id
from gatepass.journal.door import COMMANDS
from gatepass.journal.prepared import prepared
from gatepass.look.addresses import address_of
from gatepass.look.moments import ending, here, stamp
from gatepass.roles import Power, Sight
from gatepass.words import Text, same
from gatepass.workcalendar.queries import calendar_of
from gatepass.workdays import Calendar, duration, office_hours

PAGES: Final = {
    "send_order": "/orders/{order}/send/",
    "issue_notice": "/orders/{order}/",
    "hand_over_demand": "/production/hand-over/{order}/",
    "hand_over_plan": "/do/hand_over_plan/?day={document}",
    "report_ready": "/production/",
    "sign_as_carrier": "/drive/",
}
VERBS: Final = {
    "answer_account_check": Text("核账", "Check"),
    "sign": Text("审批", "Sign"),
    "record_contact": Text("记录联系", "Record contact"),
    "send_order": Text("改好重发", "Send again"),
    "notify_payment": Text("通知汇款", "Tell to remit"),
    "hand_over_demand": Text("交生产", "Hand over"),
    "issue_notice": Text("安排发货", "Ship"),
    "answer_doubt": Text("答复", "Answer"),
    "tell_change": Text("告知客户", "Tell"),
    "tell_customer": Text("告知客户", "Tell"),
    "hand_in_waybill": Text("收单", "Receive"),
    "hand_over_plan": Text("交计划", "Hand over"),
    "take_up_shortage": Text("沟通", "Talk"),
    "relay_change": Text("转告", "Relay"),
    "confirm_word": Text("补认", "Confirm"),
    "hand_over_copies": Text("交联", "Hand over"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, as look/todo_row.html draws them.

    count: also of rows that are left out until they are asked for; folded: opened by hand, its rows then come from `href`; page: where all of
    them stand.
    """

    title: Text
    rows: list[dict[str, Any]]
    count: int
    note: Text | None = None
    folded: bool = False
    href: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the desk: what is mine, what I do for somebody, what the others of the department have."""

    key: str
    text: Text
    current: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """Until when something is of today, and until when it is urgent; the same while the office is open."""

    midnight: datetime
    urgent: datetime


@dataclass(frozen=True, slots=True)
class MyDesk:
    """total, overdue: of the tab that is shown; own: of my own duties, where that was asked for."""

    total: int
    overdue: int
    own: int | None
    sections: list[Section]
    tabs: list[Tab]
    closes_in: Text | None
    superior: Text
    empty: bool
    of_department: bool


def desk_of(sight: Sight, at: datetime, shows: str = "mine", *, later: bool = False) -> MyDesk:
    """Everything the desk shows, from enforcement's statements, the calendar, and what the rows are about.

    later: with the rows that fall due after today, which are counted only until somebody opens them.
    """
    represented = represents(sight, at)
    tabs = _tabs(sight, represented, shows)
    key = next(tab.key for tab in tabs if tab.current)
    calendar = calendar_of(sight)
    ends = _ends(calendar, at)
    if key == "department":
        duties = department(sight, at=at)
        split = _by_time([[duty] for duty in duties], ends, key, later=later)
        sections = _of_department(split, known(sight, _shown(split)))
        overdue, total = sum(one.overdue for one in duties), len(duties)
    else:
        found = desk(sight, at=at)
        signed = signing.signing(sight, found.mine, at)
        own_total = found.counts.mine - signed.gone + signed.total
        mine = signed.mine if key == "mine" else _for(signed.mine, sight, key)
        total, overdue = (own_total if key == "mine" else len(mine)), sum(one.overdue for one in mine)
        others = found if key == "mine" else None
        sections = _sections(_by_time(together(mine), ends, key, later=later), others, sight, signed if key == "mine" else None)
        money = following_up.follow_ups(sight, at) if key == "mine" else []
        sections.insert(-3, Section(Text("款要跟的", "Money to follow up"), following_up.rows(money), len(money)))
        total, own_total = total + len(money), own_total + len(money)
    sections = [section for section in sections if section.count]
    if sections and sections[0].rows:
        sections[0].rows[0]["selected"] = True
    above = {row["superior"] for section in sections[:3] for row in section.rows} - {same(""), same(sight.name)}
    superior = above.pop() if len(above) == 1 else Text("上级", "your superior") if above else same("")
    own = None if key == "department" else own_total
    return MyDesk(total, overdue, own, sections, tabs, _closes_in(calendar, at), superior, not total, key == "department")


def represents(sight: Sight, at: datetime) -> dict[str, str]:
    """For whom this person stands in now: name by id as text."""
    with prepared() as cursor:
        cursor.execute(sql.REPRESENTED, {"person": sight.person, "at": at})
        return {str(uid): name for uid, name in cursor.fetchall()}


def _tabs(sight: Sight, represented: dict[str, str], shows: str) -> list[Tab]:
    made = [("mine", Text("我的", "Mine")), *((uid, Text("代{name}", "For {name}").fill(name=name)) for uid, name in represented.items())]
    if positions_of_department(sight) - sight.positions:
        made.append(("department", Text("部门", "Department")))
    chosen = shows if shows in {key for key, _ in made} else "mine"
    return [Tab(key, text, key == chosen) for key, text in made]


def _for(duties: Iterable[Duty], sight: Sight, represented: str) -> tuple[Duty, ...]:
    """Those of the duties that are done for this person."""
    return tuple(
        duty for duty in duties if any(one.person == sight.person and str(one.instead_of) == represented for one in duty.people)
    )


def _sections(mine: Sequence[_Due], found: Desk | None, sight: Sight, signed: signing.Signing | None) -> list[Section]:
    """Mine by what runs out first, and what I am to sign under no clock; on the whole desk also what I wait for and what those below left open."""
    waiting, left_open = (found.waiting[:40], found.left_open[:40]) if found else ((), ())
    about = known(sight, [*_shown(mine), *waiting, *left_open])
    return [
        *(one.section([row(same_act, sight, about) for same_act in one.shown]) for one in mine[:-1]),
        Section(Text("等您签", "To sign"), signing.rows(signed, sight) if signed else [], signed.total if signed else 0, page="/approvals/"),
        *(one.section([row(same_act, sight, about) for same_act in one.shown]) for one in mine[-1:]),
        Section(
            Text("等别人", "Waiting for others"), [waiting_row(duty, about) for duty in waiting], len(waiting),
            Text("到期自动上报，不必盯着", "Escalated by itself when it runs out"),
        ),
        Section(Text("下属没办完的", "Left open by your people"), [waiting_row(duty, about) for duty in left_open], len(left_open)),
    ]  # fmt: skip


def _of_department(duties: Sequence[_Due], about: Known) -> list[Section]:
    return [one.section([waiting_row(duty, about) for same_act in one.shown for duty in same_act]) for one in duties]


@dataclass(frozen=True, slots=True)
class _Due:
    """The duties under one heading of time, those of one action together; `asked`: whether their rows are wanted."""

    title: Text
    groups: list[list[Duty]]
    note: Text | None = None
    folded: bool = False
    asked: bool = True
    href: str = ""

    @property
    def shown(self) -> list[list[Duty]]:
        return self.groups if self.asked else []

    def section(self, rows: list[dict[str, Any]]) -> Section:
        return Section(self.title, rows, len(self.groups), self.note, folded=self.folded, href=self.href)


def _by_time(groups: list[list[Duty]], ends: Ends, tab: str, *, later: bool) -> list[_Due]:
    """What is due later is drawn when it is asked for, or when there is nothing else to do."""
    href = "/?" + urlencode({"shows": tab, "later": 1})
    asked = later or not groups or groups[0][0].due > ends.urgent
    urgent = [one for one in groups if ends.midnight < one[0].due <= ends.urgent]
    return [
        _Due(Text("已超时", "Overdue"), [one for one in groups if one[0].overdue]),
        _Due(Text("今天", "Today"), [one for one in groups if not one[0].overdue and one[0].due <= ends.midnight]),
        _Due(Text("急件，下班后也办", "Urgent, also after hours"), urgent, Text("一上班就到期", "due as the office opens")),
        _Due(Text("以后", "Later"), [one for one in groups if one[0].due > ends.urgent], folded=True, asked=asked, href=href),
    ]


def _shown(headings: Iterable[_Due]) -> list[Duty]:
    return [duty for one in headings for same_act in one.shown for duty in same_act]


def _ends(calendar: Calendar, at: datetime) -> Ends:
    """While the office is closed, what falls due in its first hour is urgent already."""
    today = calendar.local(at).date()
    midnight = calendar.midnight_after(today)
    if calendar.in_office_hours(at) or (calendar.is_working(today) and at < calendar.closes(today)):
        return Ends(midnight, midnight)
    return Ends(midnight, max(midnight, office_hours(1).due(at, calendar).due))


def href_of(duty: Duty) -> str:
    """Where the one action of a duty is done: a page of its own, or the command's form with what it is about filled in."""
    if duty.signs:
        return signing.address(duty)
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
        about = duty.order if duty.kind == "order" and duty.order else duty.subject
        found.setdefault((duty.signs or duty.act or str(duty.uid), about), []).append(duty)
    return list(found.values())


def row(duties: list[Duty], sight: Sight, about: Known) -> dict[str, Any]:
    """Duties of mine that one action fulfils, with its verb and all their clauses."""
    duty = duties[0]
    command = COMMANDS.get(duty.act)
    may = command is not None and (command.may is None or sight.may(command.may))
    verb = (VERBS.get(duty.act) or command.title) if command and may else Text("查看", "See")
    clauses = list(dict.fromkeys(one.article for one in duties))
    address = href_of(duty) if may else _to_see(duty, sight)
    return _base(duty, about) | {"clause": clauses, "verb": verb, "href": address, "whose": _mine(duty, sight)}


def _mine(duty: Duty, sight: Sight) -> Text:
    """`您` where nobody else can do it, with whom it is done for; a position that several hold by its name."""
    if [one.person for one in duty.people] != [sight.person]:
        return duty.whose
    other = duty.people[0].instead_of_name
    return Text("您（代{name}）", "you (for {name})").fill(name=other) if other else Text("您", "you")


def _to_see(duty: Duty, sight: Sight) -> str:
    """Where he sees what he owes and another records: the order, or a carrier's own waybill."""
    if duty.order and sight.may(Power.SEE_ORDERS):
        return f"/orders/{duty.order}/"
    return address_of(duty.kind, duty.subject) if sight.carrier and duty.kind == "waybill" else ""


def waiting_row(duty: Duty, about: Known) -> dict[str, Any]:
    """A duty of somebody else: remind him, with one press and in place."""
    reminded = Text("已提醒 {at}", "Reminded {at}").fill(at=f"{here(duty.reminded_at):%H:%M}") if duty.reminded_at else Text("提醒", "Remind")
    return _base(duty, about) | {"verb": reminded, "href": f"/enforcement/duties/{duty.uid}/remind", "remind": True, "key": new_id()}


def _base(duty: Duty, about: Known) -> dict[str, Any]:
    return {
        "due": duty.due, "opened": duty.opened_at, "provisional": duty.provisional, "label": None, "explain_url": duty.explain_url,
        "clause": duty.article, "what": duty.what, "overdue": duty.overdue, "why": why(duty, about), "parts": _parts(duty),
        "who": duty.customer_name or duty.document or duty.order_number, "who_sub": beside(duty, about), "whose": duty.whose,
        "superior": duty.superior, "note": f"/orders/{duty.order}/#note" if duty.order else "", "selected": False,
    }  # fmt: skip


def _parts(duty: Duty) -> list[tuple[Text, Text]]:
    """The arithmetic of the row in focus: start, term, due, and whom it goes to when it runs out."""
    parts = [
        (Text("起算", "from"), _stamp(duty.opened_at)),
        (Text("限", "term"), duty.allowed),
        (Text("到期", "due"), _until(duty.due)),
    ]
    if duty.superior.zh:
        parts.append((Text("超时上报", "then to"), duty.superior))
    return [(word, value) for word, value in parts if value.zh]


def _stamp(at: datetime) -> Text:
    return Text(stamp(at, "zh"), stamp(at, "en"))


def _until(at: datetime) -> Text:
    return Text(ending(at, "zh"), ending(at, "en"))


def _closes_in(calendar: Calendar, at: datetime) -> Text | None:
    today = calendar.local(at).date()
    if not calendar.is_working(today) or not calendar.opens(today) <= at < calendar.closes(today):
        return None
    return duration(calendar.closes(today) - at)
