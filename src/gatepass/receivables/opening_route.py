"""How a list of opening balances is approved: by another person of finance than prepared it, all of it in one act (D17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.customers.models import Customer
from gatepass.journal.door import Case
from gatepass.journal.reading import run
from gatepass.journal.rows import find, rows, update
from gatepass.money import figure
from gatepass.receivables import sql
from gatepass.receivables.events import BalanceOpened, OpeningReturned
from gatepass.receivables.models import Account, Opening, OpeningList, PostingKind
from gatepass.receivables.posting import Movement, customers, post_all
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, refusal
from gatepass.words import Text, same

OWED = Text("欠 {sum}", "owes {sum}")
CREDIT = Text("余 {sum}", "has {sum} in credit")


def _opening(case: Case, uid: UUID) -> Subject:
    run(sql.LOCK_CUT_OVER, {})
    row = find(OpeningList, lock=True, uid=uid)
    if row is None:
        raise NotFound("opening")
    rows(Customer, lock=True, uid=[one.customer for one in _lines(row)])
    over = row.booked_at or row.returned_at
    return Subject(uid=uid, row=row, reasons=[refusal("这份期初余额已经办完", "These opening balances are settled") if over else None])


def _lines(row: OpeningList) -> list[Opening]:
    return rows(Opening, list_id=row.pk)


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY)


def _said(sight: Sight, data: Data) -> list[Line]:
    sees = sight.may(Power.SEE_MONEY)
    sums = [("owed_fen", Text("欠款合计", "owed, together")), ("credit_fen", Text("余款合计", "in credit, together"))]
    return [
        Line("count", Text("客户数", "customers"), same(str(len(data["lines"])))),
        *(Line(name, text, same(figure(int(data[name]))) if sees else None) for name, text in sums),
        *(_line(one, sees=sees) for one in data["lines"]),
    ]


def _line(one: Data, *, sees: bool) -> Line:
    fen = int(one["fen"])
    sum_said = (OWED if fen > 0 else CREDIT).fill(sum=figure(abs(fen)))
    said = Text("{sum}，{label}", "{sum}, {label}").fill(sum=sum_said, label=str(one["label"]))
    return Line(str(one["customer"]), same(f"{one['code']} {one['name']}"), said if sees else None)


def _headline(sight: Sight, data: Data) -> Text:
    said = data["lines"]
    if len(said) == 1:
        return Text("{customer}：期初余额", "{customer}: opening balance").fill(customer=str(said[0]["name"]))
    return Text("{n} 个客户的期初余额", "opening balances of {n} customers").fill(n=len(said))


def _signed(case: Case, given: Given) -> Sequence[Event]:
    row: OpeningList = given.subject.row
    return [BalanceOpened(customer=one.customer, fen=one.fen, opening=row.uid, approver=given.person) for one in _lines(row)]


def _book(case: Case, given: Given) -> None:
    row: OpeningList = given.subject.row
    post_all(case, [_movement(one) for one in _lines(row)])
    update(row, booked_at=case.at)


def _movement(one: Opening) -> Movement:
    """Posted now; among debts it counts from the day of its paper."""
    aged = datetime.combine(one.day, time(), ZoneInfo(settings.TIME_ZONE)) if one.day else None
    return customers(
        one.customer, one.fen, Account.OPENING, kind=PostingKind.OPENING, document_kind="opening", document=one.uid, label=one.label, aged=aged
    )


def _returned(case: Case, given: Given) -> Sequence[Event]:
    row: OpeningList = given.subject.row
    return [OpeningReturned(opening=row.uid, customers=tuple(one.customer for one in _lines(row)))]


def _not_booked(case: Case, given: Given) -> None:
    row: OpeningList = given.subject.row
    update(row, returned_at=case.at)
    for one in _lines(row):
        update(one, off_at=case.at)


OPENING: Final = route(
    code="opening", kind="opening", title=Text("期初余额", "opening balances"), article="D17",
    steps=(
        Step(code="second", power=Power.APPROVE_FINANCE, text=Text("财务第二人", "a second person of finance"), position=Position.FINANCE_MANAGER),
    ),
    subject=_opening, sees=_sees, said=_said, headline=_headline, page="/openings/", signed=_signed, returned=_returned, then=_book,
    sent_back=_not_booked,
)  # fmt: skip
