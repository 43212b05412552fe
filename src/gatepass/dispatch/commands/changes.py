"""Changes of goods (D8): proposed by warehouse or desk, made once sales has consented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.approvals.separation import Part
from gatepass.catalogue.models import Product
from gatepass.dispatch import amending, versions
from gatepass.dispatch.amending import said
from gatepass.dispatch.consenting import CHANGE, change_said
from gatepass.dispatch.events import ChangeApplied, ChangeProposed
from gatepass.dispatch.goods import Wanted
from gatepass.dispatch.models import Change, ChangeKind, Notice, NoticeLine
from gatepass.dispatch.scope import line_of, lock_change, lock_notice
from gatepass.dispatch.standing import gone, needed, picked_beyond
from gatepass.dispatch.unpaid import void_of_order
from gatepass.dispatch.voiding import voiding
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.orders import plan_book
from gatepass.orders.ending import ending
from gatepass.orders.models import Order
from gatepass.receivables.changing import covered_by
from gatepass.receivables.events import OrderCovered
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.stock import reserving
from gatepass.words import Text
from gatepass.workcalendar.queries import current

name_fields(kind=("种类", "kind"), change=("变动", "change"))


@command(may=None, title=Text("提出调换增减", "Propose a change of goods"))
def propose_change(
    case: Case,
    *,
    notice: Annotated[UUID, Of("notice")],
    kind: ChangeKind,
    cartons: int,
    reason: Annotated[str, Called(Text("原因", "reason"), long=True)],
    line: Annotated[UUID | None, Of("line")] = None,
    product: Annotated[UUID | None, Of("product")] = None,
) -> Ref:
    """Short: a line, how many are missing. Substitute: a line and the product instead. Extra: a product, or a line for more of it."""
    powerless = act_with(case, Power.PICK, Power.ISSUE_NOTICE)
    found = lock_notice(case.actor, notice, with_order=True)
    about = line_of(found, line) if line else None
    other = _product(product)
    yuan = _yuan(found, about, other, case)
    change = Change(
        uid=case.new_id(), notice=found, kind=kind.value, line=about, product=other, cartons=cartons, reason=reason,
        proposed_by=case.actor.person, proposed_for=case.actor.acting_for, proposed_at=case.at,
        after_hours=current().after_hours(case.at),
        value_fen=amending.worth(kind, about, yuan, cartons) if cartons > 0 else 0,
    )  # fmt: skip
    case.decide(
        ChangeProposed(
            change=change.uid, notice=found.uid, order=found.order.uid, customer=found.order.customer.uid, kind=kind.value,
            cartons=cartons, after_hours=change.after_hours,
        ),
        reasons=[powerless, gone(found), *_unclear(change, kind), _unpriced(kind, yuan), needed(reason)],
    )  # fmt: skip
    change.save()
    bind(
        case, CHANGE, change.uid, number=found.number, data=numbered(1, change_said(change)), part=Part.ASKED, order=found.order.uid
    )
    noted = Text("{change}：{reason}", "{change}: {reason}").fill(change=said(change), reason=reason)
    plan_book.note(case, order_id=found.order_id, kind="change", text=noted)
    return Ref("change", change.uid, said(change))


@command(may=None, title=Text("变动写入通知单", "Make the change of goods"))
def apply_change(case: Case, *, change: Annotated[UUID, Of("change")]) -> Ref:
    """In office hours a new version, to be approved again; after hours the approved version is amended and shows as changed (D8). A notice
    that it empties is void; were these the last cartons of an order of which others left, it is complete without them."""
    found = lock_change(case.actor, change, with_order=True)
    powerless = act_with(case, Power.ISSUE_NOTICE, *([Power.PICK] if found.after_hours else []))
    notice, kind = found.notice, ChangeKind(found.kind)
    before = versions.as_wanted(notice)
    product = goods_of(found)
    yuan = _yuan(notice, found.line, product, case)
    stale = _stale(found, before)
    after = before if stale else amending.amended(found, before, yuan)
    added = amending.added_fen(kind, before, after)
    made = versions.draft(notice.order, notice, after, versions.where_of(notice), added_fen=added)
    if kind is not ChangeKind.SHORT:
        reserving.lock_products([product.id])
    ready = None if stale else amending.made_ready(notice.order, kind, before, after)
    applied = ChangeApplied(
        change=found.uid, notice=notice.uid, order=notice.order.uid, customer=notice.order.customer.uid, kind=found.kind,
        product=product.uid, cartons=found.cartons, version=notice.version + (0 if found.after_hours or not after else 1),
    )  # fmt: skip
    reasons = [powerless, gone(notice), *stale, *_too_few(case, found, kind, product), *picked_beyond(notice, after)]
    if not after:
        return _emptied(case, found, applied, reasons)
    case.decide(
        applied,
        *([] if found.after_hours else [versions.changed(notice, made)]),
        *([ready] if ready else []),
        *([OrderCovered(order=notice.order.uid, customer=notice.order.customer.uid)] if covered_by(made.cover, added) else []),
        reasons=reasons,
    )
    linked = amending.carry_to_order(case, notice.order, found, before, after)
    if ready:
        Order.objects.filter(id=notice.order_id).update(ready_at=case.at)
    if found.after_hours:
        notice.picked_at = None
        notice.save(update_fields=["picked_at"])
        versions.write_lines(notice, linked)
    else:
        versions.write_next(case, notice, replace(made, lines=linked), found.reason)
    return _applied(case, found)


def _applied(case: Case, change: Change) -> Ref:
    change.applied_at, change.applied_version = case.at, change.notice.version
    change.save(update_fields=["applied_at", "applied_version"])
    return Ref("notice", change.notice.uid, change.notice.number)


def _emptied(case: Case, change: Change, applied: ChangeApplied, reasons: list[Reason | None]) -> Ref:
    """Nobody approves a notice of nothing."""
    notice, open_, rest = change.notice, voiding(change.notice, but=change), ending(change.notice.order)
    rest = rest if rest and rest.cartons == change.cartons else None
    case.decide(applied, *open_.events(change.reason), *(rest.events(change.reason) if rest else []), reasons=reasons)
    open_.write(case, change.reason)
    if rest:
        void_of_order(case, notice.order)
        rest.write(case, change.reason)
    return _applied(case, change)


def goods_of(change: Change) -> Product:
    """What the change is about: the product that comes, else that of its line."""
    if change.product is not None:
        return change.product
    if change.line is None:
        raise NotFound("product")
    return change.line.product


def _product(uid: UUID | None) -> Product | None:
    if uid is None:
        return None
    found = Product.objects.filter(uid=uid, active=True).first()
    if found is None:
        raise NotFound("product")
    return found


def _yuan(notice: Notice, line: NoticeLine | None, product: Product | None, case: Case) -> Decimal | None:
    """The price of what comes instead or on top; of the line itself where no other product is named."""
    if product is not None:
        return amending.price(notice.order, product, case.at)
    return line.yuan if line else None


def _unclear(change: Change, kind: ChangeKind) -> list[Reason | None]:
    """What the proposal lacks."""
    line, wanted = change.line, kind is not ChangeKind.EXTRA
    most = line.cartons + line.gift if line else 0
    beyond = Text("通知单这一行只有 {most} 件", "This line of the notice has only {most} cartons").fill(most=most)
    return [
        refusal("请选哪一行", "Choose the line", field="line") if wanted and line is None else None,
        refusal("请选换成什么", "Choose what comes instead", field="product")
        if kind is ChangeKind.SUBSTITUTE and (change.product is None or (line and change.product == line.product))
        else None,
        refusal("请选加什么货", "Choose what is added", field="product")
        if kind is ChangeKind.EXTRA and not (change.product or line)
        else None,
        refusal("件数要大于零", "The number of cartons must be above zero", field="cartons") if change.cartons <= 0 else None,
        Reason(what=beyond, field="cartons") if wanted and line and change.cartons > most else None,
    ]


def _unpriced(kind: ChangeKind, yuan: Decimal | None) -> Reason | None:
    missing = kind is not ChangeKind.SHORT and yuan is None
    return refusal("这个产品对该客户没有价格", "This product has no price for the customer", field="product") if missing else None


def _stale(change: Change, lines: list[Wanted]) -> list[Reason]:
    """The notice was changed under the proposal, or it was made or declined already."""
    if change.applied_at:
        return [refusal("这项变动已经写入", "The change is made already")]
    if change.withdrawn_at:
        return [refusal("这项变动已撤回", "The change was withdrawn", clause="D8")]
    if change.declined_at:
        return [refusal("这项变动没有获得同意", "The change was declined")]
    line = change.line
    if line is None or change.kind == ChangeKind.EXTRA.value:
        return []
    there = next((one for one in lines if (one.product_id, one.order_line) == (line.product_id, line.order_line)), None)
    if there is None or there.cartons < line.cartons or there.gift < line.gift:
        return [refusal("通知单这一行已经改过，请重新提出", "This line was changed meanwhile: propose again")]
    return []


def _too_few(case: Case, change: Change, kind: ChangeKind, product: Product) -> list[Reason]:
    """Extra and other goods must be free: nobody takes what is set aside for another order."""
    if kind is ChangeKind.SHORT:
        return []
    free = reserving.available([product.id], current().local(case.at).date()).get(product.id, 0)
    if free >= change.cartons:
        return []
    what = Text("{product} 没有预留给别人的只有 {free} 件", "{product}: only {free} cartons are not set aside for others")
    return [
        Reason(
            what=what.fill(product=product.name, free=max(0, free)),
            cure=Text("撤回，另提少一些的，或换别的", "Withdraw it and propose fewer, or another product"),
            command="withdraw_change", given={"change": str(change.uid)},
        )
    ]  # fmt: skip
