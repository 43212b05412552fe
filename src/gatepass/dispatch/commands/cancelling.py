"""Cancelling an order, or what of it has not left."""

from __future__ import annotations

from gatepass.approvals.binding import close_of_order
from gatepass.dispatch.models import Notice
from gatepass.dispatch.unpaid import void_of_order
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.rows import rows, update
from gatepass.orders.ending import ending
from gatepass.orders.events import OrderCancelled
from gatepass.orders.inputs import OrderId
from gatepass.orders.locking import lock_order
from gatepass.orders.models import Order
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.taking import under_way
from gatepass.receivables.posting import let_go
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.stock.reserving import release_all
from gatepass.words import Text


@command(may=Power.TAKE_ORDER, title=Text("取消订单", "Cancel an order"))
def cancel_order(case: Case, *, order: OrderId, reason: str) -> Ref:
    """End an order of which nothing has left, or the rest of one of which something has: what it reserved and held is free again. What
    left stays, with its part of discount and subsidy; the order is then complete."""
    row = lock_order(order, case.actor)
    reasons = [*under_way(row), None if reason else refusal("请写明原因", "Say why", field="reason"), *_noticed(row)]
    rest = ending(row)
    if rest is not None:
        case.decide(*rest.events(reason), reasons=reasons)
        void_of_order(case, row)
        rest.write(case, reason)
        return Ref("order", row.uid, row.number)
    case.decide(OrderCancelled(order=row.uid, customer=row.customer.uid, reason=reason), reasons=reasons)
    update(row, cancelled_at=case.at, cancelled_why=reason)
    let_go(case, row.uid)
    close_of_order(case, row.uid)
    release_all(row.uid)
    note_down(case, order_id=row.id, text=reason, kind="change")
    return Ref("order", row.uid, row.number)


def _noticed(row: Order) -> list[Reason]:
    """Notices in force whose goods are still here."""
    return [
        Reason(
            what=Text("发货通知单 {number} 还有效，请先作废", "Shipping notice {number} is in force: void it first").fill(number=one.number),
            clause="D6", who=Position.CLIENT_ADMIN, command="void_notice", given={"notice": str(one.uid)},
        )
        for one in rows(Notice, order_id=row.pk, voided_at=None, left_at=None)
    ]  # fmt: skip
