"""From the customer's call to his answer (D1, D2): orders taken, accounts checked, orders sent, confirmed, forgotten, objected to."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from datetime import datetime
from uuid import UUID

from gatepass.orders.models import Order
from gatepass.orders.proposals import sending
from gatepass.roles import SYSTEM
from gatepass.simulation.clientele import Client
from gatepass.simulation.deals import Deal, Plan, Trade
from gatepass.simulation.making import handing_over
from gatepass.simulation.world import Story

NOTES = ("", "", "", "", "", "", "尽量周五前到", "包装箱请用新版", "和上次一样的批次", "下午三点后再联系", "随货带两份检测报告")
REASONS = ("正在核对上月账款", "老板出差，下午回来看", "在等下面门店报数", "想再加一点货，还没定", "没看到链接，已重新发")
OUTCOMES = ("checking", "will_confirm", "account", "not_reached", "quantity")


def wanted(trade: Trade, client: Client) -> tuple[tuple[UUID, int], ...]:
    """What this customer orders today: some of his usual goods, more of what the season asks for."""
    random = trade.world.random
    season = {"火锅底料": 1.6} if trade.world.today().month in (10, 11, 12, 1, 2) else {"泡菜": 1.4}
    chosen = random.sample(client.favourites, min(len(client.favourites), random.choice((1, 2, 2, 3, 3, 4, 6))))
    lines = []
    for good in chosen:
        cartons = client.size / len(chosen) * random.uniform(0.6, 1.5) * season.get(good.family, 1.0)
        lines.append((trade.yard.products[good.code], max(5, round(cartons / 5) * 5)))
    return tuple(lines)


def order(trade: Trade, client: Client, plan: Plan) -> Story:
    """The story of one order, from the call on."""
    world = trade.world
    taken = world.tries(
        "take_order", client.desk, customer=client.uid, channel=world.random.choice(("phone", "phone", "chat", "fax")),
        lines=[{"product": product, "cartons": cartons} for product, cartons in plan.lines], note=world.random.choice(NOTES),
    )  # fmt: skip
    if taken is None:
        return
    deal = Deal(client, plan, taken.uid, taken.label)
    if deal.halts("taken"):
        return
    yield trade.office(plan, 6, 52) if world.happens(0.94) else world.office(63, 95)
    world.do("answer_account_check", world.random.choice(("zhou", "peng")), order=deal.order)
    if deal.halts("checked"):
        return
    yield trade.office(plan, 2, 25)
    if not _sends(trade, deal, "link"):
        yield from _checked_again(trade, deal)
        _sends(trade, deal, "link")
    token = _link(trade, deal) if world.happens(0.4) else ""
    if deal.halts("sent"):
        return
    confirmed = yield from _answer(trade, deal, token)
    if confirmed and not deal.halts("confirmed"):
        world.start(handing_over(trade, deal), trade.office(plan, 10, 100))


def _sends(trade: Trade, deal: Deal, how: str) -> bool:
    """The clerk looks at what would go out, accepts what was booked since the check, and sends it; False where the check is too old."""
    world = trade.world
    shown = sending(SYSTEM, deal.order, day=world.today())
    seen = {"previewed": shown.digest, "shown": shown.shown, "accepts_changes": bool(shown.since)}
    return world.tries("send_order", deal.client.desk, order=deal.order, how=how, **seen) is not None


def _checked_again(trade: Trade, deal: Deal) -> Generator[datetime, None, None]:
    world = trade.world
    world.do("request_account_check", deal.client.desk, order=deal.order)
    yield world.office(6, 40)
    world.do("answer_account_check", world.random.choice(("zhou", "peng")), order=deal.order)
    yield world.office(2, 10)


def _link(trade: Trade, deal: Deal) -> str:
    """A signed link goes to the customer; the desk keeps its token."""
    token = trade.world.random.randbytes(18).hex()
    digest = hashlib.sha256(token.encode()).hexdigest()
    trade.world.do("make_link", deal.client.desk, order=deal.order, token_digest=digest, sent_how="chat")
    return digest


def _answer(trade: Trade, deal: Deal, token: str) -> Generator[datetime, None, bool]:
    """What the customer does with the order; True when he confirmed it."""
    world, answer = trade.world, deal.plan.answer
    if answer == "objects":
        yield world.office(30, 150)
        world.do("object_to_order", deal.client.desk, order=deal.order, note="有一行数量记错了，少要一些", how="phone")
        yield from _again(trade, deal)
    elif answer in ("forgets", "gives up"):
        yield world.office(245, 290)
        world.do(
            "record_contact", deal.client.desk if world.happens(0.7) else deal.client.salesman, order=deal.order,
            outcome=world.random.choice(OUTCOMES), note=world.random.choice(REASONS),
        )  # fmt: skip
        yield world.office(60, 200)
        if answer == "gives up":
            world.do("record_contact", deal.client.desk, order=deal.order, outcome="escalated", note="客户暂时不要了，请经理定夺")
            yield world.office(120, 400)
            world.do("cancel_order", deal.client.desk, order=deal.order, reason="客户暂缓进货")
            return False
    else:
        yield trade.office(deal.plan, 8, 200)
    _confirms(trade, deal, token if answer == "confirms" else "")
    return True


def _confirms(trade: Trade, deal: Deal, token: str) -> None:
    world = trade.world
    if token:
        world.do("answer_link", "system", digest=token, confirms=True)
    elif world.happens(0.25):
        world.do("confirm_order", deal.client.salesman, order=deal.order, how="phone", note="业务员电话确认")
    else:
        world.do("confirm_order", deal.client.desk, order=deal.order, how=world.random.choice(("phone", "phone", "fax", "chat")))
    deal.covered = (Order.objects.get(uid=deal.order).remit_fen or 0) <= 0


def _again(trade: Trade, deal: Deal) -> Generator[datetime, None, None]:
    """The objection is taken into account and the order sent once more."""
    world = trade.world
    yield world.office(10, 60)
    lines = [{"product": product, "cartons": max(5, cartons * 4 // 5)} for product, cartons in deal.plan.lines]
    world.do("change_order", deal.client.desk, order=deal.order, lines=lines, reason="按客户异议改数量")
    yield world.office(3, 20)
    if not _sends(trade, deal, "chat"):
        yield from _checked_again(trade, deal)
        _sends(trade, deal, "chat")
    yield world.office(15, 120)
