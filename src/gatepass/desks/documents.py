"""The papers and records of an order, each with how it stands and where it is, for who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from gatepass.desks import sql
from gatepass.dispatch.models import Notice
from gatepass.gate.models import GatePass
from gatepass.journal import clock
from gatepass.journal.reading import all_of, joined
from gatepass.look.moments import stamp
from gatepass.orders.queries import OrderPage
from gatepass.papers.queries import latest, papers_of
from gatepass.papers.sheets import TITLES
from gatepass.receivables.models import Receipt
from gatepass.roles import Power, Sight
from gatepass.transport.freight import missing
from gatepass.transport.models import Consignment, Waybill
from gatepass.transport.of_order import OnTheWay
from gatepass.transport.rows import visible
from gatepass.words import Text, same


@dataclass(frozen=True, slots=True)
class Document:
    """A paper or record of the order: what it is called, where it is ("" where this viewer has no page of it), how it stands.

    prints: this is the order's own document as it holds now, for the print button.
    """

    name: Text
    href: str
    state: Text
    waiting: bool = False
    prints: bool = False


def documents(sight: Sight, page: OrderPage, way: OnTheWay) -> list[Document]:
    """In the order in which they come about. A constant number of statements."""
    return [*_sent(sight, page), *_demand(page), *_notices(way), *_of_trips(sight, way), *_receipts(page)]


def _sent(sight: Sight, page: OrderPage) -> Iterator[Document]:
    answered = Text("客户已确认", "confirmed") if page.row.confirmed_at else Text("等客户确认", "waiting for the customer")
    papers = papers_of(sight, page.row.uid)
    newest = max((version for *_, version in papers), default=0)
    for paper, kind, _, version in papers:
        title = TITLES[kind] + (Text(" 第 {n} 版", " version {n}").fill(n=version) if version > 1 else same(""))
        current = page.composed_at is not None and version == newest
        state = answered if current else Text("已撤回", "withdrawn")
        yield Document(title, f"/papers/{paper}/", state, current and not page.row.confirmed_at, prints=current)


def _demand(page: OrderPage) -> Iterator[Document]:
    row = page.row
    if row.handed_over_at is not None:
        ready = Text("已备齐", "ready") if row.ready_at else Text("备货中", "being made ready")
        yield Document(Text("需货计划", "Demand"), f"/production/?q={row.number}", ready, row.ready_at is None)


def _notices(way: OnTheWay) -> Iterator[Document]:
    for notice in way.notices:
        state, waiting = _of_notice(notice)
        name = Text("发货通知单 {n}", "Notice {n}").fill(n=notice.number)
        name += Text(" 第 {v} 版", " version {v}").fill(v=notice.version) if notice.version > 1 else same("")
        yield Document(name, f"/notices/{notice.uid}/", state, waiting)


def _of_notice(row: Notice) -> tuple[Text, bool]:
    steps = (
        (row.voided_at, Text("已作废", "void"), False),
        (row.left_at, Text("已出门", "left"), False),
        (row.picked_at, Text("已配齐", "picked"), False),
        (row.effective_at, Text("已批，待配货", "approved, to be picked"), False),
    )
    return next(((text, waits) for at, text, waits in steps if at), (Text("待审批", "to be approved"), True))


def _of_trips(sight: Sight, way: OnTheWay) -> Iterator[Document]:
    """Outbound orders, waybills and gate passes of the order's consignments."""
    loads = way.consignments
    if not loads:
        return
    seen = _trips_seen(sight, {one.trip_id for one in loads})
    outbound = latest("outbound", [one.uid for one in loads])
    for one in loads:
        paper = f"/papers/{outbound[one.uid]}/" if one.uid in outbound else f"/trips/{one.trip.uid}/"
        state = _of_outbound(one, signed=one.pk in way.signed)
        yield Document(Text("出库单 {n}", "Outbound order {n}").fill(n=one.number), paper if one.trip_id in seen else "", *state)
    for one in loads:
        waybill = one.waybill
        href = f"/waybills/{waybill.uid}/" if one.trip_id in seen else ""
        yield Document(Text("托运单 {n}", "Waybill {n}").fill(n=waybill.number), href, *_of_waybill(waybill))
    yield from _passes({one.trip_id for one in loads})


def _trips_seen(sight: Sight, trips: set[int]) -> set[int]:
    """Who sees an order sees every trip that carries goods of it (`visible`); a carrier's people only their own."""
    if sight.carrier is None and sight.may(Power.SEE_ORDERS):
        return trips
    return set(visible(sight).filter(id__in=trips).values_list("id", flat=True))


def _of_outbound(one: Consignment, *, signed: bool) -> tuple[Text, bool]:
    if one.voided_at:
        return Text("已作废", "void"), False
    if one.left_at:
        return Text("已出门 {at}", "left {at}").fill(at=_stamp(one.left_at)), False
    return (Text("承运人已签", "signed by the carrier"), False) if signed else (Text("差承运人签字", "the carrier has not signed"), True)


def _of_waybill(row: Waybill) -> tuple[Text, bool]:
    if row.voided_at:
        return Text("已作废", "void"), False
    if row.credited_at:
        return Text("财务已收，运费已入账", "with finance, freight posted"), False
    if row.handed_in_at:
        return Text("财务已收", "with finance"), False
    blanks = missing(row)
    if blanks:
        return Text("差 {n} 项", "{n} items missing").fill(n=len(blanks)), True
    left = row.consignment.left_at is not None
    return (Text("待交财务", "to be handed in"), True) if left else (Text("八项齐全", "complete"), False)


def _passes(trips: set[int]) -> Iterator[Document]:
    for row, released in cast(list[tuple[GatePass, bool]], joined((GatePass,), sql.PASSES, {"trips": list(trips)})):
        name = Text("出门条 {n}", "Gate pass {n}").fill(n=row.number)
        yield Document(name, f"/passes/{row.uid}/", *_of_pass(row, released=released))


def _of_pass(row: GatePass, *, released: bool) -> tuple[Text, bool]:
    if row.voided_at:
        return Text("已作废", "void"), False
    if released:
        return Text("已放行", "released"), False
    if row.valid_until <= clock.now():
        return Text("已过期", "expired"), True
    return Text("待放行", "to be released"), True


def _receipts(page: OrderPage) -> Iterator[Document]:
    if not page.money:
        return
    for receipt in all_of(Receipt, sql.RECEIPTS, {"order": page.row.uid}):
        open_one = receipt.difference_fen != 0 and receipt.explained_at is None and receipt.reversed_at is None
        state = Text("有差额待查", "difference open") if open_one else Text("已核", "matched")
        state = Text("已冲回", "reversed") if receipt.reversed_at else state
        yield Document(Text("收款 {n}", "Receipt {n}").fill(n=receipt.number), f"/receipts/{receipt.uid}/", state, open_one)


def _stamp(at: datetime) -> Text:
    return Text(stamp(at, "zh"), stamp(at, "en"))
