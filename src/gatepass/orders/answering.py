"""Commands of the customer's answer: opened, confirmed, objected; and the clerk's withdrawal (D2)."""

from __future__ import annotations

from typing import Final

from gatepass.journal.door import Case, Ref, command
from gatepass.journal.rows import find, update
from gatepass.orders.events import LinkOpened, OrderConfirmed, OrderObjected, OrderWithdrawn
from gatepass.orders.inputs import Channel, OrderId
from gatepass.orders.locking import lock_order
from gatepass.orders.models import Composition, Link, Order
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.standing import unsent
from gatepass.receivables.events import OrderCovered
from gatepass.receivables.posting import let_go, settle
from gatepass.receivables.rests import cover_of
from gatepass.receivables.settling import Settlement
from gatepass.roles import SYSTEM, Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

WITHDRAWN: Final = Text("第 {n} 版撤回：{why}", "Version {n} withdrawn: {why}")


@command(may=Power.CONFIRM_BY_PHONE, title=Text("记录客户确认", "Record the customer's confirmation"))
def confirm_order(case: Case, *, order: OrderId, how: Channel = Channel.PHONE, note: str = "") -> Ref:
    """The customer confirmed by phone, fax or in person; the moment is recorded."""
    row = lock_order(order, case.actor)
    return _confirm(case, row, how.value, note)


@command(may=Power.CONFIRM_BY_PHONE, title=Text("记录客户异议", "Record the customer's objection"))
def object_to_order(case: Case, *, order: OrderId, note: str, how: Channel = Channel.PHONE) -> Ref:
    """The customer objects: the composition is withdrawn, what it reserved is free, the order can be changed and sent again."""
    return _object(case, lock_order(order, case.actor), how.value, note)


@command(may=None, title=Text("客户打开链接", "The customer opened the link"), hidden=True)
def open_link(case: Case, *, digest: str) -> Ref | None:
    """The link was opened for the first time. Only the system calls it, for whoever holds the token."""
    link = Link.objects.select_for_update(no_key=True, of=("self",)).select_related("composition__order").filter(digest=digest).first()
    if link is None or case.actor.person != SYSTEM.person:
        raise NotFound("link")
    case.decide(*([] if link.opened_at else [LinkOpened(order=link.composition.order.uid, link=link.uid)]))
    if link.opened_at is None:
        update(link, opened_at=case.at)
    return Ref("link", link.uid)


@command(may=None, title=Text("客户在链接上答复", "The customer answers on the link"), hidden=True)
def answer_link(case: Case, *, digest: str, confirms: bool, note: str = "") -> Ref:
    """The customer confirms or objects on the signed link. Only the system calls it, for whoever holds the token."""
    link = Link.objects.select_related("composition__order").filter(digest=digest).first()
    if link is None or case.actor.person != SYSTEM.person:
        raise NotFound("link")
    row = lock_order(link.composition.order.uid, SYSTEM)
    expired = case.at >= link.expires_at or link.composition.withdrawn_at is not None
    wrong = (
        refusal("这个链接已失效，请向我们的客户内勤要新的", "This link is no longer valid: ask our client admin for a new one") if expired else None
    )
    made = _confirm(case, row, "link", note, wrong) if confirms else _object(case, row, "link", note, wrong)
    update(link, answered_at=case.at)
    return made


def _unanswerable(row: Order) -> Reason | None:
    if row.cancelled_at is not None:
        return refusal("订单已取消", "The order was cancelled")
    if row.sent_at is None:
        return unsent(row.uid)
    return refusal("客户已经确认过", "The customer has confirmed already", clause="D2") if row.confirmed_at else None


def _confirm(case: Case, row: Order, how: str, note: str, wrong: Reason | None = None) -> Ref:
    made = find(Composition, order_id=row.id, withdrawn_at=None)
    events: list[Event] = [
        OrderConfirmed(order=row.uid, customer=row.customer.uid, composition=made.uid if made else row.uid, how=how, remit_fen=row.remit_fen or 0)
    ]
    cover = cover_of(row.uid)
    covered = cover is not None and cover.asked.ended_at is None and cover.open_fen <= 0  # nothing was asked, or it was paid before
    if covered:
        events.append(OrderCovered(order=row.uid, customer=row.customer.uid))
    case.decide(*events, reasons=[wrong or _unanswerable(row)])
    update(row, confirmed_at=case.at, confirmed_how=how, confirmed_by=case.actor.person)
    if covered:
        done = Settlement()
        done.commitments[row.uid].covered = True
        settle(case, done)
    note_down(case, order_id=row.id, text=note or Text("客户确认", "The customer confirmed"), kind="confirmation")
    return Ref("order", row.uid, row.number)


def _object(case: Case, row: Order, how: str, note: str, wrong: Reason | None = None) -> Ref:
    made = find(Composition, order_id=row.id, withdrawn_at=None)
    silent = None if note else refusal("请写明异议是什么", "Say what the objection is", field="note")
    case.decide(
        OrderObjected(order=row.uid, customer=row.customer.uid, composition=made.uid if made else row.uid, how=how),
        reasons=[wrong or _unanswerable(row), silent],
    )
    take_back(case, row)
    update(row, objected_at=case.at)
    note_down(case, order_id=row.id, text=note, kind="objection")
    return Ref("order", row.uid, row.number)


@command(may=Power.TAKE_ORDER, title=Text("撤回重发", "Withdraw to send again"))
def withdraw_order(case: Case, *, order: OrderId, reason: str) -> Ref:
    """Take a sent, unconfirmed order back to change it; the sent document stays on record as withdrawn."""
    row = lock_order(order, case.actor)
    made = find(Composition, order_id=row.id, withdrawn_at=None)
    wrong = [_unanswerable(row), None if reason else refusal("请写明原因", "Say why", field="reason")]
    case.decide(OrderWithdrawn(order=row.uid, customer=row.customer.uid, composition=made.uid if made else row.uid, reason=reason), reasons=wrong)
    take_back(case, row)
    note_down(case, order_id=row.id, text=WITHDRAWN.fill(n=made.version if made else "", why=reason), kind="withdrawn")
    return Ref("order", row.uid, row.number)


def take_back(case: Case, row: Order) -> None:
    """The composition no longer stands: the order holds nothing and asks for nothing, it is unsent."""
    Composition.objects.filter(order=row, withdrawn_at=None).update(withdrawn_at=case.at)
    let_go(case, row.uid)
    update(row, sent_at=None, remit_fen=None)
