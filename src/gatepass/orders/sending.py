"""Commands from allocation to sending: composing, freezing, sending, the signed link (D2)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Annotated, Final

from gatepass.catalogue.policies import Policy, gifts
from gatepass.catalogue.queries import promotions_for
from gatepass.customers.models import Bearer
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.reading import run
from gatepass.journal.rows import add, find, rows, update
from gatepass.look.moments import stamp
from gatepass.money import Money, figure
from gatepass.orders import sql
from gatepass.orders.composing import Composed, composed, composition_of, differences, discounts
from gatepass.orders.events import LinkMade, OrderAllocated, OrderSent
from gatepass.orders.inputs import Channel, GiftLine, OrderId
from gatepass.orders.locking import lines_with_products, lock_order
from gatepass.orders.models import AccountCheck, Composition, Link, Order, OrderLine
from gatepass.orders.plan_book import listed
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.policies import PartOf, remit
from gatepass.orders.sheets import order_document
from gatepass.orders.since import Checked, checked
from gatepass.orders.standing import unsent, with_customer
from gatepass.orders.taking import ADDED_UP, add_up, today
from gatepass.papers.keeping import keep
from gatepass.receivables.models import PostingKind
from gatepass.receivables.paying_to import NO_ACCOUNT, pay_to
from gatepass.receivables.posting import ask
from gatepass.receivables.rests import Standing, standing
from gatepass.roles import Position, Power
from gatepass.rules.events import Event, canonical
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

SENT: Final = Text("第 {n} 版发给客户，应打 {sum}", "Version {n} sent to the customer, to remit {sum}")
SENT_BY: Final = Text("第 {n} 版发给客户（{how}），应打 {sum}", "Version {n} sent to the customer ({how}), to remit {sum}")
LINKED: Final = Text("签收链接已生成，经{how}发给客户", "Signed link made, sent to the customer by {how}")
LINK_DAYS: Final = 7
OWN: Final = frozenset({"goods", "freight", "subsidy", PostingKind.PROMOTION.value})
"""Parts that the order itself is made of; the others are old items that it names."""


@command(may=Power.TAKE_ORDER, title=Text("配箱", "Allocate cartons"))
def allocate_order(
    case: Case, *, order: OrderId, gifts: list[GiftLine] | None = None,
    seen: Annotated[str, Called(Text("您看到的配箱", "the allocation that you saw"), hidden=True)] = "",
) -> Ref:  # fmt: skip
    """Giveaways by the policy of the day; a line changed by hand needs its reason. Again until the order is sent, by who names the
    allocation that he changes (`seen`: its digest): of two clerks the second is told."""
    row = lock_order(order, case.actor)
    lines = lines_with_products(row)
    other = _allocated_meanwhile(row, lines, seen)
    wrong = allocate(promotions_for(row.customer.grade, row.customer.region, today(case)), lines, gifts or [])
    if row.sent_at is not None:
        wrong.append(with_customer(row))
    if row.cancelled_at is not None:
        wrong.append(refusal("订单已取消", "The order was cancelled"))
    case.decide(_allocated(row, lines, bool(gifts)), reasons=[*other, *wrong])
    OrderLine.objects.bulk_update(lines, ["gift", "gift_why"])
    row.allocated_at = case.at
    add_up(row, lines)
    row.save()
    return Ref("order", row.uid, row.number)


def allocation_digest(lines: Iterable[OrderLine]) -> str:
    """The hash of an allocation: who changes it names it."""
    said = [[line.position, line.cartons, line.gift, line.gift_why] for line in lines]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def _allocated_meanwhile(row: Order, lines: Sequence[OrderLine], seen: str) -> list[Reason | None]:
    """Somebody else allocated since: what stands now, line by line."""
    if row.allocated_at is None or seen == allocation_digest(lines):
        return []
    at = Text(stamp(row.allocated_at, "zh"), stamp(row.allocated_at, "en"))
    what = Text("{at} 已经配过箱，不是您看到的样子；请按现在的再配", "It was allocated at {at}, not as you saw it: start from how it stands now")
    now = Text("第 {n} 行现在搭赠 {m} 件", "line {n}: {m} free cartons now")
    stands = [Reason(what=now.fill(n=line.position, m=line.gift), clause="D2", stale=True) for line in lines]
    return [Reason(what=what.fill(at=at), clause="D2", stale=True), *stands]


def allocate(policies: Sequence[Policy], lines: Sequence[OrderLine], by_hand: Sequence[GiftLine]) -> list[Reason | None]:
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
    ]  # fmt: skip


def _beyond_the_goods(row: Order, parts: Sequence[PartOf]) -> Reason | None:
    """What comes off an order by its own rates is not more than its goods: the rest would be money that nobody granted."""
    own = sum(part.fen for part in parts if part.kind in OWN)
    if own >= 0:
        return None
    return refusal(
        f"运补和折扣比货款多 {figure(-own)}，请核对客户资料里的运补单价",
        f"Subsidy and discount are {figure(-own)} more than the goods: look at the subsidy rate in the customer's file", clause="D2",
        cure=Text("改运补单价", "Correct the rate"), command="change_customer", given={"customer": str(row.customer.uid)},
    )  # fmt: skip


def _allocated(row: Order, lines: Sequence[OrderLine], by_hand: bool) -> OrderAllocated:
    return OrderAllocated(
        order=row.uid, customer=row.customer.uid, gifts=sum(line.gift for line in lines), by_hand="hand" if by_hand else "",
        lines=tuple((line.position, line.cartons, line.gift) for line in lines),
    )  # fmt: skip


Previewed = Annotated[str, Called(Text("预览的指纹", "digest of the preview"), hidden=True)]


@command(may=Power.TAKE_ORDER, title=Text("发给客户确认", "Send to the customer"))
def send_order(
    case: Case,
    *,
    order: OrderId,
    previewed: Previewed,
    how: Channel = Channel.LINK,
    freight: Annotated[Money, Called(Text("本次运费（公司代付、客户承担）", "freight paid for the customer's account"))] = Money(0),
    gifts: list[GiftLine] | None = None,
    accepts_changes: Annotated[bool, Called(Text("核账后的变动已看过", "what was booked since the check is accepted"))] = False,
    shown: Annotated[str, Called(Text("预览时的样子", "what the preview showed"), hidden=True)] = "",
) -> Ref:
    """Compose the account to the fen, freeze it with the goods, reserve the items it names, and send it: the four-hour clock starts.

    previewed: the digest of what was shown; what is not that any more is not sent, and `shown` lets the answer say what changed. What was
    booked since the account check has to be accepted.
    """
    row = lock_order(order, case.actor)
    lines = lines_with_products(row)
    policies = promotions_for(row.customer.grade, row.customer.region, today(case))
    events, reasons = _allocation(row, lines, policies, gifts)
    reasons += [*_not_sendable(row), *_freight(row, freight.fen)]
    account, to = standing(row.customer.uid), pay_to()
    check = checked(rows(AccountCheck, order_id=row.id), account.free)
    parts = composition_of(row, account, freight.fen, discounts(row, lines, policies, today(case)))
    made = composed(row, lines, parts, to, check)
    reasons += [None if to else NO_ACCOUNT, _beyond_the_goods(row, parts)]
    reasons += [*_not_as_shown(made, previewed, shown), *_since_check(check, accepts_changes)]
    uid, version = case.new_id(), len(rows(Composition, order_id=row.id)) + 1
    sent = OrderSent(
        order=row.uid, customer=row.customer.uid, composition=uid, version=version, digest=made.digest, remit_fen=remit(parts),
        how=how.value, responsible=row.taken_by, check=check.uid if check else None,
    )  # fmt: skip
    case.decide(sent, *events, reasons=reasons)
    if events:
        OrderLine.objects.bulk_update(lines, ["gift", "gift_why"])
        row.allocated_at = case.at
    _freeze(case, row, sent, made, account)
    keep(order_document(case, row, lines, parts, sent.version, to), subject_kind="order", subject_uid=row.uid, entry=case.entry)
    said = SENT if how is Channel.LINK else SENT_BY  # a link has its own line, once it is made
    told = said.fill(n=version, how=how.text, sum=figure(sent.remit_fen))
    note_down(case, order_id=row.id, text=listed(told, [(part.told, part.fen) for part in parts]), kind="sent")
    return Ref("order", row.uid, row.number)


def _allocation(
    row: Order, lines: Sequence[OrderLine], policies: Sequence[Policy], gifts: Sequence[GiftLine] | None
) -> tuple[list[Event], list[Reason | None]]:
    """Allocate what was not allocated, or anew with giveaways by hand; on the rows in memory."""
    if row.allocated_at is not None and gifts is None:
        return [], []
    wrong = allocate(policies, lines, gifts or [])
    add_up(row, lines)
    return [_allocated(row, lines, bool(gifts))], wrong


def _not_as_shown(made: Composed, previewed: str, shown: str) -> list[Reason | None]:
    if previewed == made.digest:
        return []
    what = Text("现在的账款组成不是您预览的那一份；请再看一遍，再发", "The composition is not the one previewed: look at it again, then send it")
    return [Reason(what=one, clause="D2", stale=True) for one in (what, *differences(shown, made))]


def _since_check(check: Checked | None, accepted: bool) -> list[Reason | None]:
    if check is None or not check.since or accepted:
        return []
    asked = refusal(
        "核账后账上有变动，请看过后勾选", "The account changed since it was checked: look at it and tick that you did", clause="D1",
        field="accepts_changes",
    )  # fmt: skip
    return [asked, *(Reason(what=one.said, clause="D1", field="accepts_changes") for one in check.since)]


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


def _freeze(case: Case, row: Order, sent: OrderSent, made: Composed, account: Standing) -> None:
    parts = made.parts
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
            "remit": sent.remit_fen, "committed": committed, "data": json.dumps(made.data, ensure_ascii=False), "digest": sent.digest,
            "parts": json.dumps(named, ensure_ascii=False),
        },
    )  # fmt: skip
    ask(
        case, order=row.uid, customer=row.customer.uid, remit_fen=sent.remit_fen, fen=committed, off_fen=off,
        items=[rest.item.pk for rest in account.free],
    )
    figures = {name: getattr(row, name) for name in ADDED_UP}
    update(row, sent_at=case.at, remit_fen=sent.remit_fen, objected_at=None, allocated_at=row.allocated_at, **figures)


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
        note_down(case, order_id=row.id, text=LINKED.fill(how=sent_how.text), kind="sent")
    return Ref("link", uid, row.number)


def new_token() -> tuple[str, str]:
    """A token for a link and its hash."""
    token = secrets.token_urlsafe(18)
    return token, token_digest(token)


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
