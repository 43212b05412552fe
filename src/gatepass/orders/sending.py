"""Commands from allocation to sending: composing, freezing, sending, the signed link (D2)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Final

from gatepass.catalogue.policies import Policy, discount, gifts
from gatepass.catalogue.queries import promotions_for
from gatepass.customers.models import Bearer
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.reading import run
from gatepass.journal.rows import add, find, rows, update
from gatepass.money import Money, share
from gatepass.orders import sql
from gatepass.orders.events import LinkMade, OrderAllocated, OrderSent
from gatepass.orders.inputs import Channel, GiftLine, OrderId
from gatepass.orders.locking import lines_with_products, lock_order
from gatepass.orders.models import Composition, Link, Order, OrderLine
from gatepass.orders.policies import PartOf, compose, remit, subsidy_fen
from gatepass.orders.sheets import order_document
from gatepass.orders.standing import unsent
from gatepass.orders.taking import ADDED_UP, add_up, today
from gatepass.papers.keeping import keep
from gatepass.receivables.models import PostingKind
from gatepass.receivables.posting import ask
from gatepass.receivables.rests import Standing, standing
from gatepass.roles import Position, Power
from gatepass.rules.events import Event, canonical
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

LINK_DAYS: Final = 7
OWN: Final = frozenset({"goods", "freight", "subsidy", PostingKind.PROMOTION.value})
"""Parts that the order itself is made of; the others are old items that it names."""


@command(may=Power.TAKE_ORDER, title=Text("配箱", "Allocate cartons"))
def allocate_order(case: Case, *, order: OrderId, gifts: list[GiftLine] | None = None) -> Ref:
    """Giveaways by the policy of the day; a line changed by hand needs its reason. May be repeated until the order is sent."""
    row = lock_order(order, case.actor)
    lines = lines_with_products(row)
    wrong = _allocate(promotions_for(row.customer.grade, row.customer.region, today(case)), lines, gifts or [])
    if row.sent_at is not None:
        wrong.append(refusal(
            "订单已发给客户，先撤回再改配箱", "The order is with the customer: withdraw it first", clause="D2",
            command="withdraw_order", given={"order": str(row.uid)},
        ))
    if row.cancelled_at is not None:
        wrong.append(refusal("订单已取消", "The order was cancelled"))
    case.decide(_allocated(row, lines, bool(gifts)), reasons=wrong)
    OrderLine.objects.bulk_update(lines, ["gift", "gift_why"])
    row.allocated_at = case.at
    add_up(row, lines)
    row.save()
    return Ref("order", row.uid, row.number)


def _allocate(policies: Sequence[Policy], lines: Sequence[OrderLine], by_hand: Sequence[GiftLine]) -> list[Reason | None]:
    """Set the giveaways on the lines (not saved); what is wrong with the changes by hand."""
    wrong: list[Reason | None] = []
    hand = {change.position: change for change in by_hand}
    for line in lines:
        line.gift, why = gifts(policies, line.product, line.cartons)
        line.gift_why = why.zh
        change = hand.pop(line.position, None)
        if change is not None and change.gift != line.gift:
            wrong += _by_hand(line, change)
            line.gift, line.gift_why = min(max(change.gift, 0), line.gift), change.why
    wrong += [refusal(f"没有第 {n} 行", f"there is no line {n}", field="gifts") for n in hand]
    return wrong


def _by_hand(line: OrderLine, change: GiftLine) -> list[Reason | None]:
    """Fewer than the policy gives, with a reason; what goes beyond it is market support, by voucher."""
    field, n = f"gifts.{line.position}", line.position
    beyond = Text(
        "第 {n} 行按政策赠 {most} 件；多给的不是本品搭赠，是市场支持，要制票据",
        "line {n}: the policy gives {most}; more is market support, by voucher",
    )
    return [
        Reason(what=Text("第 {n} 行的搭赠不能小于 0", "line {n}: a giveaway is not below 0").fill(n=n), clause="D2", field=field)
        if change.gift < 0
        else None,
        Reason(
            what=beyond.fill(n=n, most=line.gift), clause="A13", field=field, who=Position.CLIENT_ADMIN, command="prepare_voucher",
            cure=Text("制一张市场支持的费用票据，财务和销售审批", "Prepare a voucher for market support; finance and sales approve it"),
        )
        if change.gift > line.gift
        else None,
        None
        if change.why
        else Reason(what=Text("第 {n} 行改了搭赠，请写理由", "line {n}: say why the giveaway was changed").fill(n=n), clause="D2", field=field),
        Reason(what=Text("第 {n} 行的理由最多 120 字", "line {n}: the reason has at most 120 characters").fill(n=n), field=field)
        if len(change.why) > 120
        else None,
    ]  # fmt: skip


def _allocated(row: Order, lines: Sequence[OrderLine], by_hand: bool) -> OrderAllocated:
    return OrderAllocated(
        order=row.uid, customer=row.customer.uid, gifts=sum(line.gift for line in lines), by_hand="hand" if by_hand else "",
        lines=tuple((line.position, line.cartons, line.gift) for line in lines),
    )  # fmt: skip


@command(may=Power.TAKE_ORDER, title=Text("发给客户确认", "Send to the customer"))
def send_order(
    case: Case,
    *,
    order: OrderId,
    how: Channel = Channel.LINK,
    freight: Annotated[Money, Called(Text("本次运费（公司代付、客户承担）", "freight paid for the customer's account"))] = Money(0),
) -> Ref:
    """Compose the account to the fen, freeze it with the goods, reserve the items it names, and send it: the four-hour clock starts."""
    row = lock_order(order, case.actor)
    lines = lines_with_products(row)
    reasons: list[Reason | None] = []
    events: list[Event] = []
    policies = promotions_for(row.customer.grade, row.customer.region, today(case))
    if row.allocated_at is None:
        reasons += _allocate(policies, lines, [])
        events.append(_allocated(row, lines, False))
        row.allocated_at = case.at
        add_up(row, lines)
    reasons += [*_not_sendable(row), *_freight(row, freight.fen)]
    account = standing(row.customer.uid)
    parts = composition_of(row, account, freight.fen, discounts(row, lines, policies, today(case)))
    data = frozen(row, lines, parts, case)
    uid, version = case.new_id(), len(rows(Composition, order_id=row.id)) + 1
    digest = hashlib.sha256(canonical(data).encode()).hexdigest()
    sent = OrderSent(
        order=row.uid, customer=row.customer.uid, composition=uid, version=version, digest=digest, remit_fen=remit(parts),
        how=how.value, responsible=row.taken_by,
    )  # fmt: skip
    case.decide(sent, *events, reasons=reasons)
    if events:
        OrderLine.objects.bulk_update(lines, ["gift", "gift_why"])
    _freeze(case, row, sent, parts, data, account, lines)
    return Ref("order", row.uid, row.number)


def _freight(row: Order, fen: int) -> list[Reason | None]:
    return [
        refusal(
            "运费不能小于零；给客户的优惠要制票据", "Freight is not below zero: what favours the customer needs a voucher",
            clause="D2", field="freight",
        )
        if fen < 0
        else None,
        refusal(
            "这张订单的运费由客户代垫，不另加运费", "The customer advances the freight of this order: none is added", clause="D2", field="freight"
        )
        if fen > 0 and row.bearer == Bearer.ADVANCED.value
        else None,
    ]


def _not_sendable(row: Order) -> list[Reason | None]:
    return [
        refusal("订单已发给客户，正在等确认", "The order is with the customer already", clause="D2") if row.sent_at else None,
        refusal("订单已取消", "The order was cancelled") if row.cancelled_at else None,
    ]


def composition_of(row: Order, account: Standing, freight_fen: int, off: Sequence[PartOf]) -> tuple[PartOf, ...]:
    """The parts of an order's composition as the account stands now."""
    who = row.customer
    subsidy = 0
    if row.bearer == "subsidy" and who.subsidy_yuan is not None:
        subsidy = subsidy_fen(
            yuan=who.subsidy_yuan, unit=who.subsidy_unit, cartons=row.cartons + row.gifts, weight_g=row.weight_g, volume_cm3=row.volume_cm3
        )
    said = Text("{kind}：{label}", "{kind}: {label}")
    named = [
        PartOf(
            rest.item.kind, rest.fen, said.fill(kind=rest.kind, label=rest.said), rest.item.document_kind, rest.item.document, (rest.frozen(),)
        )
        for rest in account.items
    ]
    return compose(
        previous=[rest.frozen() for rest in account.previous], customer=who.uid, items=named, freight=freight_fen, subsidy=subsidy,
        goods=row.goods_fen, cartons=row.cartons, off=off,
    )  # fmt: skip


def discounts(row: Order, lines: Sequence[OrderLine], policies: Sequence[Policy], day: date) -> tuple[PartOf, ...]:
    """What is off by policy: one part for each policy, with the lines that it is off."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        percent, why = discount(policies, line.product, line.cartons)
        if fen := share(line.fen, percent):
            found.setdefault(why.zh, []).append(
                {
                    "item": "", "kind": PostingKind.PROMOTION.value, "label": line.product.name, "day": day.isoformat(), "fen": -fen,
                    "document_kind": "order", "document": str(row.uid), "order": str(row.uid),
                }
            )  # fmt: skip
    said = Text("政策折扣：{why}", "discount by policy: {why}")
    return tuple(
        PartOf(PostingKind.PROMOTION.value, sum(one["fen"] for one in entries), said.fill(why=why), "order", row.uid, tuple(entries))
        for why, entries in found.items()
    )


def frozen(row: Order, lines: Sequence[OrderLine], parts: Sequence[PartOf], case: Case) -> dict[str, Any]:
    """What the document says, for good: goods line by line and the composition. No phone, no address: those stay with their own rows."""
    return {
        "number": row.number,
        "at": case.at.isoformat(),
        "customer": str(row.customer.uid),
        "lines": [
            {
                "position": line.position, "product": line.product.code, "name": line.product.name, "spec": line.product.spec,
                "cartons": line.cartons, "gift": line.gift, "why": line.gift_why, "yuan": str(line.yuan.normalize()), "fen": line.fen,
                "remark": line.remark,
            }
            for line in lines
        ],
        "parts": [
            {"kind": p.kind, "fen": p.fen, "zh": p.text.zh, "en": p.text.en, "source": str(p.source or ""), "entries": list(p.entries)}
            for p in parts
        ],
        "remit_fen": remit(parts),
        "weight_g": row.weight_g,
        "volume_cm3": row.volume_cm3,
    }  # fmt: skip


def _freeze(
    case: Case, row: Order, sent: OrderSent, parts: Sequence[PartOf], data: dict[str, Any], account: Standing, lines: Sequence[OrderLine]
) -> None:
    committed = sum(p.fen for p in parts if p.kind in OWN)
    off = -sum(p.fen for p in parts if p.kind == PostingKind.PROMOTION.value)
    named = [
        {"position": n, "kind": p.kind, "fen": p.fen, "zh": p.text.zh, "en": p.text.en, "source_kind": p.source_kind,
         "source": str(p.source) if p.source else None, "entries": p.entries}
        for n, p in enumerate(parts, start=1)
    ]  # fmt: skip
    run(
        sql.FREEZE,
        {
            "uid": sent.composition, "order": row.id, "version": sent.version, "at": case.at, "by": case.actor.person,
            "remit": sent.remit_fen, "committed": committed, "data": json.dumps(data, ensure_ascii=False), "digest": sent.digest,
            "parts": json.dumps(named, ensure_ascii=False),
        },
    )  # fmt: skip
    ask(
        case, order=row.uid, customer=row.customer.uid, remit_fen=sent.remit_fen, fen=committed, off_fen=off,
        items=[rest.item.pk for rest in account.free],
    )
    figures = {name: getattr(row, name) for name in ADDED_UP}
    update(row, sent_at=case.at, remit_fen=sent.remit_fen, objected_at=None, allocated_at=row.allocated_at, **figures)
    keep(order_document(case, row, lines, parts, sent.version), subject_kind="order", subject_uid=row.uid, entry=case.entry)


@command(may=Power.TALK_TO_CUSTOMER, title=Text("生成签收链接", "Make a signed link"))
def make_link(case: Case, *, order: OrderId, token_digest: str, sent_how: Channel = Channel.CHAT) -> Ref:
    """A link on which the customer sees and answers the document; the caller keeps the token, the program its hash."""
    row = lock_order(order, case.actor)
    made = find(Composition, order_id=row.id, withdrawn_at=None)
    uid = case.new_id()
    wrong = None if made and row.sent_at else unsent(row.uid)
    case.decide(LinkMade(order=row.uid, customer=row.customer.uid, link=uid), reasons=[wrong])
    if made is not None:
        expires = case.at + timedelta(days=LINK_DAYS)
        add(Link(uid=uid, composition=made, digest=token_digest, made_at=case.at, expires_at=expires, sent_how=sent_how.value))
    return Ref("link", uid, row.number)


def new_token() -> tuple[str, str]:
    """A token for a link and its hash."""
    token = secrets.token_urlsafe(18)
    return token, token_digest(token)


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
