"""Commands of talking to the customer: contacts, plan book, payment notice."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from pydantic import StringConstraints

from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.rows import update
from gatepass.orders.events import CustomerContacted, PaymentNotified, PlanNoted
from gatepass.orders.inputs import Channel, OrderId, Outcome
from gatepass.orders.locking import lock_order
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.standing import unconfirmed
from gatepass.orders.taking import today
from gatepass.receivables.rests import cover_of
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text, same

NOTE: Final = 4000


@command(may=Power.TALK_TO_CUSTOMER, title=Text("记录联系", "Record a contact"))
def record_contact(
    case: Case, *, order: OrderId, outcome: Outcome, note: Annotated[str, Called(Text("说了什么", "what was said"), long=True)],
    how: Channel = Channel.PHONE,
) -> Ref:  # fmt: skip
    """The customer was contacted about the confirmation or his objection: reason recorded, solved, or escalated to a superior (D2)."""
    row = lock_order(order, case.actor)
    wrong = [
        refusal("订单不在等确认", "The order is not waiting for a confirmation", clause="D2")
        if not (row.sent_at or row.objected_at) or row.confirmed_at or row.cancelled_at
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
        None if row.confirmed_at else unconfirmed(row.uid),
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
