"""Taking a booking back (D4, D17): somebody says what and why, a second person of finance signs; what it had covered is owed again.

Receipts, vouchers, opening balances, write-offs and freight credits. The original stays on the account beside what reverses it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID

from gatepass.approvals.binding import bind_next
from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.approvals.separation import Part, Touch
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.rows import add, find, update
from gatepass.journal.stopping import Stopped, Written, stop
from gatepass.money import figure
from gatepass.receivables.clearing_routes import WRITE_OFF_KIND
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import MoneyReversed, ReversalPrepared, ReversalReturned
from gatepass.receivables.models import Clearing, Opening, Receipt, Reversal, Voucher
from gatepass.receivables.taking_in import HEARD
from gatepass.receivables.undoing import Undone, undone
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text, same

once("one_open_reversal", Reason(what=Text("这一笔的冲回正在等另一人签", "Its reversal waits for somebody else's signature already"), clause="D17"))
Why = Annotated[str, Called(Text("为什么冲回", "why it is taken back"))]
Back = Callable[[Case, UUID], None]
BACK: Final[dict[str, Back]] = {}
"""What rooms above do with a document of theirs whose booking was taken back, by its kind."""
NOT_PAID: Final = Text("货款不再到齐", "it is no longer paid for")


@dataclass(frozen=True, slots=True)
class Booked:
    """What is to be taken back: its document, what it is called, what it moved on the customer's account, and who booked it."""

    kind: str
    document: UUID
    customer: UUID
    label: str
    fen: int
    by: tuple[UUID | None, ...]


@command(may=Power.RECORD_RECEIPT, title=Text("冲回收款", "Reverse a receipt"))
def reverse_receipt(case: Case, *, receipt: Annotated[UUID, Of("receipt")], reason: Why) -> Ref:
    """Booked twice, or wrongly: a second person signs, then what it had covered is open again, and what has not left is stopped."""
    row = find(Receipt, uid=receipt)
    if row is None:
        raise NotFound("receipt")
    return prepare(case, Booked("receipt", row.uid, row.customer, row.number, -row.fen, (row.recorded_by,)), reason)


@command(may=Power.CHECK_ACCOUNT, title=Text("冲回费用票据", "Reverse a voucher"))
def reverse_voucher(case: Case, *, voucher: Annotated[UUID, Of("voucher")], reason: Why) -> Ref:
    """A booked voucher that was wrong: a second person signs, then its item is gone and whatever it had paid for is open again."""
    row = find(Voucher, uid=voucher)
    if row is None:
        raise NotFound("voucher")
    return prepare(case, Booked("voucher", row.uid, row.customer, row.number, row.fen, (row.prepared_by,)), reason)


@command(may=Power.CHECK_ACCOUNT, title=Text("冲回期初余额", "Reverse an opening balance"))
def reverse_opening(case: Case, *, customer: Annotated[UUID, Of("customer")], reason: Why) -> Ref:
    """An opening balance that was wrong: a second person signs, then another may be entered while the cut-over goes on."""
    row = find(Opening, customer=customer, off_at=None)
    if row is None:
        raise NotFound("opening")
    return prepare(case, Booked("opening", row.uid, customer, row.label, row.fen, (row.list.prepared_by,)), reason)


@command(may=Power.CHECK_ACCOUNT, title=Text("冲回坏账核销", "Reverse a write-off"))
def reverse_write_off(case: Case, *, clearing: Annotated[UUID, Of("clearing"), Called(Text("哪一张核销单", "which write-off"))], reason: Why) -> Ref:
    """A debt given up by mistake, or paid after all: a second person signs, then it is owed again."""
    row = find(Clearing, uid=clearing, kind=WRITE_OFF_KIND)
    if row is None:
        raise NotFound("clearing")
    return prepare(case, Booked(WRITE_OFF_KIND, row.uid, row.customer, row.number, -row.fen, (row.prepared_by,)), reason)


def prepare(case: Case, booked: Booked, reason: str) -> Ref:
    """Ask for a second person's signature to take a booking back; rooms above give their own bookings (freight)."""
    who = lock_customer(booked.customer)
    uid = case.new_id()
    case.decide(
        ReversalPrepared(reversal=uid, customer=who.uid, document_kind=booked.kind, document=booked.document, fen=-booked.fen),
        reasons=[
            None if undone([booked.document]).posted else refusal("没有入过账，或已经冲回", "It was not booked, or was taken back already"),
            None if reason else refusal("请写明为什么冲回", "Say why it is taken back", field="reason"),
            refusal("理由最多 300 字", "The reason has at most 300 characters", field="reason") if len(reason) > 300 else None,
        ],
    )
    add(
        Reversal(
            uid=uid, customer=who.uid, document_kind=booked.kind, document=booked.document, label=booked.label, fen=-booked.fen, reason=reason,
            prepared_by=case.actor.person, prepared_at=case.at,
        )
    )  # fmt: skip
    said = {"customer_name": who.name, "label": booked.label, "fen": -booked.fen, "reason": reason}
    touched = [Touch(person, None, Part.WROTE) for person in booked.by if person is not None]
    bind_next(case, REVERSAL, uid, number=booked.label, data=said, touched=touched)
    return Ref("reversal", uid, booked.label)


def _subject(case: Case, uid: UUID) -> Subject:
    known = find(Reversal, uid=uid)
    if known is None:
        raise NotFound("reversal")
    lock_customer(known.customer)
    row = find(Reversal, lock=True, uid=uid)
    over = row is not None and (row.done_at is not None or row.returned_at is not None)
    return Subject(uid=uid, row=row, reasons=[refusal("这次冲回已经办完", "This reversal is over") if over else None])


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY)


def _said(sight: Sight, data: Data) -> list[Line]:
    return [
        Line("customer", Text("客户", "customer"), same(str(data["customer_name"]))),
        Line("label", Text("冲回什么", "what is taken back"), same(str(data["label"]))),
        Line("fen", Text("对欠款的影响", "what it adds to what he owes"), same(figure(int(data["fen"]))) if sight.may(Power.SEE_MONEY) else None),
        Line("reason", Text("为什么", "why"), same(str(data["reason"]))),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    return Text("{customer}：冲回 {label}", "{customer}: reverse {label}").fill(customer=str(data["customer_name"]), label=str(data["label"]))


def _plan(case: Case, given: Given) -> tuple[Undone, list[Event], Written]:
    row: Reversal = given.subject.row
    made = undone([row.document])
    more, write = stop(case, Stopped(why=NOT_PAID, orders=made.uncovered()))
    return made, [*made.events(row.customer), *more], write


def _signed(case: Case, given: Given) -> Sequence[Event]:
    row: Reversal = given.subject.row
    made, events, _ = _plan(case, given)
    reversed_ = MoneyReversed(
        reversal=row.uid, customer=row.customer, document_kind=row.document_kind, document=row.document, fen=row.fen,
        orders=tuple(made.uncovered()), approver=given.person,
    )  # fmt: skip
    along = [replace(reversed_, document_kind=WRITE_OFF_KIND, document=one.uid, fen=one.fen, orders=()) for one in made.given_up]
    return [reversed_, *along, *events]


def _book(case: Case, given: Given) -> None:
    row: Reversal = given.subject.row
    made, _, write = _plan(case, given)
    made.write(case)
    write()
    for hear in HEARD:
        hear(case, made.said(row.label, row.fen))
    update(row, done_at=case.at)
    if row.document_kind in BACK:
        BACK[row.document_kind](case, row.document)
    for one in [*made.given_up, *([find(Clearing, uid=row.document)] if row.document_kind == WRITE_OFF_KIND else [])]:
        if one:
            update(one, reversed_at=case.at)
    if row.document_kind == "receipt" and (receipt := find(Receipt, uid=row.document)):
        update(receipt, reversed_at=case.at)
    if row.document_kind == "opening" and (opening := find(Opening, uid=row.document)):
        update(opening, off_at=case.at)


def _returned(case: Case, given: Given) -> Sequence[Event]:
    row: Reversal = given.subject.row
    return [ReversalReturned(reversal=row.uid, customer=row.customer)]


def _not_done(case: Case, given: Given) -> None:
    update(given.subject.row, returned_at=case.at)


REVERSAL: Final = route(
    code="reversal", kind="reversal", title=Text("冲回入账", "reversal of a booking"), article="D17",
    steps=(
        Step(code="second", power=Power.APPROVE_FINANCE, text=Text("财务第二人", "a second person of finance"), position=Position.FINANCE_MANAGER),
    ),
    subject=_subject, sees=_sees, said=_said, headline=_headline, page="/approvals/reversal/{subject}/",
    signed=_signed, returned=_returned, then=_book, sent_back=_not_done,
)  # fmt: skip
