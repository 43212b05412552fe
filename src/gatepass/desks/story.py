"""The story of an order: what happened from call to gate, how terms were kept, what is open now and what is still to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from gatepass.desks.telling import HIDDEN, tell
from gatepass.enforcement import law as law_of
from gatepass.enforcement.models import Obligation
from gatepass.journal.models import Entry, Reference
from gatepass.look.countdowns import Level, level
from gatepass.look.moments import here
from gatepass.orders.queries import OrderPage
from gatepass.people.duty import holders
from gatepass.people.visits import names_of
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM, Position, Sight
from gatepass.rules.clauses import Owes
from gatepass.words import Text, same
from gatepass.workdays import duration, left

COMING = ("D1.2", "D2.2", "D3.2", "D4.1", "D4.3", "D11.1", "D5.1")
"""The sentences that every order passes, in their order; what has not happened yet is shown as still to come."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something owed now: by which sentence, by when, by whom."""

    clause: str
    number: str
    what: Text
    act: str
    by: Text
    due: datetime
    opened: datetime
    provisional: bool
    level: Level
    overdue: bool
    left: Text


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
    lines: tuple[Line, ...]
    open: tuple[Open, ...]
    broken: int


@dataclass(slots=True)
class _Act:
    """The entries of one command, with what they closed and opened."""

    entries: list[Entry] = field(default_factory=list)
    closed: list[Obligation] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)


def story(sight: Sight, page: OrderPage, at: datetime) -> Story:
    """An order that this viewer sees, told. A constant number of statements."""
    uid = page.row.uid
    entries = list(Entry.objects.filter(id__in=Reference.objects.filter(kind="order", uid=uid).values("entry_id")).order_by("at", "id"))
    owed = list(Obligation.objects.filter(order=uid).order_by("due_at", "id"))
    acts = _acts(entries, owed)
    names = names_of({one for entry in entries for one in (entry.by, entry.acting_for) if one})
    on_duty = holders(at)
    opened = tuple(_open(row, at, on_duty) for row in owed if row.closed_at is None)
    told = [line for act in acts for line in _tell(act, names, page)]
    finished = page.row.shipped_at is not None or page.row.cancelled_at is not None
    coming = [] if page.row.cancelled_at else list(_coming(owed, at))
    lines = [*_with_days(told, at)]
    if opened or coming or not finished:
        lines += [Line("now", at), *(_open_line(one) for one in opened), *coming]
    broken = sum(row.breached_at is not None or row.closed_how in ("late", "breach") for row in owed)
    return Story(tuple(lines), opened, broken)


def _acts(entries: Iterable[Entry], owed: Iterable[Obligation]) -> list[_Act]:
    acts: dict[UUID, _Act] = {}
    act_of: dict[UUID, UUID] = {}
    for entry in entries:
        acts.setdefault(entry.act, _Act()).entries.append(entry)
        act_of[entry.uid] = entry.act
    for row in owed:
        if row.closed_by in act_of and row.closed_how in ("kept", "late"):
            acts[act_of[row.closed_by]].closed.append(row)
        if row.opened_by in act_of:
            acts[act_of[row.opened_by]].clauses.append(_article(row))
    return list(acts.values())


def _article(row: Obligation) -> str:
    return rulebook.clause(row.clause, row.version).article


def _tell(act: _Act, names: dict[UUID, str], page: OrderPage) -> Iterable[Line]:
    codes = {entry.event for entry in act.entries}
    for entry in act.entries:
        if entry.event in HIDDEN or (entry.event == "order.allocated" and "order.sent" in codes):
            continue
        void = entry.event == "order.sent" and UUID(entry.payload["composition"]) != page.composition
        verdict, kept, clauses = _verdict(act)
        yield Line(
            "void" if void else "fact", entry.at, tell(entry.event, entry.payload | {"allocated": "order.allocated" in codes}, money=page.money), _by(entry, names), verdict, kept,
            verdict is not None and not kept, clauses,
        )  # fmt: skip
        act.closed, act.clauses = [], []


def _verdict(act: _Act) -> tuple[Text | None, bool, Sequence[str]]:
    """Used of allowed for the tightest term that the act closed, whether all were kept, and the clauses at work."""
    clauses = [_article(row) for row in act.closed] or act.clauses
    if not act.closed:
        return None, False, tuple(dict.fromkeys(clauses))
    row = act.closed[0]
    used = duration(max((row.closed_at or row.due_at) - row.started_at, timedelta(0)))
    said = Text("{used} / {allowed}", "{used} of {allowed}").fill(used=used, allowed=_allowed(row))
    return said, all(one.closed_how == "kept" for one in act.closed), tuple(dict.fromkeys(clauses))


def _allowed(row: Obligation) -> Text:
    owes = rulebook.clause(row.clause, row.version).says
    if not isinstance(owes, Owes):
        return same("")
    number = row.parameters.get("within") if isinstance(row.parameters, dict) else None
    term = owes.within.with_number(Decimal(number)) if number and owes.within.number is not None else owes.within
    said: Text = term.text
    return said


def _by(entry: Entry, names: dict[UUID, str]) -> Text:
    if entry.by == SYSTEM.person:
        return Text("客户，签收链接", "the customer, by the signed link") if entry.command in ("answer_link", "open_link") else Text("放行", "Gatepass")
    name = names.get(entry.by, "")
    if entry.acting_for is None:
        return same(name)
    return Text("{name}（代{other}）", "{name} (for {other})").fill(name=name, other=names.get(entry.acting_for, ""))


def _open(row: Obligation, at: datetime, on_duty: dict[Position, list[str]]) -> Open:
    clause = rulebook.clause(row.clause, row.version)
    owes = clause.says if isinstance(clause.says, Owes) else None
    overdue = row.due_at <= at
    what = (owes.overdue if overdue and owes.overdue else owes.what) if owes else same(row.clause)
    return Open(
        clause.article, row.clause, what, owes.act if owes else "", _whose(row, on_duty), row.due_at, row.started_at, row.provisional,
        level(row.due_at, row.started_at, at), overdue, left(at, row.due_at),
    )  # fmt: skip


def _whose(row: Obligation, on_duty: dict[Position, list[str]]) -> Text:
    if not row.holder_position:
        return Text("承运人", "the carrier")
    position = Position(row.holder_position)
    names = on_duty.get(position, [])
    return same(names[0]) if len(names) == 1 else position.text


def _open_line(one: Open) -> Line:
    verdict = one.left if one.overdue else Text("剩 {left}", "{left} left").fill(left=one.left)
    return Line("open", None, one.what, one.by, verdict, clause=(one.clause,), level="" if one.level == "calm" else one.level)


def _coming(owed: Sequence[Obligation], at: datetime) -> Iterable[Line]:
    """The sentences that have not begun for this order: what, by whom, within which term of today's law."""
    begun = {row.clause for row in owed}
    law = law_of.current(at)
    known = {clause.number: clause for clause in rulebook.every_clause()}
    for number in COMING:
        clause = known.get(number)
        if clause is None or number in begun or not isinstance(clause.says, Owes) or not clause.in_force(law.calendar.local(at).date()):
            continue
        term, who = clause.says.within, clause.says.who
        if term.number is not None:
            term = term.with_number(law.value(number, "within", at))
        yield Line("wait", None, clause.says.what, who.text if isinstance(who, Position) else Text("承运人", "the carrier"), term.text, clause=(clause.article,))


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
