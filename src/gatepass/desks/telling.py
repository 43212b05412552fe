"""How an entry of the journal is told in a story: what happened, with its figures. Sums are left out for who may not see money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from gatepass.money import figure
from gatepass.orders.inputs import Channel, Outcome
from gatepass.rules.events import REGISTRY
from gatepass.words import Text, same

Payload = Mapping[str, Any]
Teller = Callable[[Payload, bool], Text]

HIDDEN: Final = frozenset(
    {"check.requested", "shipping_day.planned", "plan_book.noted", "order.covered", "link.made", "line.picked", "load.counted", "people.signed_in"}
)
"""What is told by another line of the same act, stands elsewhere on the page, or is too small for a story."""


def tell(code: str, payload: Payload, *, money: bool) -> Text:
    """A line's words; the event's own where there is nothing to add."""
    kind = REGISTRY.get(code)
    teller = TELLERS.get(code)
    if teller is not None:
        return teller(payload, money)
    return kind.text if kind else same(code)


def kinds(number: int) -> Text:
    """So many products."""
    return Text("{n} 种", "{n} product" if number == 1 else "{n} products").fill(n=number)


def _taken(p: Payload, money: bool) -> Text:
    cartons = sum(int(line[1]) for line in p["lines"])
    return Text("来电订货，{kinds} {cartons} 件", "Order taken: {kinds}, {cartons} cartons").fill(
        kinds=kinds(len(p["lines"])), cartons=cartons
    )


def _changed(p: Payload, money: bool) -> Text:
    cartons = sum(int(line[1]) for line in p["lines"])
    return Text("改单，{kinds} {cartons} 件", "Order changed: {kinds}, {cartons} cartons").fill(
        kinds=kinds(len(p["lines"])), cartons=cartons
    )


def _checked(p: Payload, money: bool) -> Text:
    if not money:
        return Text("账款核对完", "Account checked")
    owed = Text("账款核对完，原欠 {sum}", "Account checked: {sum} owed from before")
    credit = Text("账款核对完，余款 {sum}", "Account checked: {sum} in credit")
    fen = int(p["balance_fen"])
    return (owed if fen >= 0 else credit).fill(sum=figure(abs(fen)))


def _allocated(p: Payload, money: bool) -> Text:
    said = Text("配箱完，搭赠 {n} 件", "Allocated, {n} cartons free").fill(n=p["gifts"])
    return said + Text("，有改动", ", changed by hand") if p.get("by_hand") else said


def _sent(p: Payload, money: bool) -> Text:
    said = (
        Text("配箱完，订单发给客户", "Allocated and sent to the customer")
        if p.get("allocated")
        else Text("订单发给客户", "Sent to the customer")
    )
    if int(p["version"]) > 1:
        said += Text("（第 {n} 版）", " (version {n})").fill(n=p["version"])
    return said + Text("，应打 {sum}", ", {sum} to remit").fill(sum=figure(int(p["remit_fen"]))) if money else said


def _confirmed(p: Payload, money: bool) -> Text:
    return Text("客户确认（{how}）", "Customer confirmed ({how})").fill(how=_label(Channel, p["how"]))


def _objected(p: Payload, money: bool) -> Text:
    return Text("客户有异议（{how}），订单收回", "Customer objected ({how}), order taken back").fill(how=_label(Channel, p["how"]))


def _contacted(p: Payload, money: bool) -> Text:
    return Text("联系客户：{outcome}", "Customer contacted: {outcome}").fill(outcome=_label(Outcome, p["outcome"]))


def _handed(p: Payload, money: bool) -> Text:
    wanted, stock = sum(int(line[1]) for line in p["lines"]), sum(int(line[2]) for line in p["lines"])
    return Text(
        "需货计划交生产，库存 {stock} 件，要生产 {rest} 件", "Demand handed to production: {stock} from stock, {rest} to make"
    ).fill(stock=stock, rest=wanted - stock)


def _notified(p: Payload, money: bool) -> Text:
    if not p.get("promised_on"):
        return Text("通知汇款，客户没有约日子", "Told to remit, no date named")
    return Text("通知汇款，客户约定 {day}", "Told to remit; promised for {day}").fill(day=f"{date.fromisoformat(p['promised_on']):%m-%d}")


def _received(p: Payload, money: bool) -> Text:
    if not money:
        return Text("收款", "Receipt recorded")
    said = Text("到账 {sum}", "{sum} received").fill(sum=figure(int(p["fen"])))
    difference = int(p["difference_fen"])
    if difference == 0:
        return said + Text("，与应打一致", ", as due")
    more = Text("，多 {sum}", ", {sum} more than due") if difference > 0 else Text("，还差 {sum}", ", {sum} short")
    return said + more.fill(sum=figure(abs(difference)))


def _ready(p: Payload, money: bool) -> Text:
    return Text("生产报备齐 {n} 件", "Production reports {n} cartons ready").fill(n=p["cartons"])


def _short(p: Payload, money: bool) -> Text:
    words = {"short": Text("缺货", "short"), "quality": Text("不合格", "failed quality")}
    return Text("生产报{kind} {n} 件", "Production reports {n} cartons {kind}").fill(kind=words.get(p["kind"], same("")), n=p["cartons"])


def _unpaid(zh: str, en: str) -> Teller:
    def told(p: Payload, money: bool) -> Text:
        return Text(zh + " {sum}", en + ", {sum}").fill(sum=figure(int(p["fen"]))) if money else Text(zh, en)

    return told


def _cancelled(p: Payload, money: bool) -> Text:
    return Text("订单取消：{why}", "Order cancelled: {why}").fill(why=p["reason"])


def _withdrawn(p: Payload, money: bool) -> Text:
    return Text("撤回重发：{why}", "Withdrawn to be sent again: {why}").fill(why=p["reason"])


def _label(kind: Any, code: str) -> Text:
    try:
        found: Text = kind(code).text
    except ValueError:
        return same(code)
    return found


TELLERS: Final[dict[str, Teller]] = {
    "order.taken": _taken,
    "order.changed": _changed,
    "check.answered": _checked,
    "order.allocated": _allocated,
    "order.sent": _sent,
    "order.confirmed": _confirmed,
    "order.objected": _objected,
    "customer.contacted": _contacted,
    "demand.handed_over": _handed,
    "payment.notified": _notified,
    "receipt.recorded": _received,
    "ready.reported": _ready,
    "short.reported": _short,
    "unpaid.requested": _unpaid("申请先发后款", "Asked to ship unpaid"),
    "unpaid.signed": _unpaid("总监签批先发后款", "Director signed for unpaid goods"),
    "order.cancelled": _cancelled,
    "order.withdrawn": _withdrawn,
}
