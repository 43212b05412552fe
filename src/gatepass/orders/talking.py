"""Commands of talking to the customer: contacts, plan book, payment notice, and the director's signature for unpaid goods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from pydantic import StringConstraints

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.rows import add, find, rows, update
from gatepass.look.moments import stamp
from gatepass.money import figure
from gatepass.orders.events import (
    CustomerContacted,
    PaymentNotified,
    PlanNoted,
    UnpaidDeclined,
    UnpaidRequested,
    UnpaidSigned,
)
from gatepass.orders.inputs import Channel, OrderId, Outcome
from gatepass.orders.locking import lock_order
from gatepass.orders.models import Order, UnpaidSignature
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.taking import today, under_way
from gatepass.receivables.rests import Cover, cover_of, unpaid
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text, same

NOTE: Final = 4000
SIGNED = Text("总监签批先发后款 {sum}：{why}", "The director signed for {sum} unpaid: {why}")
DECLINED = Text("总监不同意先发后款：{why}", "The director does not agree to ship unpaid: {why}")
once(
    "one_open_unpaid_request",
    Reason(what=Text("已有一份申请在等总监签批", "A request is already waiting for the director"), clause="D4"),
)


@command(may=Power.TALK_TO_CUSTOMER, title=Text("记录联系", "Record a contact"))
def record_contact(
    case: Case, *, order: OrderId, outcome: Outcome, note: Annotated[str, Called(Text("说了什么", "what was said"), long=True)],
    how: Channel = Channel.PHONE,
) -> Ref:  # fmt: skip
    """The customer was contacted about the confirmation: reason recorded, solved, or escalated to a superior (D2)."""
    row = lock_order(order, case.actor)
    wrong = [
        refusal("订单不在等确认", "The order is not waiting for a confirmation", clause="D2")
        if not row.sent_at or row.confirmed_at or row.cancelled_at
        else None,
        None if note else refusal("请写明客户怎么说", "Say what the customer said", field="note"),
    ]
    case.decide(CustomerContacted(order=row.uid, customer=row.customer.uid, outcome=outcome.value, how=how.value), reasons=wrong)
    said = Text("{how} · {outcome}：{note}", "{how} · {outcome}: {note}").fill(how=how, outcome=outcome, note=note)
    note_down(case, order_id=row.id, text=said, kind="contact")
    return Ref("order", row.uid, row.number)


@command(may=Power.KEEP_PLAN_BOOK, title=Text("记计划本", "Write in the plan book"))
def note_plan_book(
    case: Case, *, order: OrderId,
    text: Annotated[str, Called(Text("记一笔，写下后不可改", "a note; it cannot be changed"), long=True), StringConstraints(max_length=NOTE)],
) -> Ref:  # fmt: skip
    """Append a remark to an order's plan book (D3)."""
    row = lock_order(order, case.actor)
    wrong = None if text else refusal("还没有写内容", "There is nothing to note", field="text")
    case.decide(PlanNoted(order=row.uid, customer=row.customer.uid, kind="remark"), reasons=[wrong])
    note_down(case, order_id=row.id, text=text)
    return Ref("order", row.uid, row.number)


@command(may=Power.TALK_TO_CUSTOMER, title=Text("通知汇款", "Tell the customer to remit"))
def notify_payment(
    case: Case, *, order: OrderId, promised_on: date | None = None, how: Channel = Channel.PHONE, claims_ready: bool = False, note: str = ""
) -> Ref:
    """The customer is told to remit; the date he names is recorded, and transport planned on it (D4). Readiness is never claimed falsely (C4)."""
    row = lock_order(order, case.actor)
    cover = cover_of(row.uid)
    wrong: list[Reason | None] = [
        None if row.confirmed_at else refusal("客户还没有确认订单", "The customer has not confirmed the order", clause="D2"),
        refusal("货还没有备齐，不能说货齐", "The goods are not ready: do not say they are", clause="C4", field="claims_ready")
        if claims_ready and row.ready_at is None
        else None,
        refusal("约定日期在今天之前", "The promised date is in the past", field="promised_on") if promised_on and promised_on < today(case) else None,
        None
        if cover and cover.open_fen > 0
        else refusal("这张订单没有要汇的款", "Nothing is to be remitted for this order", clause="D4"),
    ]
    begins = datetime.combine(promised_on, time(), ZoneInfo(settings.TIME_ZONE)) if promised_on else None
    case.decide(
        PaymentNotified(
            order=row.uid, customer=row.customer.uid, how=how.value, promised_on=promised_on, claims_ready=claims_ready, promised_from=begins
        ),
        reasons=wrong,
    )
    update(row, notified_at=case.at, promised_on=promised_on or row.promised_on)
    day = promised_on or Text("未定", "no date")
    said = Text("通知汇款（{how}），约定 {day}", "Told to remit ({how}), promised: {day}").fill(how=how, day=day)
    said += Text("：{note}", ": {note}").fill(note=note) if note else same("")
    note_down(case, order_id=row.id, text=said, kind="payment")
    return Ref("order", row.uid, row.number)


Pending = Callable[[UUID], int]
PENDING: Final[list[Pending]] = []
"""What changes of goods that are about to be made would add to an order, in fen; rooms above tell."""


@command(may=Power.TAKE_ORDER, title=Text("申请先发后款", "Ask to ship unpaid"))
def request_unpaid(
    case: Case, *, order: OrderId, reason: str, pay_on: Annotated[date | None, Called(Text("客户哪天付款", "the customer pays on"))] = None
) -> Ref:
    """Ask the sales director to sign for goods that leave before they are paid; the sum is what is unpaid of them now (D4)."""
    row = lock_order(order, case.actor)
    cover, uid = cover_of(row.uid), case.new_id()
    fen = _unpaid_of(row, cover)
    wrong = [
        None if row.confirmed_at else refusal("客户还没有确认订单", "The customer has not confirmed the order", clause="D2"),
        *under_way(row),
        None if fen > 0 else refusal("没有未付的货款，不用签批", "Nothing of it is unpaid: there is nothing to sign for", clause="D4"),
        None if reason else refusal("请写明理由", "Say why", field="reason"),
        refusal("理由最多 300 字", "The reason has at most 300 characters", field="reason") if len(reason) > 300 else None,
        refusal("付款日在今天之前", "The day of payment is in the past", field="pay_on") if pay_on and pay_on < today(case) else None,
    ]
    case.decide(UnpaidRequested(order=row.uid, customer=row.customer.uid, unpaid_signature=uid, fen=fen), reasons=wrong)
    add(
        UnpaidSignature(
            uid=uid, order=row, fen=fen, reason=reason, requested_by=case.actor.person, requested_at=case.at, pay_on=pay_on,
            goods_paid_fen=cover.goods_paid_fen if cover else 0,
        )
    )  # fmt: skip
    return Ref("order", row.uid, row.number)


def _unpaid_of(row: Order, cover: Cover | None) -> int:
    """What of the order's goods that have not left is not paid, with what changes of goods are about to add."""
    if cover is None or cover.asked.ended_at is not None:
        return 0
    more = sum(told(row.uid) for told in PENDING)
    return unpaid(cover, row.goods_fen + more, added_fen=more) - unpaid(cover, cover.asked.gone_fen)


def void_signatures(case: Case, order: UUID, before: datetime) -> None:
    """A notice got another version: what was signed for before the present one holds no more."""
    rows = UnpaidSignature.objects.filter(order__uid=order, signed_at__isnull=False, voided_at=None, requested_at__lt=before)
    rows.update(voided_at=case.at)


def _open_request(case: Case, order: UUID) -> tuple[Order, UnpaidSignature | None, Reason | None]:
    """The order, its open request, and why there is none: it was answered, or nobody asked."""
    row = lock_order(order, case.actor)
    asked = find(UnpaidSignature, lock=True, order_id=row.pk, signed_at=None, declined_at=None)
    if asked is not None:
        return row, asked, None
    last = rows(UnpaidSignature, order_id=row.pk)
    if not last:
        return row, None, refusal("没有人申请先发后款", "Nobody asked to ship it unpaid", clause="D4")
    answered = last[-1].signed_at or last[-1].declined_at or case.at
    what = Text("已于 {at} 签批", "It was signed for at {at}") if last[-1].signed_at else Text("已于 {at} 答复不同意", "It was declined at {at}")
    return row, None, Reason(what=what.fill(at=Text(stamp(answered, "zh"), stamp(answered, "en"))), clause="D4")


@command(may=Power.SIGN_UNPAID, title=Text("签批先发后款", "Sign for unpaid goods"))
def sign_unpaid(case: Case, *, order: OrderId) -> Ref:
    """The sales director signs for the unpaid sum that the request names; the two-day clock to ship starts (D4)."""
    row, asked, none = _open_request(case, order)
    own = asked is not None and asked.requested_by in case.actor.people()
    wrong = refusal("申请人不能自己签批", "Who asked cannot sign", clause="D4") if own else none
    uid, fen = (asked.uid, asked.fen) if asked else (row.uid, 0)
    case.decide(UnpaidSigned(order=row.uid, customer=row.customer.uid, unpaid_signature=uid, fen=fen), reasons=[wrong, *under_way(row)])
    if asked is not None:
        update(asked, signed_by=case.actor.person, signed_at=case.at)
        note_down(case, order_id=row.id, text=SIGNED.fill(sum=figure(asked.fen), why=asked.reason), kind="signature")
    return Ref("order", row.uid, row.number)


@command(may=Power.SIGN_UNPAID, title=Text("不同意先发后款", "Decline to ship unpaid"))
def decline_unpaid(case: Case, *, order: Annotated[UUID, Of("order")], reason: str) -> Ref:
    """The sales director declines; the reason is noted in the plan book."""
    row, asked, none = _open_request(case, order)
    wrong = None if reason else refusal("请写明理由", "Say why", field="reason")
    uid = asked.uid if asked else row.uid
    case.decide(UnpaidDeclined(order=row.uid, customer=row.customer.uid, unpaid_signature=uid, reason=reason), reasons=[none, wrong])
    if asked is not None:
        update(asked, declined_at=case.at, declined_why=reason)
        note_down(case, order_id=row.id, text=DECLINED.fill(why=reason), kind="signature")
    return Ref("order", row.uid, row.number)
