"""Money that came in (D4, C6): read strictly, led where the payer said, else to debts oldest first, then to the orders that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.beginning import first_day
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, rows
from gatepass.look.moments import stamp
from gatepass.money import Money, figure
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import ConsignmentPaid, ReceiptRecorded
from gatepass.receivables.models import Account, PostingKind, Receipt
from gatepass.receivables.posting import Movement, customers, post_all, settle
from gatepass.receivables.rests import SALES, Cover, Standing, asking, covered, standing
from gatepass.receivables.settling import Allotment, Bucket, Met, Settlement
from gatepass.roles import Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Labelled, Text

once(
    "one_receipt_of_a_reference",
    Reason(what=Text("同一天同一流水号同一金额已记过收款", "A receipt of this reference, day and amount is recorded already"), clause="D4"),
)
name_fields(
    paid_on=("到账日", "received on"), reference=("流水号", "bank reference"), payer=("付款人", "payer"), matches=("核销到", "matched with"),
    account=("账户", "account"), item=("未了项目", "open item"), again=("另一笔，不是重复", "another one, not the same again"),
)  # fmt: skip


class Purse(Labelled):
    BANK = "bank", "银行", "bank"
    CASH = "cash", "现金", "cash"


@dataclass(frozen=True, slots=True)
class MatchLine:
    """How much of a receipt goes to an order, or to one old debt."""

    amount: Money
    order: Annotated[UUID | None, Of("order")] = None
    item: UUID | None = None


@command(may=Power.RECORD_RECEIPT, title=Text("记收款", "Record a receipt"))
def record_receipt(
    case: Case,
    *,
    customer: Annotated[UUID, Of("customer")],
    amount: Money,
    paid_on: date,
    account: Purse = Purse.BANK,
    reference: str = "",
    payer: str = "",
    matches: list[MatchLine] | None = None,
    why: Annotated[str, Called(Text("汇款附言，或为何改核销", "what the payer named, or why it is led elsewhere"))] = "",
    again: bool = False,
) -> Ref:
    """Money came in: to what the payer named, else to debts oldest first, then to sent orders; a difference stays open until explained."""
    who = lock_customer(customer)
    account_now, covers = standing(who.uid), asking(who.uid)
    allotted, wrong = allot(account_now, covers, amount.fen, matches)
    wrong += [
        _amount(amount),
        _day(case, paid_on),
        None if again or reference else _the_same(who.uid, amount.fen, paid_on),
        None if why or matches is None or _as_proposed(allotted, account_now, covers, amount.fen) else ELSEWHERE,
    ]
    uid, number = case.new_id(), take_number("SK", case.at)
    buckets = list(allotted.buckets.values())
    free = sum(bucket.fen - sum(fen for _, fen in bucket.debts) for bucket in buckets if bucket.order is None)
    difference = amount.fen - allotted.wanted
    recorded = ReceiptRecorded(
        receipt=uid, customer=who.uid, fen=amount.fen, matches=tuple((b.order, b.fen) for b in buckets if b.order is not None),
        orders=tuple(b.order for b in buckets if b.order is not None), difference_fen=difference,
    )  # fmt: skip
    newly, events = _covered(allotted, covers), _paid(allotted)
    case.decide(recorded, *(covered(one) for one in newly), *events, reasons=wrong)
    add(
        Receipt(
            uid=uid, number=number, customer=who.uid, fen=amount.fen, account=account.value, payer=payer, reference=reference,
            paid_on=paid_on, recorded_at=case.at, recorded_by=case.actor.person, matched_fen=amount.fen - free, difference_fen=difference,
            why=why,
        )
    )  # fmt: skip
    movements, settlement = _booked(who.uid, uid, number, Account(account.value), buckets, covers)
    for one in newly:
        settlement.commitments[one.asked.order].covered = True
    post_all(case, movements)
    settle(case, settlement)
    for hear in HEARD:
        hear(case, {b.order: RECEIVED.fill(sum=figure(b.fen), number=number) for b in buckets if b.order is not None})
    return Ref("receipt", uid, number)


Heard = Callable[[Case, Mapping[UUID, Text]], None]
HEARD: Final[list[Heard]] = []
"""What other rooms write down when money came for orders, or was taken back: what is to be said of each."""
RECEIVED: Final = Text("到账 {sum}（{number}）", "Received {sum} ({number})")


def allot(account: Standing, covers: Sequence[Cover], fen: int, wanted: Sequence[MatchLine] | None) -> tuple[Allotment, list[Reason | None]]:
    """Where the money goes: as wanted, or as it is proposed; and what is wrong with the wish."""
    made = Allotment(account.rests, covers)
    if wanted is None:
        made.give(max(0, fen))
        return made, []
    wrong: list[Reason | None] = []
    debts = {debt.item.uid: debt for debt in made.debts}
    for row, line in enumerate(wanted):
        most = made.open.get(line.order, 0) if line.order else made.rest.get(line.item, 0) if line.item else 0
        if not 0 < line.amount.fen <= most:
            wrong.append(refusal("核销金额超过未收，或没有未收", "more than is still open", clause="C6", field=f"matches.{row}"))
        elif line.order:
            made.give_order(line.order, line.amount.fen)
        elif line.item:
            made.give_item(debts[line.item], line.amount.fen)
    rest = fen - sum(line.amount.fen for line in wanted)
    if rest < 0:
        wrong.append(refusal("核销合计超过收款", "more is matched than was received", clause="C6", field="matches"))
    made.keep(max(0, rest))
    return made, wrong


MOST: Final = Money(10_000_000_000)
ELSEWHERE = refusal(
    "核销与先旧后新的顺序不同，请写明汇款附言或原因", "This is not the oldest first: say what the payer named, or why", clause="C6", field="why"
)


def _as_proposed(made: Allotment, account: Standing, covers: Sequence[Cover], fen: int) -> bool:
    """Whether a wish is what would be proposed anyway."""
    proposed, _ = allot(account, covers, fen, None)
    return _said(made.buckets.values()) == _said(proposed.buckets.values())


def _said(buckets: Iterable[Bucket]) -> set[tuple[UUID | None, int]]:
    return {(bucket.order, bucket.fen) for bucket in buckets if bucket.fen}


def _amount(amount: Money) -> Reason | None:
    if amount.fen > MOST.fen:
        return refusal(f"一笔收款最多 {MOST} 元，请核对位数", f"One receipt is {MOST} yuan at most: look at the digits", field="amount")
    return None if amount.fen > 0 else refusal("金额要大于零", "The amount must be above zero", field="amount")


def _day(case: Case, paid_on: date) -> Reason | None:
    today = case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if paid_on > today:
        return refusal("到账日在今天之后", "The day of receipt is in the future", field="paid_on")
    if paid_on < today and paid_on < (first := first_day(today)):
        what = Text("到账日早于公司启用本系统的 {day}", "The day of receipt is before {day}, when the company began with this program")
        return Reason(what=what.fill(day=first), field="paid_on")
    return None


def _the_same(customer: UUID, fen: int, paid_on: date) -> Reason | None:
    """The same sum of the same customer and day: asked about before it is booked a second time."""
    known = next((one for one in rows(Receipt, customer=customer, paid_on=paid_on) if one.fen == fen and one.reversed_at is None), None)
    if known is None:
        return None
    at = Text(stamp(known.recorded_at, "zh"), stamp(known.recorded_at, "en"))
    return Reason(
        what=Text(
            "同一天已记过同额收款 {number}（{at}，{sum} 元），是不是同一笔？", "{number} of {at} is {sum} of this day too: is this the same?"
        ).fill(number=known.number, at=at, sum=figure(fen)),
        cure=Text("填上流水号，或勾选“另一笔”再记", "Give the bank reference, or say that it is another one"),
        clause="C6",
        field="again",
    )


def _covered(made: Allotment, covers: Sequence[Cover]) -> list[Cover]:
    """Orders that ask for nothing any more once this money is booked."""
    before = [cover for cover in covers if cover.asked.covered_at is None]
    return [cover for cover in before if cover.open_fen > 0 and made.open[cover.asked.order] == 0]


def _paid(made: Allotment) -> list[Event]:
    """Consignments that had left unpaid and are paid now."""
    sales = [debt for debt in made.debts if debt.item.document_kind == SALES]
    touched = {debt.item.document: debt.item for debt in sales if made.rest[debt.item.uid] < debt.fen}
    still = {debt.item.document for debt in sales if made.rest[debt.item.uid]}
    return [
        ConsignmentPaid(consignment=document, order=item.order, customer=item.customer)
        for document, item in touched.items()
        if document not in still and item.order is not None
    ]


def _booked(
    customer: UUID, receipt: UUID, number: str, purse: Account, buckets: Sequence[Bucket], covers: Sequence[Cover]
) -> tuple[list[Movement], Settlement]:
    """One posting for each way that the money goes; what its order still needs of it stays held for the order."""
    done, movements = Settlement(), []
    asks = {cover.asked.order for cover in covers if cover.asked.ended_at is None}
    for bucket in buckets:
        one = customers(
            customer, -bucket.fen, purse, kind=PostingKind.RECEIPT, document_kind="receipt", document=receipt, label=number, order=bucket.order
        )
        movements.append(one)
        done.matches += [Met(debt, one.uid, fen) for debt, fen in bucket.debts]
        if bucket.order is not None:
            done.commitments[bucket.order].received += bucket.fen
            if bucket.order in asks and bucket.fen > sum(fen for _, fen in bucket.debts):
                done.claims.append((one.uid, bucket.order))
    return movements, done
