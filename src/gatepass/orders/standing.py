"""Why an order is not ripe for what comes later, with the command that brings it there: reasons that several rooms share."""

from __future__ import annotations

from uuid import UUID

from gatepass.orders.models import Order
from gatepass.roles import Position
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text


def unsent(order: UUID) -> Reason:
    return refusal(
        "订单还没有发给客户", "The order has not been sent", clause="D2", cure=Text("先发给客户", "Send it to the customer first"),
        who=Position.CLIENT_ADMIN, command="send_order", given={"order": str(order)},
    )  # fmt: skip


def unconfirmed(order: UUID, clause: str = "D2") -> Reason:
    return refusal(
        "客户还没有确认订单", "The customer has not confirmed the order", clause=clause, cure=Text("先取得客户确认", "Get the confirmation first"),
        who=Position.CLIENT_ADMIN, command="confirm_order", given={"order": str(order)},
    )  # fmt: skip


def with_customer(order: Order) -> Reason:
    """Why an order is not made otherwise: it is taken back before the customer has confirmed it; after that, cancelled and taken anew."""
    given = {"order": str(order.uid)}
    if order.confirmed_at is None:
        return refusal(
            "订单已发给客户，先撤回再改", "The order is with the customer: withdraw it first", clause="D2", command="withdraw_order", given=given,
        )  # fmt: skip
    cure = Text("货在通知单上调换增减；或取消未发的，另接一单", "Change the goods on a notice; or cancel what has not left and take another order")
    return refusal(
        "客户已确认，不能再改", "The customer has confirmed it: it is not changed any more", clause="D2", command="cancel_order", given=given,
        cure=cure,
    )  # fmt: skip
