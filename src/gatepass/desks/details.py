"""The second line of a to-do: what has happened with its order, notice or doubt so far. A few statements for a whole desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from gatepass.carriers.models import Vehicle
from gatepass.desks import sql
from gatepass.dispatch.models import Change, Doubt, Notice
from gatepass.enforcement.queries.duties import Duty
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import joined
from gatepass.journal.rows import by_uid
from gatepass.look.moments import stamp
from gatepass.money import figure
from gatepass.orders.models import Link, Order
from gatepass.roles import Power, Sight
from gatepass.transport.models import Consignment, Trip
from gatepass.words import Text, same

LOAD: Final = (Consignment, Trip, Vehicle)


@dataclass(frozen=True, slots=True)
class Known:
    """What the duties of a desk are about, by id. `sides`: the approvals given on the present version of a notice."""

    orders: dict[UUID, Order]
    links: dict[UUID, Link]
    notices: dict[UUID, Notice]
    sides: dict[UUID, set[str]]
    doubts: dict[UUID, Doubt]
    changes: dict[UUID, Change]
    loads: dict[UUID, Consignment]
    money: bool


def known(sight: Sight, duties: Sequence[Duty]) -> Known:
    """Everything that the second lines of these duties need; what no duty is about is not asked for."""
    of, orders = _subjects(duties), list({duty.order for duty in duties if duty.order})
    return Known(
        orders=by_uid(Order, orders), links=_links(orders), notices=by_uid(Notice, of("notice")), sides=_sides(of("notice")),
        doubts=Doubt.objects.select_related("line__product").in_bulk(of("doubt"), field_name="uid"),
        changes=by_uid(Change, of("change")), loads=_loads(of("consignment"), of("waybill")), money=sight.may(Power.SEE_MONEY),
    )  # fmt: skip


def _links(orders: list[UUID]) -> dict[UUID, Link]:
    """The link of each order that has one, an opened one before others."""
    return {order: link for link, order in joined((Link,), sql.LINKS, {"orders": orders})} if orders else {}


def _sides(notices: list[UUID]) -> dict[UUID, set[str]]:
    """The approvals given on the present versions."""
    if not notices:
        return {}
    with prepared() as cursor:
        cursor.execute(sql.SIDES, {"notices": notices})
        return {notice: set(sides) for notice, sides in cursor.fetchall()}


def _subjects(duties: Iterable[Duty]) -> Callable[[str], list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for duty in duties:
        found.setdefault(duty.kind, []).append(duty.subject)
    return lambda kind: found.get(kind, [])


def _loads(consignments: list[UUID], waybills: list[UUID]) -> dict[UUID, Consignment]:
    """Consignments by their own id and by that of their waybill."""
    if not consignments and not waybills:
        return {}
    found = {}
    asked = {"consignments": consignments, "waybills": waybills}
    for load, trip, vehicle, waybill in cast(list[tuple[Consignment, Trip, Vehicle, UUID]], joined(LOAD, sql.LOADS, asked)):
        load.trip, trip.vehicle = trip, vehicle
        found[load.uid] = found[waybill] = load
    return found


def why(duty: Duty, about: Known) -> Text:
    """What the row says below its sentence."""
    teller = TELLERS.get(duty.signs or duty.act)
    told = teller(duty, about) if teller else None
    return told or Text("{at} 起算，{term}", "since {at}, {term}").fill(at=_stamp(duty.opened_at), term=_within(duty.allowed))


WITHIN: Final = Text("{term}内", "within {term}")
MOMENTS: Final = {
    "当日": Text("{term}", "by {term}"), "次日": Text("{term}前", "by {term}"), "下一": Text("{term}前", "by {term}"),
    "提前": Text("{term}", "{term}"),
}  # fmt: skip


def names_a_moment(term: Text) -> bool:
    """Whether a term is no length of time but a moment: close of office, next morning."""
    return term.zh[:2] in MOMENTS


def _within(term: Text) -> Text:
    """A term in a sentence: `within 4 office hours`, but `by close of office of the same day`, which names a moment."""
    return MOMENTS.get(term.zh[:2], WITHIN).fill(term=term)


def beside(duty: Duty, about: Known) -> Text:
    """The document of a row, with what is to be remitted for it where the viewer may see money."""
    document = duty.document or duty.order_number
    parts = [document if duty.customer_name else ""]
    if duty.customer_name and duty.order_number and duty.order_number != document:
        parts.append(duty.order_number)
    order = about.orders.get(duty.order) if duty.order else None
    if about.money and order is not None and order.remit_fen and duty.act in SUMS:
        parts.append(f"¥{figure(order.remit_fen)}")
    return same(" · ".join(part for part in parts if part))


SUMS: Final = frozenset({"record_contact", "notify_payment", "answer_account_check", "issue_notice"})


def _stamp(at: datetime) -> Text:
    return Text(stamp(at, "zh"), stamp(at, "en"))


def _order(duty: Duty, about: Known) -> Order | None:
    return about.orders.get(duty.order) if duty.order else None


def _check(duty: Duty, about: Known) -> Text:
    order = _order(duty, about)
    cartons = Text("，{n} 件", ", {n} cartons").fill(n=order.cartons) if order else same("")
    return Text("{at} 请求，{term}答复", "asked {at}, to be answered {term}").fill(at=_stamp(duty.opened_at), term=_within(duty.allowed)) + cartons


def _contact(duty: Duty, about: Known) -> Text | None:
    order = _order(duty, about)
    if duty.overdue or order is None or order.sent_at is None:
        return Text("联系客户，记下原因；解决不了就上报", "Contact the customer, record why; escalate if it cannot be solved")
    sent = Text("{at} 发出", "sent {at}").fill(at=_stamp(order.sent_at))
    link = about.links.get(order.uid)
    if link is None:  # sent by phone, fax or message: there is nothing to open
        return sent + Text("，等客户确认", ", the customer has not confirmed")
    if link.opened_at is None:
        return sent + Text("，客户还没打开", ", not opened yet")
    return sent + Text("，客户 {at} 打开过", ", opened by the customer {at}").fill(at=_stamp(link.opened_at))


def _remit(duty: Duty, about: Known) -> Text | None:
    order = _order(duty, about)
    if order is None or order.confirmed_at is None:
        return None
    said = Text("{at} 确认，{term}通知", "confirmed {at}, to be told {term}").fill(at=_stamp(order.confirmed_at), term=_within(duty.allowed))
    return said + _readiness(order)


def _readiness(order: Order) -> Text:
    return Text("，货已备齐", ", goods ready") if order.ready_at else Text("，备货中", ", goods being made ready")


def _demand(duty: Duty, about: Known) -> Text | None:
    order = _order(duty, about)
    if order is None or order.confirmed_at is None:
        return None
    return Text("{at} 确认，{n} 件", "confirmed {at}, {n} cartons").fill(at=_stamp(order.confirmed_at), n=order.cartons + order.gifts)


def _ship(duty: Duty, about: Known) -> Text | None:
    order = _order(duty, about)
    if order is None:
        return None
    paid = Text("{at} 款到或已签批，{n} 件", "cleared {at}, {n} cartons").fill(at=_stamp(duty.opened_at), n=order.cartons + order.gifts)
    noticed = Text("，已开通知单 {n} 张", ", notices issued: {n}").fill(n=order.noticed) if order.noticed else same("")
    return paid + _readiness(order) + noticed


def _approve(duty: Duty, about: Known) -> Text | None:
    notice = about.notices.get(duty.subject)
    if notice is None:
        return None
    given = about.sides.get(notice.uid, set())
    said = Text("第 {v} 版，{at} 提交", "version {v}, submitted {at}").fill(v=notice.version, at=_stamp(duty.opened_at))
    for side, done in (("finance", Text("；财务已批", "; finance has approved")), ("sales", Text("；销售已批", "; sales has approved"))):
        if side in given:
            said += done
    return said


def _doubt(duty: Duty, about: Known) -> Text | None:
    doubt = about.doubts.get(duty.subject)
    if doubt is None:
        return None
    goods = f"{doubt.line.product.name}：" if doubt.line else ""
    return Text("{goods}{question}", "{goods}{question}").fill(goods=goods, question=doubt.question)


def _change(duty: Duty, about: Known) -> Text | None:
    change = about.changes.get(duty.subject)
    if change is None:
        return None
    return Text("{n} 件，{at} 提出：{why}", "{n} cartons, proposed {at}: {why}").fill(
        n=change.cartons, at=_stamp(change.proposed_at), why=change.reason
    )


def _load(duty: Duty, about: Known) -> Text | None:
    load = about.loads.get(duty.subject)
    if load is None or load.left_at is None:
        return None
    return Text("{at} 出门，{n} 件，{plate}", "left {at}, {n} cartons, {plate}").fill(
        at=_stamp(load.left_at), n=load.cartons, plate=load.trip.vehicle.plate
    )


TELLERS: Final[dict[str, Callable[[Duty, Known], Text | None]]] = {
    "answer_account_check": _check,
    "record_contact": _contact,
    "notify_payment": _remit,
    "hand_over_demand": _demand,
    "issue_notice": _ship,
    "notice.finance": _approve,
    "notice.sales": _approve,
    "answer_doubt": _doubt,
    "consent_change": _change,
    "tell_change": _change,
    "relay_change": _change,
    "countersign_change": _change,
    "confirm_verbal_consent": _change,
    "tell_customer": _load,
    "hand_in_waybill": _load,
}
