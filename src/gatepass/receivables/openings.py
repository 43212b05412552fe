"""Opening balances (D17): prepared by one person of finance, alone or as a list, and approved by another; only until the head ends the cut-over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.approvals.binding import bind, numbered
from gatepass.customers.models import Customer
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.journal.numbers import take_number
from gatepass.journal.reading import run
from gatepass.journal.rows import add, find, rows
from gatepass.money import Money, figure
from gatepass.receivables import labels, sql
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import CutOverEnded, OpeningPrepared
from gatepass.receivables.models import CutOver, Opening, OpeningList
from gatepass.receivables.opening_route import OPENING
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

NO_CUSTOMER = refusal("没有这个客户编码", "There is no customer of this code", field="customer_code")
USED = refusal(
    "期初余额已录过，或正在等审批", "The opening balance was entered already, or waits for its approval", field="amount", clause="D17",
    cure=Text("录错的先冲回，再录", "Reverse a wrong one first, then enter another"),
)  # fmt: skip
ZERO = refusal("余额为零，不用录", "A balance of zero needs no entry", field="amount")
OLDEST: Final = 1990
ENDED: Final = Text(
    "总经理已于 {day} 结束期初建账，不再录期初余额", "The head ended the cut-over on {day}: opening balances are not entered any more"
)
Day = Annotated[date | None, Called(Text("凭证日期（可早于启用日）", "day of the paper (may be older than the founding)"))]
once("one_opening_of_a_customer", USED)
once("receivables_cutover_only_key", refusal("期初建账已结束", "The cut-over has ended already"))


@dataclass(frozen=True)
class BalanceLine:
    """What a customer owed (positive) or had in credit (negative) when the company began with this program."""

    customer_code: Annotated[str, Called(Text("客户编码", "customer code"))]
    amount: Annotated[Money, Called(Text("期初余额（欠为正，余为负）", "opening balance (owed +, credit −)"))]
    day: Day = None
    note: str = ""


@command(may=Power.CHECK_ACCOUNT, title=Text("制期初余额", "Prepare an opening balance"))
def prepare_opening(
    case: Case, *, customer: Annotated[UUID, Of("customer")],
    amount: Annotated[Money, Called(Text("期初余额（欠为正，余为负）", "opening balance (owed +, credit −)"))], day: Day = None, note: str = "",
) -> Ref:  # fmt: skip
    """What a customer owed or had in credit when the company began with this program; it counts once another of finance approves it."""
    run(sql.LOCK_CUT_OVER, {})
    who = lock_customer(customer)
    line = BalanceLine(who.code, amount, day, note)
    return _prepare(case, [(who, line)], [cut_over_ended(), USED if _used([who.uid]) else None, *_wrong(case.at, line)])


@command(may=Power.CHECK_ACCOUNT, title=Text("导入期初余额", "Import opening balances"))
def import_openings(case: Case, *, rows: list[BalanceLine]) -> Ref:
    """A list of opening balances, once for every customer; another of finance approves all of them in one act."""
    run(sql.LOCK_CUT_OVER, {})
    codes = {line.customer_code for line in rows}
    owners = {c.code: c for c in Customer.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("id")}
    found = wrong_openings(dict(enumerate(rows)), case.at)
    good = [] if found else [(owners[line.customer_code], line) for line in rows]
    return _prepare(case, good, in_lines(found))


def wrong_openings(lines: Mapping[int, BalanceLine], at: datetime | None = None) -> Found:
    """What is wrong with each line of a list; at: when it is looked at."""
    owners = dict(Customer.objects.filter(code__in={line.customer_code for line in lines.values()}).values_list("code", "uid"))
    used, ended = _used(owners.values()), cut_over_ended()
    found: Found = []
    for n, line in lines.items():
        unknown = None if line.customer_code in owners else NO_CUSTOMER
        found += of_line(n, [ended, unknown, USED if owners.get(line.customer_code) in used else None, *_wrong(at, line)])
    twice = refusal("这个客户在表里不止一次", "This customer stands twice", field="customer_code")
    found += repeated({n: line.customer_code for n, line in lines.items()}, twice)
    return sorted(found, key=lambda one: one[0])


def _wrong(at: datetime | None, line: BalanceLine) -> Iterable[Reason | None]:
    yield None if line.amount else ZERO
    yield refusal("说明最多 80 字", "The note has at most 80 characters", field="note") if len(line.note) > 80 else None
    if line.day and line.day.year < OLDEST:
        yield refusal("凭证日期太早，请核对年份", "The day of the paper is too long ago: look at the year", field="day")
    if line.day and at and line.day > at.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        yield refusal("凭证日期还没有到", "The day of the paper is in the future", field="day")


def _used(customers: Iterable[UUID]) -> set[UUID]:
    return {one.customer for one in rows(Opening, customer=list(customers), off_at=None)}


def cut_over_ended() -> Reason | None:
    """Why no opening balance is entered any more; nothing while the cut-over goes on."""
    row = find(CutOver)
    if row is None:
        return None
    return Reason(what=ENDED.fill(day=row.ended_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()), clause="D17")


def _label(line: BalanceLine) -> str:
    return line.note or (labels.OPENING_OF.fill(day=line.day.isoformat()).zh if line.day else labels.OPENING.zh)


def _prepare(case: Case, lines: Sequence[tuple[Customer, BalanceLine]], wrong: Sequence[Reason | None]) -> Ref:
    uid = case.new_id()
    sums = {"owed_fen": sum(max(0, line.amount.fen) for _, line in lines), "credit_fen": -sum(min(0, line.amount.fen) for _, line in lines)}
    case.decide(OpeningPrepared(opening=uid, customers=tuple(who.uid for who, _ in lines), **sums), reasons=list(wrong))
    number = take_number("QC", case.at)
    made = OpeningList(
        uid=uid, number=number, prepared_by=case.actor.person, prepared_for=case.actor.acting_for, prepared_at=case.at
    )
    add(made)
    add(*(Opening(list=made, customer=who.uid, fen=line.amount.fen, day=line.day, label=_label(line)) for who, line in lines))
    said = [_bound(who, line) for who, line in lines]
    bind(case, OPENING, uid, number=number, data=numbered(1, {**sums, "lines": said}))
    return Ref("opening", uid, number)


def _bound(who: Customer, line: BalanceLine) -> dict[str, Any]:
    return {
        "customer": str(who.uid), "code": who.code, "name": who.name, "fen": line.amount.fen, "label": _label(line),
        "day": line.day.isoformat() if line.day else "",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sums:
    """What the booked opening balances sum to, both above zero, and how many prepared lists wait."""

    owed: int
    credit: int
    waiting: int


def sums() -> Sums:
    """Of all customers together, reversed ones left out."""
    waits = {one.pk: one.booked_at is None for one in rows(OpeningList) if one.returned_at is None}
    booked = [one.fen for one in rows(Opening, off_at=None) if not waits[one.list_id]]
    return Sums(sum(fen for fen in booked if fen > 0), -sum(fen for fen in booked if fen < 0), sum(waits.values()))


@command(may=Power.DECIDE_AS_HEAD, title=Text("结束期初建账", "End the cut-over"))
def end_cut_over(
    case: Case, *, owed: Annotated[Money, Called(Text("旧账上客户欠款合计", "owed by customers in the old books, together"))],
    credit: Annotated[Money, Called(Text("旧账上客户余款合计", "customers' credit in the old books, together"))],
) -> Ref:  # fmt: skip
    """No opening balance is entered after this. The totals of the old books are typed in, and have to be what was booked here."""
    run(sql.LOCK_CUT_OVER, {})
    now = sums()
    case.decide(
        CutOverEnded(owed_fen=owed.fen, credit_fen=credit.fen),
        reasons=[
            cut_over_ended(),
            _differs(Text("欠款合计", "what is owed"), "owed", owed.fen, now.owed),
            _differs(Text("余款合计", "what is in credit"), "credit", credit.fen, now.credit),
            _waits(now.waiting) if now.waiting else None,
        ],
    )
    made = CutOver(uid=case.new_id(), ended_at=case.at, ended_by=case.actor.person, owed_fen=owed.fen, credit_fen=credit.fen)
    add(made)
    return Ref("cut_over", made.uid, figure(owed.fen))


def _differs(what: Text, field: str, typed: int, booked: int) -> Reason | None:
    if typed == booked:
        return None
    said = Text("{what}：填的是 {typed}，已入账的是 {booked}", "{what}: you typed {typed}, what is booked sums to {booked}")
    return Reason(
        what=said.fill(what=what, typed=figure(typed), booked=figure(booked)), field=field, clause="D17",
        cure=Text("请财务补录或冲回，到两个数相等为止", "Have finance enter or reverse balances until both figures are the same"),
    )  # fmt: skip


def _waits(lists: int) -> Reason:
    what = Text("还有 {n} 份期初余额等审批", "{n} lists of opening balances wait for their approval")
    cure = Text("请财务先签或退回", "Have finance sign them or send them back first")
    return Reason(what=what.fill(n=lists), clause="D17", cure=cure, who=Position.RECEIVABLES, command="sign")

