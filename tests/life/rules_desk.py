"""The desk's and finance's commands of the model: from the call to the money (D1 to D4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from life.things import CLIENT, FINANCE, TALKERS, Absent, Demand, Goods, Order, value
from life.world import World, rule


def here(who: str) -> None:
    """The salesman of another region finds nothing."""
    if who == "qin":
        raise Absent


def _taken(world: World, who: str, lines: dict[str, int]) -> Order:
    made = Order({product: (cartons, 0) for product, cartons in lines.items()})
    made.hands.add(who)
    world.orders.append(made)
    return made


@rule("take_order", CLIENT, _taken)
def take_order(world: World, who: str, lines: dict[str, int]) -> Iterator[str]:
    if not lines or min(lines.values()) <= 0:
        yield ""


def _checked(world: World, who: str, order: Order) -> None:
    order.checked, order.checked_at = True, world.now
    order.clocks.discard("D1.2")


@rule("answer_account_check", FINANCE, _checked)
def answer_account_check(world: World, who: str, order: Order) -> Iterator[str]:
    if order.over:
        yield ""
    if order.checked:
        yield "D1"


def _asked_again(world: World, who: str, order: Order) -> None:
    order.checked = False
    order.clocks.add("D1.2")


@rule("request_account_check", CLIENT, _asked_again)
def request_account_check(world: World, who: str, order: Order) -> Iterator[str]:
    if order.over:
        yield ""
    if order.sent or not order.checked:
        yield "D1"


def _changed(world: World, who: str, order: Order, lines: dict[str, int]) -> None:
    order.lines = {product: (cartons, 0) for product, cartons in lines.items()}
    order.hands.add(who)


@rule("change_order", CLIENT, _changed)
def change_order(world: World, who: str, order: Order, lines: dict[str, int]) -> Iterator[str]:
    if order.over or not lines or min(lines.values()) <= 0:
        yield ""
    if order.sent:
        yield "D2"


def _sent(world: World, who: str, order: Order) -> None:
    order.lines = {product: (paid, paid // 20) for product, (paid, _) in order.lines.items()}
    goods = value(order.lines)
    world.money.hold(order, world.money.free())
    order.committed, order.received, order.covered = goods, 0, False
    order.sent = order.claims = order.asked = True
    order.hands.add(who)
    order.turn = max(one.turn for one in world.orders) + 1
    order.clocks.add("D2.2")


def fresh(world: World, at: datetime | None) -> bool:
    """A check is good to the close of the next working day after that on which it counts; Sundays are free."""
    if at is None:
        return False
    day = at.date()
    while day.weekday() > 5 or (day == at.date() and at.time() > time(18)):
        day += timedelta(days=1)
    day += timedelta(days=1)
    while day.weekday() > 5:
        day += timedelta(days=1)
    return world.now <= datetime.combine(day, time(18))


@rule("send_order", CLIENT, _sent)
def send_order(world: World, who: str, order: Order) -> Iterator[str]:
    if not order.checked or not fresh(world, order.checked_at):
        yield "D1"
    if order.sent:
        yield "D2"
    if order.cancelled:
        yield ""


def unanswerable(order: Order) -> Iterator[str]:
    if order.cancelled:
        yield ""
    elif not order.sent or order.confirmed:
        yield "D2"


def covered(order: Order) -> None:
    """The money is here: nobody needs to be told to remit, and the goods have two working days."""
    order.covered = True
    order.clocks -= {"D4.1", "D4.7"}
    order.clocks.add("D4.3")


def _confirmed(world: World, who: str, order: Order) -> None:
    order.confirmed = True
    order.clocks -= {"D2.2"}
    order.clocks.add("D3.2")
    if world.money.asks(order) > 0:
        order.clocks.add("D4.1")
    else:
        covered(order)


@rule("confirm_order", CLIENT | {"yang", "qin", "he", "bo"}, _confirmed)
def confirm_order(world: World, who: str, order: Order) -> Iterator[str]:
    here(who)
    yield from unanswerable(order)


def _taken_back(world: World, who: str, order: Order) -> None:
    order.sent = order.claims = False
    order.clocks -= {"D2.2", "D4.3", "D4.7"}
    world.money.let_go(order)


@rule("object_to_order", CLIENT | {"yang", "qin", "he", "bo"}, _taken_back)
def object_to_order(world: World, who: str, order: Order) -> Iterator[str]:
    here(who)
    yield from unanswerable(order)


@rule("withdraw_order", CLIENT, _taken_back)
def withdraw_order(world: World, who: str, order: Order) -> Iterator[str]:
    yield from unanswerable(order)


def rest_ended(world: World, order: Order) -> None:
    """What has not left does not leave any more: what is held beyond what left is the customer's."""
    order.lines = {product: order.gone.get(product, (0, 0)) for product in order.lines}
    was, owed = order.covered, world.owed()
    world.worth(order, value(order.lines) - order.committed)
    if order.covered and not was:
        order.clocks -= {"D4.1", "D4.2", "D4.7"}
    order.shipped, order.claims = True, False
    order.clocks -= {"D3.2", "D4.2", "D4.3"}
    for wish in world.wishes:
        wish.voided = wish.voided or wish.order is order
    world.money.leave(order, [], True)
    world.release(order)
    world.paid_off(owed)


def _cancelled(world: World, who: str, order: Order) -> None:
    if any(sum(pair) for pair in order.gone.values()):
        rest_ended(world, order)
        return
    order.cancelled, order.claims = True, False
    order.clocks.clear()
    world.release(order)
    world.money.let_go(order)


@rule("cancel_order", CLIENT, _cancelled)
def cancel_order(world: World, who: str, order: Order) -> Iterator[str]:
    if order.over:
        yield ""
    if any(not one.left for one in world.of(order)):
        yield "D6"


def _told(world: World, who: str, order: Order, claims_ready: bool, promised: int | None) -> None:
    order.clocks -= {"D4.1", "D4.7"}
    if promised is not None:
        order.clocks.add("D4.7")


@rule("notify_payment", TALKERS, _told)
def notify_payment(world: World, who: str, order: Order, claims_ready: bool, promised: int | None) -> Iterator[str]:
    here(who)
    if not order.confirmed:
        yield "D2"
    if claims_ready and not order.ready:
        yield "C4"
    if not order.asked or world.money.asks(order) <= 0:
        yield "D4"


def nothing(*_: Any, **__: Any) -> None:
    """Only a line in the plan book."""


@rule("record_contact", TALKERS, nothing)
def record_contact(world: World, who: str, order: Order) -> Iterator[str]:
    here(who)
    if not order.sent or order.confirmed:
        yield "D2"
    elif order.cancelled:
        yield ""


def _received(world: World, who: str, amount: int, matches: list[tuple[Order, int]] | None) -> None:
    world.receipts += 1
    owed = world.owed()
    for order in world.money.receive(amount, world.now, world.asking(), matches):
        if order.claims:
            covered(order)
        order.covered = True
    world.paid_off(owed)


@rule("record_receipt", FINANCE | {"cash"}, _received)
def record_receipt(world: World, who: str, amount: int, matches: list[tuple[Order, int]] | None) -> Iterator[str]:
    if amount <= 0:
        yield ""
    asks = {order: max(0, world.money.asks(order)) for order in world.asking()}
    for order, fen in matches or ():
        if not 0 < fen <= asks.get(order, 0):
            yield "C6"
    if matches is not None and sum(fen for _, fen in matches) > amount:
        yield "C6"


def wanted(lines: Goods) -> dict[str, int]:
    return {product: paid + gift for product, (paid, gift) in lines.items()}


def _handed(world: World, who: str, order: Order) -> None:
    for product, cartons in wanted(order.lines).items():
        has = world.reserved.get((order, product), 0) + world.picked(order, product)
        from_stock = min(cartons, max(0, world.free(product)) + has)
        order.demands[product] = Demand(product, cartons, from_stock)
    for demand in order.demands.values():
        world.reserve(order, demand.product, max(0, demand.from_stock - world.set_aside(order, demand.product)))
    order.handed = True
    order.ready = all(one.cartons == one.from_stock for one in order.demands.values())
    order.clocks -= {"D3.2"}


@rule("hand_over_demand", CLIENT, _handed)
def hand_over_demand(world: World, who: str, order: Order) -> Iterator[str]:
    if not order.confirmed or order.handed:
        yield "D3"
    if order.over:
        yield ""


def missing(order: Order, demand: Demand) -> int:
    """Of what the order still wants: its goods may have been exchanged since."""
    return min(demand.cartons, sum(order.lines.get(demand.product, (0, 0)))) - demand.from_stock - demand.ready


def _made(world: World, who: str, order: Order, product: str, cartons: int) -> None:
    """Into a batch of its own, which expires last; set aside for the order while it waits."""
    demand = order.demands[product]
    world.stock[product].append(cartons)
    world.made[product].append(world.now.date())
    counted = 0 if order.over else max(0, min(cartons, missing(order, demand)))
    demand.ready += counted
    world.reserve(order, product, max(0, min(counted, sum(order.lines.get(product, (0, 0))) - world.set_aside(order, product))))
    order.ready = order.ready or (world.complete(order) and not order.over)


@rule("report_ready", {"wu"}, _made)
def report_ready(world: World, who: str, order: Order, product: str, cartons: int) -> Iterator[str]:
    if cartons <= 0:
        yield ""


def _short(world: World, who: str, order: Order, product: str, cartons: int) -> None:
    order.demands[product].short = True


@rule("report_short", {"wu"}, _short)
def report_short(world: World, who: str, order: Order, product: str, cartons: int) -> Iterator[str]:
    if not 0 < cartons <= order.demands[product].cartons or order.over:
        yield ""
    if order.demands[product].short:
        yield "D3"


def _taken_up(world: World, who: str, order: Order, product: str) -> None:
    order.demands[product].short = False


@rule("take_up_shortage", TALKERS, _taken_up)
def take_up_shortage(world: World, who: str, order: Order, product: str) -> Iterator[str]:
    here(who)
    if not order.demands[product].short or order.cancelled:
        yield ""

