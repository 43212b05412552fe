"""The papers and records of an order, each with how it stands and where it is, for who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from gatepass.dispatch.models import Notice
from gatepass.gate.models import GatePass, Release
from gatepass.journal import clock
from gatepass.look.moments import stamp
from gatepass.orders.queries import OrderPage
from gatepass.papers.queries import papers_of
from gatepass.papers.sheets import TITLES
from gatepass.receivables.models import Match
from gatepass.roles import Sight
from gatepass.transport.freight import missing
from gatepass.transport.models import CarrierSignature, Consignment, Waybill
from gatepass.transport.rows import visible
from gatepass.transport.sheets import latest
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


def documents(sight: Sight, page: OrderPage) -> list[Document]:
    """In the order in which they come about. A constant number of statements."""
    return [*_sent(sight, page), *_demand(page), *_notices(page), *_of_trips(sight, page.row.uid), *_receipts(page)]


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


def _notices(page: OrderPage) -> Iterator[Document]:
    for notice in Notice.objects.filter(order=page.row).order_by("id"):
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


def _of_trips(sight: Sight, order: UUID) -> Iterator[Document]:
    """Outbound orders, waybills and gate passes of the order's consignments."""
    signed = Exists(CarrierSignature.objects.filter(consignment=OuterRef("pk")))
    loads = list(Consignment.objects.filter(order=order).select_related("trip").annotate(signed=signed).order_by("id"))
    if not loads:
        return
    seen = set(visible(sight).filter(id__in={one.trip_id for one in loads}).values_list("id", flat=True))
    outbound = latest("outbound", [one.uid for one in loads])
    for one in loads:
        paper = f"/papers/{outbound[one.uid]}/" if one.uid in outbound else f"/trips/{one.trip.uid}/"
        state = _of_outbound(one, signed=bool(vars(one)["signed"]))
        yield Document(Text("出库单 {n}", "Outbound order {n}").fill(n=one.number), paper if one.trip_id in seen else "", *state)
    for waybill in Waybill.objects.filter(consignment__in=loads).select_related("consignment").order_by("id"):
        href = f"/waybills/{waybill.uid}/" if waybill.consignment.trip_id in seen else ""
        yield Document(Text("托运单 {n}", "Waybill {n}").fill(n=waybill.number), href, *_of_waybill(waybill))
    yield from _passes({one.trip_id for one in loads})


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
    released = Exists(Release.objects.filter(gate_pass=OuterRef("pk")))
    for row in GatePass.objects.filter(trip__in=trips).annotate(released=released).order_by("id"):
        name = Text("出门条 {n}", "Gate pass {n}").fill(n=row.number)
        yield Document(name, f"/passes/{row.uid}/", *_of_pass(row, released=bool(vars(row)["released"])))


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
    for match in Match.objects.filter(order=page.row.uid).select_related("receipt").order_by("id"):
        receipt = match.receipt
        open_one = receipt.difference_fen != 0 and receipt.explained_at is None
        state = Text("有差额待查", "difference open") if open_one else Text("已核", "matched")
        yield Document(Text("收款 {n}", "Receipt {n}").fill(n=receipt.number), f"/receipts/{receipt.uid}/", state, open_one)


def _stamp(at: datetime) -> Text:
    return Text(stamp(at, "zh"), stamp(at, "en"))
