"""The page of an order: its story from call to gate, its account, goods, plan book and papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.desks import sql
from gatepass.desks.actions import actions, owed
from gatepass.desks.documents import documents
from gatepass.desks.neighbours import neighbours
from gatepass.desks.on_the_way import next_steps, unnoticed
from gatepass.desks.story import Story, story
from gatepass.desks.telling import kinds
from gatepass.dispatch.unpaid import Asked, asked
from gatepass.identity import new_id
from gatepass.journal.clock import now
from gatepass.journal.reading import value
from gatepass.journal.visits import SignedIn
from gatepass.look.countings import things
from gatepass.look.languages import language
from gatepass.look.moments import stamp
from gatepass.money import figure
from gatepass.orders import queries
from gatepass.orders.queries import STAGES, OrderPage, PartRow
from gatepass.people.visits import names_of, need
from gatepass.roles import SYSTEM, Power
from gatepass.transport import consignment_accounts
from gatepass.transport.of_order import on_the_way
from gatepass.words import Text, same, say


@login_required
@require_GET
def order(request: SignedIn, uid: UUID) -> HttpResponse:
    """One order, told; with the one thing that this viewer can do now."""
    sight = need(request, Power.SEE_ORDERS)
    page, at = queries.order(sight, uid), now()
    told = story(sight, page, at)
    short, way = value(sql.SHORT, {"order": uid}), on_the_way(page.row)
    unpaid = asked(uid) if page.money else Asked()
    further = actions(sight, page, unpaid, shortage=str(short) if short else "", unnoticed=not page.row.noticed or unnoticed(page.row))
    possible = [*next_steps(sight, page.row, way), *owed(sight, told.open), *further]
    primary = next((one for one in possible if one.pressing), None)
    papers = documents(sight, page, way)
    shares = consignment_accounts.shares_at_hand(page.row, page.cover, way) if page.row.noticed and page.cover else ()
    names = names_of({note.by for note in page.notes}) | {SYSTEM.person: say(Text("客户", "customer"), language())}
    context = {
        "page": page,
        "order": page.row,
        "stage": STAGES[page.stage],
        "story": told.lines,
        "told": told,
        "at": at,
        "statement": _statement(page),
        "primary": primary,
        "others": [one for one in possible if one is not primary],
        "urgent": told.open[0] if told.open else None,
        "notes": [(note, names.get(note.by, "")) for note in page.notes],
        "documents": papers,
        "prints": next((one.href for one in papers if one.prints), ""),
        "turning": neighbours(sight, uid, request.GET.dict()),
        "shares": shares if len(shares) > 1 else (),
        "share_totals": [sum(getattr(one, name) for one in shares) for name in ("due_fen", "received_fen", "open_fen")],
        "key": new_id(),
        "may_note": sight.may(Power.KEEP_PLAN_BOOK),
        "headline": _headline(page, told, unpaid),
        "shipped": any(line.shipped or line.shipped_gift for line in page.lines),
    }
    return render(request, "desks/order.html", context)


def _headline(page: OrderPage, told: Story, unpaid: Asked) -> Text:
    stage = Text(STAGES[page.stage].zh, STAGES[page.stage].en[:1].upper() + STAGES[page.stage].en[1:])
    if page.row.cancelled_at is not None:
        return Text("订单已取消：{why}", "Order cancelled: {why}").fill(why=page.row.cancelled_why)
    if unpaid.waits and page.stage == "unpaid":
        return Text("申请了先发后款，等销售总监签批。", "Asked to ship unpaid; waiting for the sales director's signature.")
    if not told.open and page.stage == "unpaid" and page.row.notified_at is not None:
        day = page.row.promised_on
        named = Text("，约定 {day}", ", promised for {day}").fill(day=f"{day:%m-%d}") if day else Text("", "")
        return Text("已通知汇款，等客户打款{day}。", "Told to remit; waiting for the customer's money{day}.").fill(day=named)
    if not told.open:
        return Text("{stage}。", "{stage}.").fill(stage=stage)
    return Text("{stage}，差{missing}。", "{stage}: {missing} open.").fill(stage=stage, missing=things(len(told.open)))


def _statement(page: OrderPage) -> list[dict[str, Any]]:
    """The composition in force line by line, each opening its entries; then what was received."""
    if not page.money or page.composed_at is None:
        return []
    base = f"/orders/{page.row.uid}/parts"
    lines = [_part(page, part, f"{base}/{n}/entries") for n, part in enumerate(page.parts, start=1)]
    frozen = Text("{at} 定格，以后调价不影响", "frozen {at}; later prices do not touch it").fill(at=_stamp(page.composed_at))
    lines.append(_line(Text("本次应打货款", "To remit"), frozen, page.row.remit_fen, f"{base}/total/entries") | {"kind": "total"})
    asks, frozen_fen = page.cover.asked.remit_fen if page.cover else 0, page.row.remit_fen or 0
    if page.cover and page.row.sent_at and asks != frozen_fen:
        since = Text("发单以后加减的货，或放开的旧账", "goods changed, or old items let go, since it was sent")
        lines.append(_line(Text("现在应打", "To remit now"), since, asks, f"{base}/asked/entries") | {"kind": "after"})
    if page.cover and page.received_fen is not None and max(asks, frozen_fen) > 0:
        rest = page.cover.open_fen
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


@login_required
@require_GET
def share(request: SignedIn, uid: UUID, key: str, what: str) -> HttpResponse:
    """The entries behind a figure of the account by consignment, as a fragment."""
    found = consignment_accounts.entries(need(request, Power.SEE_MONEY), uid, key, what)
    return render(request, "orders/entries.html", {"entries": found})
