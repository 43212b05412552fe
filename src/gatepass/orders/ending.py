"""The rest of an order of which something has left: it is not delivered any more. Under the locks of customer and order."""

from __future__ import annotations

from dataclasses import dataclass

from gatepass.journal.door import Case
from gatepass.journal.rows import update
from gatepass.money import times
from gatepass.orders.events import OrderRestEnded, OrderShipped
from gatepass.orders.locking import lines_with_products
from gatepass.orders.models import Order, OrderLine
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.taking import ADDED_UP, add_up
from gatepass.receivables.going import Going, rest_ended
from gatepass.rules.events import Event
from gatepass.stock.reserving import release_all
from gatepass.words import Text


@dataclass(slots=True)
class Ending:
    """The lines as they are with what left alone, and what that does to the account; cartons: how many do not leave any more."""

    order: Order
    lines: list[OrderLine]
    cartons: int
    accounts: Going

    def events(self, reason: str) -> list[Event]:
        about = {"order": self.order.uid, "customer": self.order.customer.uid}
        return [OrderRestEnded(**about, cartons=self.cartons, reason=reason), OrderShipped(**about), *self.accounts.events]

    def write(self, case: Case, reason: str) -> None:
        """The order is what has left, and complete; what was set aside and held for it is free."""
        for line in self.lines:
            update(line, cartons=line.cartons, gift=line.gift, fen=line.fen, remark=line.remark or reason)
        add_up(self.order, self.lines)
        update(self.order, shipped_at=case.at, rest_ended_at=case.at, **{name: getattr(self.order, name) for name in ADDED_UP})
        self.accounts.write(case)
        release_all(self.order.uid)
        said = Text("余下 {n} 件不再发：{why}", "the rest of {n} cartons is not delivered: {why}").fill(n=self.cartons, why=reason)
        note_down(case, order_id=self.order.id, text=said, kind="change")


def ending(order: Order) -> Ending | None:
    """What ending the rest of an order does; None where nothing of it has left."""
    lines = lines_with_products(order)
    if not any(line.shipped or line.shipped_gift for line in lines):
        return None
    cut = [line for line in lines if (line.shipped, line.shipped_gift) != (line.cartons, line.gift)]
    cartons = sum(line.cartons - line.shipped + line.gift - line.shipped_gift for line in cut)
    for line in cut:
        line.cartons, line.gift = line.shipped, line.shipped_gift
        line.fen = times(line.yuan, line.cartons)
    return Ending(order, lines, cartons, rest_ended(order.uid, sum(line.fen for line in lines), order.goods_fen))
