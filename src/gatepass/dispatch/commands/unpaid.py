"""Asking the director to sign for goods that leave before they are paid (D4): by the desk, at night by whoever meets the need."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.dispatch.goods import noticed
from gatepass.dispatch.models import Notice, UnpaidSignature
from gatepass.dispatch.scope import lock_notice
from gatepass.dispatch.standing import over
from gatepass.dispatch.unpaid import of_notice, pending, stuck, unnoticed
from gatepass.dispatch.unpaid_route import UNPAID
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.rows import add, rows
from gatepass.orders.events import UnpaidRequested
from gatepass.orders.locking import lock_order
from gatepass.orders.models import Order
from gatepass.orders.standing import unconfirmed
from gatepass.orders.taking import today, under_way
from gatepass.receivables.rests import cover_of
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

WAITS = Reason(what=Text("已有一份申请在等总监签批", "A request is already waiting for the director"), clause="D4")
once("one_open_unpaid_request", WAITS)


@command(may=Power.ASK_UNPAID, title=Text("申请先发后款", "Ask to ship unpaid"))
def request_unpaid(
    case: Case, *, order: Annotated[UUID | None, Of("order")] = None, notice: Annotated[UUID | None, Of("notice")] = None, reason: str,
    pay_on: Annotated[date | None, Called(Text("客户哪天付款", "the customer pays on"))] = None,
) -> Ref:  # fmt: skip
    """Ask the sales director to sign for goods that leave before they are paid: of a notice in its present version (none is named: of one
    that waits for it), or of what no notice names yet. The sum is what is unpaid now, with changes on their way; nobody types it (D4)."""
    row, about = _meant(case, order, notice)
    cover, known = cover_of(row.uid), noticed(row)
    about = about or stuck(row, cover, known)
    fen, paid = unnoticed(row, cover, known)
    if about is None and fen == 0:
        about = _last(row)
    of_it = of_notice(about, cover, known) if about else None
    fen, base = (of_it[0], of_it[1]) if of_it else (fen, cover.goods_paid_fen if cover else paid)
    if cover is None or cover.asked.ended_at is not None:
        fen = 0  # nothing is asked for it, or not any more
    uid = case.new_id()
    case.decide(
        UnpaidRequested(order=row.uid, customer=row.customer.uid, unpaid_signature=uid, fen=fen),
        reasons=_wrong(case, row, about, fen, reason, pay_on),
    )
    version = about.version + any(not one.after_hours for one in pending(about)) if about else None
    made = UnpaidSignature(
        uid=uid, order=row, notice=about, version=version, fen=fen, covers_fen=fen, paid_fen=base, pay_on=pay_on, asked_at=case.at
    )
    add(made)
    _bind(case, made, reason)
    return Ref("notice", about.uid, about.number) if about and notice else Ref("order", row.uid, row.number)


def _meant(case: Case, order: UUID | None, notice: UUID | None) -> tuple[Order, Notice | None]:
    """What is asked for, locked in the viewer's scope. Raises NotFound."""
    if notice is not None:
        found = lock_notice(case.actor, notice, with_order=True)
        if order not in (None, found.order.uid):
            raise NotFound("notice")
        return found.order, found
    if order is None:
        raise NotFound("order")
    return lock_order(order, case.actor), None


def _last(order: Order) -> Notice | None:
    """The last notice in force that has not left, where every carton is on one."""
    found = next(iter(reversed(rows(Notice, order_id=order.pk, voided_at=None, left_at=None))), None)
    if found is not None:
        found.order = order
    return found


def _wrong(
    case: Case, order: Order, notice: Notice | None, fen: int, reason: str, pay_on: date | None
) -> list[Reason | None]:  # fmt: skip
    waits = rows(
        UnpaidSignature, order_id=order.pk, notice_id=notice.pk if notice else None, signed_at=None, returned_at=None, voided_at=None
    )
    return [
        None if order.confirmed_at else unconfirmed(order.uid),
        *under_way(order),
        over(notice) if notice else None,
        WAITS if waits else None,
        None if fen > 0 else refusal("没有未付的货款，不用签批", "Nothing of it is unpaid: there is nothing to sign for", clause="D4"),
        None if reason else refusal("请写明理由", "Say why", field="reason"),
        refusal("理由最多 300 字", "The reason has at most 300 characters", field="reason") if len(reason) > 300 else None,
        refusal("付款日在今天之前", "The day of payment is in the past", field="pay_on") if pay_on and pay_on < today(case) else None,
    ]


def _bind(case: Case, made: UnpaidSignature, reason: str) -> None:
    order, notice = made.order, made.notice
    data = {
        "order": str(order.uid), "order_number": order.number, "customer_name": order.customer.name,
        "notice": str(notice.uid) if notice else "", "notice_number": notice.number if notice else "", "notice_version": made.version or 0,
        "fen": made.fen, "pay_on": made.pay_on.isoformat() if made.pay_on else "", "reason": reason,
    }  # fmt: skip
    bind(case, UNPAID, made.uid, number=notice.number if notice else order.number, data=numbered(1, data), order=order.uid)
