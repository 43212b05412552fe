"""Why an order is not ripe for what comes later, with the command that brings it there: reasons that several rooms share."""

from __future__ import annotations

from uuid import UUID

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
