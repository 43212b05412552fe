"""Returns to suppliers: a batch and its cartons, out of stock when they are written; the gate lets out what stands here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add, update
from gatepass.people.rows import empty, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.stock.commands import lock_batch
from gatepass.stock.events import ReturnedToSupplier, SupplierReturnCancelled
from gatepass.stock.keeping import move
from gatepass.stock.models import Batch, MoveKind, Quality, SupplierReturn
from gatepass.stock.reserving import available, lock_products
from gatepass.words import Text

name_fields(supplier=("供应商", "supplier"), supplier_return=("退供应商单", "return to a supplier"))


@command(may=Power.KEEP_STOCK, title=Text("退供应商", "Return to a supplier"))
def return_to_supplier(case: Case, *, batch: Annotated[UUID, Of("batch")], cartons: int, supplier: str, reason: str) -> Ref:
    """The cartons are out of stock now; the gate-pass desk lets them out by this number. What orders wait for stays."""
    row = lock_batch(batch)
    uid = case.new_id()
    there = Text("批次 {code} 只有 {have} 件", "Batch {code} has only {have} cartons").fill(code=row.code, have=row.on_hand)
    case.decide(
        ReturnedToSupplier(supplier_return=uid, batch=row.uid, product=row.product.uid, cartons=cartons),
        reasons=[
            None if 0 < cartons <= row.on_hand else Reason(what=there, field="cartons"),
            _waited_for(case, row, cartons),
            *empty(supplier=supplier, reason=reason),
            *too_long(supplier=(supplier, 120), reason=(reason, 300)),
        ],
    )
    made = SupplierReturn(
        uid=uid, number=take_number("TG", case.at), batch=row, cartons=cartons, supplier=supplier, reason=reason,
        written_by=case.actor.person, written_at=case.at,
    )  # fmt: skip
    add(made)
    move(case, batch=row, cartons=-cartons, kind=MoveKind.RETURNED, document=uid, note=made.number)
    return Ref("supplier_return", uid, made.number)


def _waited_for(case: Case, row: Batch, cartons: int) -> Reason | None:
    """Good cartons that are set aside for orders do not leave another way."""
    if row.quality != Quality.PASSED.value:
        return None
    lock_products([row.product.pk])
    free = available([row.product.pk], case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()).get(row.product.pk, 0)
    if cartons <= free:
        return None
    what = Text("{name} 只有 {free} 件没有订单占用", "Only {free} cartons of {name} are not set aside for orders")
    return Reason(
        what=what.fill(name=row.product.name, free=max(0, free)), clause="D3", field="cartons",
        cure=Text("有质量问题的先定该批不合格，占用它的订单会被告知", "If something is wrong with it, the batch fails first; its orders hear of it"),
    )  # fmt: skip


def lock_return(uid: UUID) -> SupplierReturn:
    """Locked, with its batch and product at hand. Raises NotFound."""
    rows = SupplierReturn.objects.select_for_update(no_key=True, of=("self",)).select_related("batch__product")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotFound("supplier_return")
    return found


def back_into_stock(case: Case, row: SupplierReturn, reason: str) -> SupplierReturnCancelled:
    """What a cancelled return emits; `put_into_stock` then moves the cartons."""
    return SupplierReturnCancelled(
        supplier_return=row.uid, batch=row.batch.uid, product=row.batch.product.uid, cartons=row.cartons, reason=reason
    )


def put_into_stock(case: Case, row: SupplierReturn) -> None:
    """The cartons of a return that does not leave are in their batch again."""
    batch = lock_batch(row.batch.uid)
    move(case, batch=batch, cartons=row.cartons, kind=MoveKind.PUT_BACK, document=row.uid, note=row.number)
    update(row, cancelled_at=case.at)


def cancelled(row: SupplierReturn) -> Reason | None:
    return refusal("这张退供应商单已取消", "This return was cancelled") if row.cancelled_at else None
