"""Who signs that a credit is paid out (document, head, payer: three people) and that a bad debt is given up (finance, head) (D17)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.journal.door import Case
from gatepass.journal.rows import find, update
from gatepass.money import figure
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import ClearingReturned, DebtWrittenOff, RefundApproved, RefundPaid
from gatepass.receivables.models import Account, Claim, Clearing, Item, PostingKind
from gatepass.receivables.posting import customers, post_all, settle
from gatepass.receivables.rests import SALES, Cover, cover_of, covered
from gatepass.receivables.settling import Met, Settlement
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text, same

REFUND_KIND: Final = "refund"
WRITE_OFF_KIND: Final = "write_off"


def _subject(case: Case, uid: UUID) -> Subject:
    known = find(Clearing, uid=uid)
    if known is None:
        raise NotFound("clearing")
    lock_customer(known.customer)
    row = find(Clearing, lock=True, uid=uid)
    item = find(Item, id=known.item_id)
    if row is None or item is None:
        raise NotFound("clearing")
    row.item = item
    over = refusal("这份单据已经办完", "This document is settled") if row.done_at or row.returned_at else None
    return Subject(uid=uid, row=row, reasons=[over], unsigned=[_less(row)])


def held_by_order(order: UUID) -> Reason:
    """An item that an order's composition names is not paid out or given up beside it."""
    return refusal(
        "这一项已被订单占用", "An order holds this item", clause="D17",
        cure=Text("先取消那张订单，或其未发的余货", "Cancel that order, or what of it has not left, first"),
        command="cancel_order", given={"order": str(order)},
    )  # fmt: skip


def _less(row: Clearing) -> Reason | None:
    """What happened to the item meanwhile: it was paid, used or taken back, or an order names it now."""
    holders = set(Claim.objects.filter(item=row.item, freed_at=None).values_list("order", flat=True))
    if holders == ({row.uid} if row.kind == REFUND_KIND else set()) and abs(row.item.rest_fen) >= row.fen:
        return None
    if holders - {row.uid}:
        return held_by_order(next(iter(holders - {row.uid})))
    what = Text("这一项现在只剩 {rest}，不够 {sum}", "Only {rest} of it is left now, less than {sum}")
    return Reason(
        what=what.fill(rest=figure(abs(row.item.rest_fen)), sum=figure(row.fen)), clause="D17",
        cure=Text("退回这份单据，按现在的数另制", "Send it back and prepare another with the present figure"), command="send_back",
    )  # fmt: skip


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY)


def _said(sight: Sight, data: Data) -> list[Line]:
    paid = [Line("payee", Text("付给谁（户名、账号）", "paid to (name, account)"), same(str(data["payee"])))] if data["payee"] else []
    return [
        Line("customer", Text("客户", "customer"), same(str(data["customer_name"]))),
        Line("item", Text("哪一项", "which item"), same(str(data["label"]))),
        Line("fen", Text("金额", "amount"), same(figure(int(data["fen"]))) if sight.may(Power.SEE_MONEY) else None),
        *paid,
        Line("reason", Text("为什么", "why"), same(str(data["reason"]))),
        Line("papers", Text("附件", "papers"), same(str(data["papers"]))),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    named = f"{data['customer_name']} · {data['label']}"
    return same(f"{named} · {figure(int(data['fen']))}" if sight.may(Power.SEE_MONEY) else named)


def _refunded(case: Case, given: Given) -> Sequence[Event]:
    row: Clearing = given.subject.row
    if not given.last:
        return [RefundApproved(clearing=row.uid, customer=row.customer, approver=given.person)]
    return [RefundPaid(clearing=row.uid, customer=row.customer, fen=row.fen, payer=given.person)]


def _pay(case: Case, given: Given) -> None:
    """The payout is an item of its own, matched with the credit; what is left of the credit is free again."""
    row: Clearing = given.subject.row
    if not given.last:
        return
    out = customers(
        row.customer, row.fen, Account(row.account), kind=PostingKind.PAYOUT, document_kind="clearing", document=row.uid, label=row.number
    )
    post_all(case, [out])
    settle(case, Settlement(matches=[Met(out.uid, row.item.uid, row.fen)], let_go=[row.item.uid]))
    update(row, done_at=case.at)


def _given_up(case: Case, given: Given) -> Sequence[Event]:
    row: Clearing = given.subject.row
    ends = row.item.document_kind == SALES and row.fen == row.item.rest_fen
    about = {"consignment": row.item.document, "order": row.item.order} if ends else {}
    cover = _asks_no_more(row)
    return [
        DebtWrittenOff(clearing=row.uid, customer=row.customer, fen=-row.fen, approver=given.person, **about),
        *([covered(cover)] if cover else []),
    ]


def _asks_no_more(row: Clearing) -> Cover | None:
    """The order of which nothing is owed any more once this is given up."""
    cover = cover_of(row.item.order) if row.item.order is not None and row.item.document_kind == SALES else None
    return cover if cover is not None and cover.open_fen == row.fen else None


def _write_off(case: Case, given: Given) -> None:
    row: Clearing = given.subject.row
    off = customers(
        row.customer, -row.fen, Account.BAD_DEBT, kind=PostingKind.WRITE_OFF, document_kind="clearing", document=row.uid, label=row.number
    )
    post_all(case, [off])
    done = Settlement(matches=[Met(row.item.uid, off.uid, row.fen)])
    if row.item.order is not None:
        done.commitments[row.item.order].remit -= row.fen  # nobody asks for it any more
        done.commitments[row.item.order].covered = True if _asks_no_more(row) else None
    settle(case, done)
    update(row, done_at=case.at)


def _returned(case: Case, given: Given) -> Sequence[Event]:
    row: Clearing = given.subject.row
    return [ClearingReturned(clearing=row.uid, customer=row.customer)]


def _not_done(case: Case, given: Given) -> None:
    row: Clearing = given.subject.row
    update(row, returned_at=case.at)
    if row.kind == REFUND_KIND:
        settle(case, Settlement(free=[row.uid]))


_HEAD: Final = Step(code="head", power=Power.DECIDE_AS_HEAD, text=Text("总经理批准", "the head's approval"), position=Position.HEAD)
_SHARED: Final = {
    "article": "D17", "subject": _subject, "sees": _sees, "said": _said, "headline": _headline, "returned": _returned, "sent_back": _not_done,
}  # fmt: skip
REFUND: Final = route(
    code="refund", kind="clearing", title=Text("退款单", "refund"), page="/approvals/refund/{subject}/",
    steps=(
        _HEAD,
        Step(code="payer", power=Power.RECORD_RECEIPT, text=Text("出纳付款", "paid out"), position=Position.CASHIER, after=("head",)),
    ),
    signed=_refunded, then=_pay, **_SHARED,
)  # fmt: skip
WRITE_OFF: Final = route(
    code="write_off", kind="clearing", title=Text("坏账核销单", "write-off"), page="/approvals/write_off/{subject}/",
    steps=(_HEAD,), signed=_given_up, then=_write_off, **_SHARED,
)  # fmt: skip
