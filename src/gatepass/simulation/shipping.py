"""From money and goods to the loading dock: notices, two approvals, picking by batch, doubts and changes (D6 to D8)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gatepass.dispatch.goods import current_lines
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.orders.models import OrderLine
from gatepass.simulation.deals import Deal, Plan, Trade
from gatepass.simulation.leaving import to_the_dock
from gatepass.simulation.world import Story
from gatepass.stock.models import Batch

DOUBTS = ("箱唛是旧版，客户收不收？", "这一行有两个日期，能不能混发？", "外箱有水渍，换一批发行吗？", "通知单没写是否要托盘")
REASONS = {"short": "盘点少货", "substitute": "这一款缺货，客户急用", "extra": "车上有余位"}
ANSWERS = ("问过客户，可以", "请换一批", "可以混发，分开码放", "要托盘，运费另议")


def ship(trade: Trade, deal: Deal) -> None:
    """Start shipping once goods and money are there; asked again, it finds it started."""
    if deal.ready and deal.covered and not deal.shipping and not deal.halts("paid"):
        deal.shipping = True
        trade.world.start(_shipping(trade, deal), trade.office(deal.plan, 10, 140))


def _shipping(trade: Trade, deal: Deal) -> Story:
    world = trade.world
    lines = _half(trade, deal) if deal.plan.warehouse == "split" else None
    made = world.tries("issue_notice", deal.client.desk, order=deal.order, lines=lines, ship_on=world.working_day(0))
    if made is None:
        deal.shipping = False
        return
    deal.notices.append(made.uid)
    if deal.halts("noticed"):
        return
    approved = yield from _approvals(trade, deal, made.uid)
    if not approved or deal.halts("approved"):
        return
    yield trade.office(deal.plan, 10, 120)
    yield from _picking(trade, deal, made.uid)
    if lines is not None:
        yield world.on(world.working_day(2), 9, 15)
        deal.plan = _smooth(deal)
        yield from _shipping(trade, deal)


def _smooth(deal: Deal) -> Plan:
    return replace(deal.plan, warehouse="smooth")


def _half(trade: Trade, deal: Deal) -> list[dict[str, Any]] | None:
    """The first lines of an order of several, with their giveaways, to go ahead of the rest."""
    rows = list(OrderLine.objects.filter(order__uid=deal.order).select_related("product").order_by("position"))
    return [{"product": r.product.uid, "cartons": r.cartons, "gift": r.gift} for r in rows[: len(rows) // 2]] or None


def _approvals(trade: Trade, deal: Deal, notice: UUID) -> Generator[datetime, None, bool]:
    """Finance and sales approve the version that they read."""
    world = trade.world
    yield trade.office(deal.plan, 8, 110)
    if world.signs(world.random.choice(("xu", "zhou")), "notice", notice, "finance") is None:
        return False
    if deal.halts("half approved"):
        return False
    yield trade.office(deal.plan, 8, 150)
    return world.signs("liang" if world.happens(0.1) else "he", "notice", notice, "sales") is not None


def _picking(trade: Trade, deal: Deal, notice: UUID) -> Story:
    world, picker = trade.world, trade.world.random.choice(("deng", "gao", "mei"))
    if world.tries("start_picking", picker, notice=notice) is None:
        return
    goes_on = yield from _hitch(trade, deal, notice, picker)
    if not goes_on:
        return
    lines = _lines(notice)
    for number, line in enumerate(lines):
        if deal.halts("half picked") and number * 2 >= len(lines):
            return
        yield trade.soon(deal.plan, 4, 18)
        if not _pick(trade, notice, line, picker):
            return
    yield world.soon(2, 6)
    if world.tries("finish_picking", picker, notice=notice) is not None and not deal.halts("picked"):
        to_the_dock(trade, deal, notice)


def _hitch(trade: Trade, deal: Deal, notice: UUID, picker: str) -> Generator[datetime, None, bool]:
    """What comes up before the first carton is taken: a doubt, a change of goods by day or by night; False when it stops there."""
    last, warehouse = _lines(notice)[-1], deal.plan.warehouse
    if warehouse == "doubt":
        return (yield from _doubt(trade, deal, notice, picker))
    if warehouse in REASONS:
        yield trade.soon(deal.plan, 3, 12)
        return (yield from _change(trade, deal, notice, last, picker))
    if warehouse == "night":
        yield from _at_night(trade, deal, notice, last, picker)
        return not deal.halts("night change")
    return True


def _doubt(trade: Trade, deal: Deal, notice: UUID, picker: str) -> Generator[datetime, None, bool]:
    world = trade.world
    yield trade.soon(deal.plan, 3, 12)
    doubt = world.do("raise_doubt", picker, notice=notice, line=_lines(notice)[0].uid, question=world.random.choice(DOUBTS))
    if deal.halts("doubt"):
        return False
    yield world.office(8, 75)
    world.do("answer_doubt", deal.client.desk, doubt=doubt.uid, answer=world.random.choice(ANSWERS))
    return True


def _lines(notice: UUID) -> list[NoticeLine]:
    return list(current_lines(Notice.objects.get(uid=notice)))


def _pick(trade: Trade, notice: UUID, line: NoticeLine, picker: str) -> bool:
    """Take what is wanted, first expired first; False when the shelves do not have it."""
    wanted, taken = line.cartons + line.gift, []
    shelf = Batch.objects.filter(product_id=line.product_id, quality="passed", on_hand__gt=0, expires_on__gt=trade.world.today())
    for batch in shelf.order_by("expires_on", "id"):
        cartons = min(wanted, batch.on_hand)
        wanted -= cartons
        taken.append({"batch": batch.uid, "cartons": cartons})
        if not wanted:
            break
    if wanted:
        return False
    return trade.world.tries("pick_line", picker, notice=notice, line=line.uid, batches=taken) is not None


def _change(trade: Trade, deal: Deal, notice: UUID, line: NoticeLine, picker: str) -> Generator[datetime, None, bool]:
    """The warehouse proposes, sales consents, the desk makes the change and tells the customer, both sides approve anew."""
    world, kind = trade.world, deal.plan.warehouse
    few = max(1, min(10, (line.cartons + line.gift) // 5))
    about: dict[str, Any] = {"line": line.uid, "cartons": few, "kind": kind, "reason": REASONS[kind]}
    if kind == "substitute":
        about["product"] = _other(trade, line)
    change = world.tries("propose_change", picker, notice=notice, **about)
    if change is None or deal.halts("change"):
        return False
    yield world.office(6, 55)
    if world.happens(0.2):
        world.do("decline_change", "he", change=change.uid, reason="客户不接受，按原单发")
        return True
    world.do("consent_change", "he", change=change.uid, note="同意，先和客户说好")
    yield world.office(4, 30)
    if world.tries("apply_change", deal.client.desk, change=change.uid) is None:
        world.do("withdraw_change", deal.client.desk, change=change.uid, reason="没付的加货不发，按原单")
        return True
    world.do("tell_change", deal.client.desk, change=change.uid, how="phone", understanding="客户理解，下次补上")
    return (yield from _approvals(trade, deal, notice))


def _at_night(trade: Trade, deal: Deal, notice: UUID, line: NoticeLine, picker: str) -> Story:
    """After hours the warehouse rings the manager and acts on his word; in the morning it is relayed, confirmed, countersigned, told."""
    world = trade.world
    yield max(world.soon(1, 2), world.calendar.closes(world.today()) + timedelta(minutes=world.random.randrange(20, 60)))
    few = max(1, min(8, (line.cartons + line.gift) // 6))
    change = world.tries("propose_change", picker, notice=notice, kind="short", line=line.uid, cartons=few, reason="夜里装车发现破箱")
    if change is None:
        return
    yield world.soon(2, 8)
    world.do("consent_change", picker, change=change.uid, verbal=True, consenter=world.people["he"], note="电话请示，先少发")
    if world.tries("apply_change", picker, change=change.uid) is None:
        world.do("withdraw_change", picker, change=change.uid, reason="夜里改不成，按原单发")
        return
    if not deal.halts("night change"):
        world.start(_morning(trade, deal, change.uid, picker), world.on(world.working_day(1), 8, 9) + timedelta(minutes=31))


def _morning(trade: Trade, deal: Deal, change: UUID, picker: str) -> Story:
    world = trade.world
    world.do("relay_change", picker, change=change, person=world.people[deal.client.desk])
    yield world.office(10, 60)
    world.do("tell_change", deal.client.desk, change=change, how="phone", understanding="客户同意下次补")
    yield world.office(10, 200)
    world.do("countersign_change", "xu", change=change)
    world.do("confirm_verbal_consent", "he", change=change)


def _other(trade: Trade, line: NoticeLine) -> UUID:
    """A product of the same family."""
    family = [uid for uid, good in trade.yard.goods.items() if good.family == line.product.family and uid != line.product.uid]
    return trade.world.random.choice(family)
