"""Issuing, changing and voiding shipping notices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from gatepass.customers.models import Address
from gatepass.customers.rows import successor
from gatepass.dispatch import versions
from gatepass.dispatch.events import NoticeIssued
from gatepass.dispatch.goods import Wanted, Where, noticed, open_lines, picked, value_fen
from gatepass.dispatch.models import Notice
from gatepass.dispatch.scope import lock_notice
from gatepass.dispatch.standing import gone, needed, picked_beyond
from gatepass.dispatch.unpaid import take_up
from gatepass.dispatch.voiding import voiding
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, update
from gatepass.orders.locking import lock_order
from gatepass.orders.models import Order
from gatepass.orders.standing import unconfirmed
from gatepass.roles import Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text
from gatepass.workcalendar.queries import current

name_fields(
    gift=("搭赠件数", "cartons given away"),
    ship_on=("计划发货日", "planned shipping day"),
    side=("哪一方", "side"),
    version=("版本", "version"),
)


CHOOSE = Text("选一个在用的地址，或请客户内勤新增", "Choose one in use, or have one added")


@dataclass(frozen=True)
class NoticeGoods:
    """Cartons of one product, paid for and given away, out of what the order still has open."""

    product: Annotated[UUID, Of("product")]
    cartons: int
    gift: int = 0


@command(may=Power.ISSUE_NOTICE, title=Text("开发货通知单", "Issue a shipping notice"))
def issue_notice(
    case: Case,
    *,
    order: Annotated[UUID, Of("order")],
    lines: list[NoticeGoods] | None = None,
    ship_on: date | None = None,
    address: Annotated[UUID | None, Of("address")] = None,
    remark: Annotated[str, Called(Text("备注", "remark"), long=True)] = "",
) -> Ref:
    """A notice over everything still open of a confirmed order, or over the goods named. Refused while unpaid and unsigned (D4)."""
    found = lock_order(order, case.actor)
    known = noticed(found)
    wanted, problems = _chosen(open_lines(found, known), lines)
    to = _address(found, address)
    made = versions.draft(found, None, wanted, _where(found, to), known=known)
    uid = case.new_id()
    case.decide(
        NoticeIssued(
            notice=uid, order=found.uid, customer=found.customer.uid, version=1, digest=made.digest, unpaid_fen=made.unpaid_fen,
            lines=tuple((line.product, line.cartons, line.gift) for line in wanted),
        ),
        reasons=[*_not_to_ship(found), *problems, _ended(found, to), _past(case, ship_on), _long(remark)],
    )  # fmt: skip
    where = made.where
    notice = Notice(
        uid=uid, number=take_number("FH", case.at), order=found, written_by=case.actor.person, written_for=case.actor.acting_for,
        written_at=case.at, ship_on=ship_on, consignee=where.consignee, address=where.address, destination=where.destination,
        phone=where.phone, bearer=where.bearer, unpaid_fen=made.unpaid_fen, remark=remark, digest=made.digest,
    )  # fmt: skip
    add(notice)
    versions.write(case, notice, made, "", first=True)
    if made.unpaid_fen:
        take_up(case, notice, made.cover, known, value_fen(wanted))
    update(found, noticed=found.noticed + 1)  # the order is locked
    return Ref("notice", notice.uid, notice.number)


@command(may=Power.ISSUE_NOTICE, title=Text("通知单改版", "Change a shipping notice"))
def change_notice(
    case: Case,
    *,
    notice: Annotated[UUID, Of("notice")],
    reason: str,
    lines: list[NoticeGoods] | None = None,
    ship_on: date | None = None,
    address: Annotated[UUID | None, Of("address")] = None,
    remark: Annotated[str | None, Called(Text("备注", "remark"), long=True)] = None,
) -> Ref:
    """A further version; what is not named stays. Both approvals are void. Not once it is loaded or has left."""
    found = lock_notice(case.actor, notice, with_order=True)
    wanted, problems = versions.as_wanted(found), list[Reason | None]()
    if lines:
        wanted, problems = _chosen(open_lines(found.order, noticed(found.order), without=found), lines)
    to = _address(found.order, address) if address else None
    where = _where(found.order, to) if to else versions.where_of(found)
    made = versions.draft(found.order, found, wanted, where)
    case.decide(
        versions.changed(found, made),
        reasons=[gone(found), *problems, *picked_beyond(found, wanted), _ended(found.order, to) if to else None, _past(case, ship_on),
                 needed(reason), _long(remark or "")],
    )  # fmt: skip
    found.ship_on = ship_on or found.ship_on
    found.remark = found.remark if remark is None else remark
    versions.write_next(case, found, made, reason)
    return Ref("notice", found.uid, found.number)


@command(may=Power.ISSUE_NOTICE, title=Text("通知单作废", "Void a shipping notice"))
def void_notice(case: Case, *, notice: Annotated[UUID, Of("notice")], reason: str) -> Ref:
    """The number stays listed, the goods are open again. What was picked must be back on its shelf first."""
    found = lock_notice(case.actor, notice, with_order=True)
    open_ = voiding(found)
    back = refusal(
        "已配的货要先退回货位",
        "What was picked must be put back first",
        cure=Text("请仓库逐行退回", "Have the warehouse put it back, line by line"),
        who=Position.WAREHOUSE, command="put_back", given={"notice": str(notice)},
    )
    case.decide(*open_.events(reason), reasons=[gone(found), back if picked(found) else None, needed(reason)])
    open_.write(case, reason)
    return Ref("notice", found.uid, found.number)


def _long(remark: str) -> Reason | None:
    return refusal("备注最多 300 个字", "The remark takes at most 300 characters", field="remark") if len(remark) > 300 else None


def _past(case: Case, day: date | None) -> Reason | None:
    late = day is not None and day < current().local(case.at).date()
    return refusal("计划发货日已经过去", "The planned day is over", field="ship_on") if late else None


def _not_to_ship(order: Order) -> list[Reason | None]:
    return [
        None if order.confirmed_at else unconfirmed(order.uid),
        refusal("订单已取消", "The order is cancelled") if order.cancelled_at else None,
        refusal("订单已发完", "The order is shipped") if order.shipped_at else None,
    ]


def _address(order: Order, address: UUID | None) -> Address:
    """The order's address, or another one of the same customer. Raises NotFound."""
    if address is None:
        return order.address
    other = Address.objects.filter(uid=address, customer=order.customer).first()
    if other is None:
        raise NotFound("address")
    return other


def _where(order: Order, to: Address) -> Where:
    return Where(to.consignee, to.address, to.destination, to.phone, order.bearer, to.pk)


def _ended(order: Order, to: Address) -> Reason | None:
    """Nothing is sent to an address that has ended; the one that took its place is offered (C17)."""
    if to.until is None:
        return None
    after = successor(to)
    instead = Text("改用现在的“{label}”", "Use the present one, {label}").fill(label=after.label) if after else CHOOSE
    return Reason(
        clause="C17",
        what=Text("客户的收货地址“{label}”已停用", "The customer's address {label} has ended").fill(label=to.label),
        cure=instead,
        field="address",
        command="issue_notice" if after else "",
        given={"order": str(order.uid), "address": str(after.uid)} if after else {},
    )


def _chosen(available: list[Wanted], goods: list[NoticeGoods] | None) -> tuple[list[Wanted], list[Reason | None]]:
    """Everything open, or the goods named: taken from the order's lines in their order, never more than is open. Rows of nothing are
    left out; where all are, everything open is meant."""
    if not any(one.cartons or one.gift for one in goods or ()):
        everything = [line for line in available if line.cartons or line.gift]
        none = refusal("订单的货都已开了通知单", "Notices name all goods of the order already", field="lines")
        return everything, [None if everything else none]
    problems: list[Reason | None] = []
    taken: dict[int, Wanted] = {}
    for row, one in enumerate(goods or ()):
        if one.cartons < 0 or one.gift < 0:
            problems.append(_in_row(row, Text("件数不能小于零", "the number of cartons is not below zero")))
            continue
        cartons, gift = one.cartons, one.gift
        for number, line in enumerate(available):
            if line.product != one.product or number in taken:
                continue
            part, free = min(cartons, line.cartons), min(gift, line.gift)
            if part or free:
                taken[number] = replace(line, cartons=part, gift=free)
                cartons, gift = cartons - part, gift - free
        if cartons or gift:
            problems.append(_in_row(row, _beyond(available, one)))
    return [taken[number] for number in sorted(taken)], problems


def _beyond(available: list[Wanted], one: NoticeGoods) -> Text:
    lines = [line for line in available if line.product == one.product]
    if not lines:
        return Text("订单里没有这个产品", "the order does not have this product")
    return Text("{product} 只剩 {cartons} 件、搭赠 {gift} 件可开", "{product}: only {cartons} cartons and {gift} free ones are open").fill(
        product=lines[0].product_name, cartons=sum(line.cartons for line in lines), gift=sum(line.gift for line in lines)
    )


def _in_row(row: int, what: Text) -> Reason:
    return Reason(what=Text("第 {row} 行：{what}", "line {row}: {what}").fill(row=row + 1, what=what), field=f"lines.{row}")
