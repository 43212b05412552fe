"""Commands that end an item without a customer's money (D17): a credit is refunded, a bad debt is written off. Others sign both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.approvals.routes import Route
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, find
from gatepass.money import Money, figure
from gatepass.receivables.clearing_routes import REFUND, REFUND_KIND, WRITE_OFF, WRITE_OFF_KIND, held_by_order
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import RefundPrepared, WriteOffPrepared
from gatepass.receivables.models import Account, Claim, Clearing, Item
from gatepass.receivables.posting import settle
from gatepass.receivables.rests import SALES, cover_of
from gatepass.receivables.settling import Settlement
from gatepass.receivables.taking_in import Purse
from gatepass.roles import Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import Beyond, NotFound, Reason, refusal
from gatepass.words import Text

WAITS = refusal("这一项已有一份退款或核销在等签", "A refund or write-off of it waits for signatures already", clause="D17")
once("one_open_clearing_of_an_item", WAITS)
once(
    "one_open_claim_of_an_item",
    refusal(
        "这一项已被订单或退款占用", "An order or a refund holds this item already", clause="D17",
        cure=Text("等占用放开", "Wait until it is free"), beyond=Beyond.TIME,
    ),
)
ItemId = Annotated[UUID, Of("item"), Called(Text("哪一项", "which item"), hidden=True)]
Why = Annotated[str, Called(Text("为什么", "why"), long=True)]
Papers = Annotated[str, Called(Text("附件（签呈号、申请）", "papers behind it"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a document of either kind says; account: against what it is booked."""

    kind: str
    prefix: str
    amount: Money
    account: str
    reason: str
    papers: str
    payee: str = ""


@command(may=Power.CHECK_ACCOUNT, title=Text("申请退款", "Prepare a refund"))
def prepare_refund(
    case: Case, *, item: ItemId, amount: Money, payee: Annotated[str, Called(Text("付给谁（户名、账号）", "paid to (name, account)"))],
    reason: Why, papers: Papers, account: Purse = Purse.BANK,
) -> Ref:  # fmt: skip
    """A customer's credit is to be paid out: held at once, approved by the head, paid by a third person (D17)."""
    row = _locked(item)
    asked = Asked(kind=REFUND_KIND, prefix="TK", amount=amount, account=account.value, reason=reason, papers=papers, payee=payee)
    wrong = [
        None if row.rest_fen < 0 else refusal("这一项没有余款可退", "There is no credit left of it to refund", clause="D17"),
        _held(row),
        None if payee else refusal("请写明付给谁", "Say to whom it is paid", field="payee"),
        refusal("收款人最多 120 字", "The payee has at most 120 characters", field="payee") if len(payee) > 120 else None,
    ]
    uid = case.new_id()
    event = RefundPrepared(clearing=uid, customer=row.customer, fen=amount.fen)
    return _prepare(case, uid, row, asked, event, wrong, REFUND)


@command(may=Power.CHECK_ACCOUNT, title=Text("申请坏账核销", "Prepare a write-off"))
def prepare_write_off(case: Case, *, item: ItemId, amount: Money, reason: Why, papers: Papers) -> Ref:
    """A debt that nobody will pay is to be given up: prepared by finance, approved by the head."""
    row = _locked(item)
    asked = Asked(kind=WRITE_OFF_KIND, prefix="HX", amount=amount, account=Account.BAD_DEBT.value, reason=reason, papers=papers)
    wrong = [
        None if row.rest_fen > 0 else refusal("这一项没有欠款可核销", "Nothing of it is owed any more", clause="D17"),
        _held(row),
        _under_way(row),
    ]
    uid = case.new_id()
    event = WriteOffPrepared(clearing=uid, customer=row.customer, fen=amount.fen)
    return _prepare(case, uid, row, asked, event, wrong, WRITE_OFF)


def _locked(item: UUID) -> Item:
    """The item under its customer's lock."""
    known = find(Item, uid=item)
    if known is None:
        raise NotFound("item")
    lock_customer(known.customer)
    return find(Item, uid=item) or known


def _held(row: Item) -> Reason | None:
    if find(Clearing, item_id=row.pk, done_at=None, returned_at=None):
        return WAITS
    holder = Claim.objects.filter(item=row, freed_at=None).values_list("order", flat=True).first()
    return held_by_order(holder) if holder else None


def _under_way(row: Item) -> Reason | None:
    """A debt of an order of which goods are still to leave is no bad debt yet."""
    cover = cover_of(row.order) if row.order is not None and row.document_kind == SALES else None
    if cover is None or cover.asked.ended_at is not None:
        return None
    return refusal("这张订单还没有发完，不能核销", "Goods of its order are still to leave", clause="D17")


def _prepare(
    case: Case, uid: UUID, row: Item, asked: Asked, event: Event, wrong: list[Reason | None], route: Route
) -> Ref:  # fmt: skip
    case.decide(event, reasons=[*wrong, *_unclear(row, asked)])
    who, number = lock_customer(row.customer), take_number(asked.prefix, case.at)
    add(
        Clearing(
            uid=uid, number=number, kind=asked.kind, customer=row.customer, item=row, fen=asked.amount.fen, account=asked.account,
            payee=asked.payee, reason=asked.reason, papers=asked.papers, prepared_by=case.actor.person, prepared_for=case.actor.acting_for,
            prepared_at=case.at,
        )
    )  # fmt: skip
    if asked.kind == REFUND_KIND:
        settle(case, Settlement(claims=[(row.uid, uid)]))
    said = {
        "customer_name": who.name, "label": row.label, "item": str(row.uid), "fen": asked.amount.fen, "account": asked.account,
        "payee": asked.payee, "reason": asked.reason, "papers": asked.papers,
    }  # fmt: skip
    bind(case, route, uid, number=number, data=numbered(1, said))
    return Ref(asked.kind, uid, number)


def _unclear(row: Item, asked: Asked) -> list[Reason | None]:
    most = abs(row.rest_fen)
    beyond = Text("最多 {most}", "{most} at most").fill(most=figure(most))
    return [
        None if asked.amount.fen > 0 else refusal("金额要大于零", "The amount must be above zero", field="amount"),
        Reason(what=beyond, field="amount", clause="D17") if asked.amount.fen > most else None,
        None if asked.reason else refusal("请写明为什么", "Say why", field="reason"),
        refusal("理由最多 300 字", "The reason has at most 300 characters", field="reason") if len(asked.reason) > 300 else None,
        None if asked.papers else refusal("请写明附件", "Name the papers behind it", field="papers"),
        refusal("附件最多 200 字", "The papers have at most 200 characters", field="papers") if len(asked.papers) > 200 else None,
    ]
