"""The page of an order: its story from call to gate, its account, goods, plan book and papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.desks.actions import actions
from gatepass.desks.story import Story, story
from gatepass.desks.telling import kinds
from gatepass.dispatch.models import Notice
from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.visits import SignedIn
from gatepass.look.languages import language
from gatepass.look.moments import stamp
from gatepass.money import figure
from gatepass.orders import queries
from gatepass.orders.queries import STAGES, OrderPage, PartRow
from gatepass.papers.queries import papers_of
from gatepass.papers.sheets import TITLES
from gatepass.people.visits import names_of, need
from gatepass.production.models import Shortage
from gatepass.receivables.models import Match
from gatepass.roles import SYSTEM, Power, Sight
from gatepass.words import Text, same, say


@dataclass(frozen=True, slots=True)
class Document:
    """A paper or record of the order: what it is called, where it is, how it stands."""

    name: Text
    href: str
    state: Text
    waiting: bool = False


@login_required
@require_GET
def order(request: SignedIn, uid: UUID) -> HttpResponse:
    """One order, told; with the one thing that this viewer can do now."""
    sight = need(request, Power.SEE_ORDERS)
    page, at = queries.order(sight, uid), now()
    told = story(sight, page, at)
    short = Shortage.objects.filter(demand__order=uid, taken_up_at=None).values_list("demand__uid", flat=True).first()
    possible = actions(sight, page, shortage=str(short) if short else "")
    names = names_of({note.by for note in page.notes}) | {SYSTEM.person: say(Text("客户", "customer"), language())}
    context = {
        "page": page,
        "order": page.row,
        "stage": STAGES[page.stage],
        "story": told.lines,
        "told": told,
        "at": at,
        "statement": _statement(page),
        "primary": possible[0] if possible else None,
        "others": possible[1:],
        "urgent": told.open[0] if told.open else None,
        "notes": [(note, names.get(note.by, "")) for note in page.notes],
        "documents": documents(sight, page),
        "key": new_id(),
        "may_note": sight.may(Power.KEEP_PLAN_BOOK),
        "headline": _headline(page, told),
        "shipped": any(line.shipped or line.shipped_gift for line in page.lines),
    }
    return render(request, "desks/order.html", context)


def _headline(page: OrderPage, told: Story) -> Text:
    stage = Text(STAGES[page.stage].zh, STAGES[page.stage].en[:1].upper() + STAGES[page.stage].en[1:])
    if page.row.cancelled_at is not None:
        return Text("订单已取消：{why}", "Order cancelled: {why}").fill(why=page.row.cancelled_why)
    if not told.open:
        return Text("{stage}。", "{stage}.").fill(stage=stage)
    one = Text("{stage}，差一件事。", "{stage}: one thing is open.")
    many = Text("{stage}，差 {n} 件事。", "{stage}: {n} things are open.")
    return one.fill(stage=stage) if len(told.open) == 1 else many.fill(stage=stage, n=len(told.open))


def _statement(page: OrderPage) -> list[dict[str, Any]]:
    """The composition in force line by line, each opening its entries; then what was received."""
    if not page.money or page.composed_at is None:
        return []
    base = f"/orders/{page.row.uid}/parts"
    lines = [_part(page, part, f"{base}/{n}/entries") for n, part in enumerate(page.parts, start=1)]
    frozen = Text("{at} 定格，以后调价不影响", "frozen {at}; later prices do not touch it").fill(at=_stamp(page.composed_at))
    lines.append(_line(Text("本次应打货款", "To remit"), frozen, page.row.remit_fen, f"{base}/total/entries") | {"kind": "total"})
    if page.received_fen is not None and page.row.remit_fen and page.row.remit_fen > 0:
        rest = page.row.remit_fen - page.received_fen
        said = Text("到齐", "received in full") if rest <= 0 else Text("还差 {sum}", "{sum} still open").fill(sum=figure(rest))
        lines.append(_line(Text("已到账", "Received"), said, page.received_fen, f"{base}/received/entries") | {"kind": "after"})
    return lines


def _line(name: Text, source: Text, fen: int | None, href: str) -> dict[str, Any]:
    return {"name": name, "source": source, "fen": fen, "href": href}


def _part(page: OrderPage, part: PartRow, href: str) -> dict[str, Any]:
    """A part of the composition: what it is, and beside it the document that it names."""
    name, _, source = part.text.zh.partition("：")
    name_en, _, source_en = part.text.en.partition(": ")
    if part.kind == "goods":
        name, name_en = "本次货款", "Goods"
    beside = Text(source, source_en) if source else _source(page, part.kind)
    return _line(Text(name, name_en[:1].upper() + name_en[1:]), beside, part.fen, href) | {"sign": part.kind not in ("goods", "previous")}


def _source(page: OrderPage, kind: str) -> Text:
    if kind == "previous" and page.check and page.check.answered_at:
        return Text("核账 {at}", "checked {at}").fill(at=_stamp(page.check.answered_at))
    if kind == "goods":
        return Text("{kinds} {m} 件", "{kinds}, {m} cartons").fill(kinds=kinds(len(page.lines)), m=page.row.cartons)
    return same("")


def _stamp(at: datetime) -> Text:
    return Text(stamp(at, "zh"), stamp(at, "en"))


def documents(sight: Sight, page: OrderPage) -> list[Document]:
    """The order's papers, notices and receipts, with how each stands. Five statements at most."""
    row, found = page.row, []
    answered = Text("客户已确认", "confirmed") if row.confirmed_at else Text("等客户确认", "waiting for the customer")
    papers = papers_of(sight, row.uid)
    newest = max((version for *_, version in papers), default=0)
    for paper, kind, _, version in papers:
        title = TITLES[kind] + (Text(" 第 {n} 版", " version {n}").fill(n=version) if version > 1 else same(""))
        current = page.composed_at is not None and version == newest
        state = answered if current else Text("已撤回", "withdrawn")
        found.append(Document(title, f"/papers/{paper}/", state, current and not row.confirmed_at))
    if row.handed_over_at is not None:
        ready = Text("已备齐", "ready") if row.ready_at else Text("备货中", "being made ready")
        found.append(Document(Text("需货计划", "Demand"), f"/production/?q={row.number}", ready, row.ready_at is None))
    for notice in Notice.objects.filter(order=row).order_by("id"):
        state, waiting = _of_notice(notice)
        name = Text("发货通知单 {n}", "Notice {n}").fill(n=notice.number)
        found.append(Document(name, f"/notices/{notice.uid}/", state, waiting))
    if page.money:
        for match in Match.objects.filter(order=row.uid).select_related("receipt").order_by("id"):
            receipt = match.receipt
            state = (
                Text("已核", "matched") if receipt.difference_fen == 0 or receipt.explained_at else Text("有差额待查", "difference open")
            )
            open_one = receipt.difference_fen != 0 and receipt.explained_at is None
            found.append(Document(Text("收款 {n}", "Receipt {n}").fill(n=receipt.number), f"/receipts/{receipt.uid}/", state, open_one))
    return found


def _of_notice(row: Notice) -> tuple[Text, bool]:
    steps = (
        (row.voided_at, Text("已作废", "void"), False),
        (row.left_at, Text("已出门", "left"), False),
        (row.picked_at, Text("已配齐", "picked"), False),
        (row.effective_at, Text("已批，待配货", "approved, to be picked"), False),
    )
    return next(((text, waits) for at, text, waits in steps if at), (Text("待审批", "to be approved"), True))
