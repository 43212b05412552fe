"""The story of an order: what happened from call to gate, how terms were kept, what is open now and what is still to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gatepass.desks import sql
from gatepass.desks.details import names_a_moment
from gatepass.desks.telling import HIDDEN, tell
from gatepass.enforcement import law as law_of
from gatepass.enforcement.queries import Duty, Kept, duties_of_order
from gatepass.journal.models import Entry
from gatepass.journal.reading import all_of
from gatepass.look.countdowns import level
from gatepass.look.moments import here
from gatepass.orders.queries import OrderPage
from gatepass.people.visits import names_of
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM, Sight
from gatepass.rules.clauses import Owes
from gatepass.rules.judging import term_of
from gatepass.words import Text, same
from gatepass.workdays import left

COMING = ("D1.2", "D2.2", "D3.2", "D4.1", "D4.3", "D11.1", "D5.1")
"""The sentences that every order passes, in their order; what has not happened yet is shown as still to come."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story, as look/story.html draws it."""

    kind: str
    at: date | datetime | None = None
    what: Text | str = ""
    by: Text | str = ""
    verdict: Text | None = None
    kept: bool = False
    broken: bool = False
    clause: Sequence[str] = ()
    level: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """`open`: what is owed now, by what runs out first; `broken`: how many terms were not kept."""

    lines: tuple[Line, ...]
    open: tuple[Duty, ...]
    broken: int


@dataclass(slots=True)
class _Act:
    """The entries of one command, with the duties that they closed and the articles under which they opened others."""

    entries: list[Entry] = field(default_factory=list)
    closed: list[Kept] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


def story(sight: Sight, page: OrderPage, at: datetime) -> Story:
    """An order that this viewer sees, told. A constant number of statements."""
    uid = page.row.uid
    entries = all_of(Entry, sql.ENTRIES, {"order": uid})
    owed = duties_of_order(sight, uid, at=at)
    opened, kept, begun = owed.open, owed.kept, owed.begun
    names = names_of({one for entry in entries for one in (entry.by, entry.acting_for) if one})
    told = [line for act in _acts(entries, kept, begun) for line in _tell(act, names, page)]
    coming = [] if page.row.cancelled_at else list(_coming({clause for _, clause in begun}, at))
    lines = [*_with_days(told, at)]
    if opened or coming:
        lines += [Line("now", at), *(_open_line(one, at) for one in opened), *coming]
    return Story(tuple(lines), opened, sum(one.broken for one in kept) + sum(one.overdue for one in opened))


def _acts(entries: Iterable[Entry], kept: Iterable[Kept], begun: Iterable[tuple[UUID, str]]) -> list[_Act]:
    acts: dict[UUID, _Act] = {}
    act_of: dict[UUID, _Act] = {}
    for entry in entries:
        act = acts.setdefault(entry.act, _Act())
        act.entries.append(entry)
        act_of[entry.uid] = act
    for one in kept:
        if one.entry in act_of and one.how in ("kept", "late"):
            act_of[one.entry].closed.append(one)
    for opener, clause in begun:
        if opener in act_of:
            act_of[opener].opened.append(clause.split(".", maxsplit=1)[0])
    return list(acts.values())


def _tell(act: _Act, names: dict[UUID, str], page: OrderPage) -> Iterable[Line]:
    codes = {entry.event for entry in act.entries}
    for entry in act.entries:
        if entry.event in HIDDEN or (entry.event == "order.allocated" and "order.sent" in codes):
            continue
        void = entry.event == "order.sent" and UUID(entry.payload["composition"]) != page.composition
        said = tell(entry.event, entry.payload | {"allocated": "order.allocated" in codes}, money=page.money)
        clauses = tuple(dict.fromkeys([one.article for one in act.closed] or act.opened))
        told = next((one for one in act.closed if one.how != "kept"), act.closed[0] if act.closed else None)  # a breach before what was kept
        verdict = _verdict(told) if told else None
        kept = all(one.how == "kept" for one in act.closed)
        kind = "void" if void else "fact"
        yield Line(kind, entry.at, said, _by(entry, names), verdict, kept and bool(act.closed), not kept, clauses)
        act.closed, act.opened = [], []


def _verdict(told: Kept) -> Text:
    said = Text("{used}，限{allowed}", "{used}, by {allowed}") if names_a_moment(told.allowed) else Text("{used} / {allowed}", "{used} of {allowed}")
    return said.fill(used=told.used, allowed=told.allowed)


def _by(entry: Entry, names: dict[UUID, str]) -> Text:
    if entry.by == SYSTEM.person:
        return (
            Text("客户，签收链接", "the customer, by the signed link")
            if entry.command in ("answer_link", "open_link")
            else Text("放行", "Gatepass")
        )
    name = names.get(entry.by, "")
    if entry.acting_for is None:
        return same(name)
    return Text("{name}（代{other}）", "{name} (for {other})").fill(name=name, other=names.get(entry.acting_for, ""))


def _open_line(one: Duty, at: datetime) -> Line:
    verdict = left(at, one.due)
    said = verdict if one.overdue else Text("剩 {left}", "{left} left").fill(left=verdict)
    pressing = level(one.due, one.opened_at, at)
    return Line("open", None, one.what, one.whose, said, clause=(one.article,), level="" if pressing == "calm" else pressing)


def _coming(begun: set[str], at: datetime) -> Iterable[Line]:
    """The sentences that have not begun for this order: what, by whom, within which term of today's law."""
    law = law_of.current(at)
    known = {clause.number: clause for clause in rulebook.every_clause() if law.in_force(clause, at)}
    for number in COMING:
        clause = known.get(number)
        if clause is None or number in begun or not isinstance(clause.says, Owes):
            continue
        who = law.holder(clause, at)
        holder = who.text if who else Text("承运人", "the carrier")
        yield Line("wait", None, clause.says.what, holder, term_of(clause, clause.says, law, at).text, clause=(clause.article,))


def _with_days(lines: Iterable[Line], at: datetime) -> Iterable[Line]:
    days: defaultdict[date, list[Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line.at, datetime):
            days[_day(line.at)].append(line)
    for day, found in days.items():
        yield Line("day", day, today=day == _day(at))
        yield from found


def _day(at: datetime) -> date:
    local = here(at)
    return local.date() if isinstance(local, datetime) else local
