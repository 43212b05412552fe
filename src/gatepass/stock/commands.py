"""Commands of the warehouse's stock: receipts from production, counts. Quality is decided where it stops notices (dispatch)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from gatepass.catalogue.models import Product
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.stock.events import StockAdjusted, StockReceived
from gatepass.stock.keeping import move
from gatepass.stock.models import Batch, MoveKind, Quality
from gatepass.stock.reserving import lock_products
from gatepass.words import Text

name_fields(produced_on=("生产日期", "produced on"), quality=("质量", "quality"), location=("货位", "location"), counted=("盘点数", "counted"))


def lock_batch(uid: UUID) -> Batch:
    """The batch, locked after its product: what is free of it is counted under that lock. Raises NotFound."""
    lock_products(Batch.objects.filter(uid=uid).values_list("product_id", flat=True))
    return _locked(uid)


def _locked(uid: UUID) -> Batch:
    found = Batch.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if found is None:
        raise NotFound("batch")
    return found


def code_of(produced_on: date) -> str:
    """A batch is called after its day of production unless production names it otherwise."""
    return produced_on.strftime("%y-%m-%d")


@command(may=Power.KEEP_STOCK, title=Text("入库", "Receive into stock"))
def receive_stock(
    case: Case,
    *,
    product: Annotated[UUID, Of("product")],
    cartons: int,
    produced_on: date,
    code: str = "",
    quality: Quality = Quality.PASSED,
    location: str = "",
    note: str = "",
) -> Ref:
    """Cartons of a batch come in from production with their quality."""
    made = Product.objects.filter(uid=product).first()
    if made is None:
        raise NotFound("product")
    lock_products([made.id])
    wrong = [_sane(cartons, produced_on, case)]
    name = code or code_of(produced_on)
    known = Batch.objects.filter(product=made, code=name).first()
    if known is not None and known.produced_on != produced_on:
        wrong.append(refusal("这个批号已有另一个生产日期", "This batch code has another day of production", clause="D7", field="code"))
    uid = known.uid if known else case.new_id()
    case.decide(StockReceived(batch=uid, product=made.uid, cartons=cartons, quality=quality.value), reasons=wrong)
    if known is None:
        expires = produced_on + timedelta(days=made.shelf_life_days)
        known = Batch.objects.create(
            uid=uid, product=made, code=name, produced_on=produced_on, expires_on=expires, quality=quality.value,
            location=location or made.location,
        )  # fmt: skip
    batch = _locked(known.uid)
    move(case, batch=batch, cartons=cartons, kind=MoveKind.RECEIVED, document=None, note=note)
    return Ref("product", made.uid, f"{made.name} {name}")


OLDEST = 20  # years that anything on a shelf can be old


def _sane(cartons: int, produced_on: date, case: Case) -> Reason | None:
    if not 0 < cartons <= 1_000_000:
        return refusal("件数要大于零", "The number of cartons must be above zero", field="cartons")
    if produced_on.year < case.at.year - OLDEST:
        return refusal("生产日期太久远，看看年份", "The day of production is too long ago: look at the year", field="produced_on")
    if produced_on > case.at.date() + timedelta(days=1):
        return refusal("生产日期在今天之后", "The day of production is in the future", field="produced_on")
    return None


@command(may=Power.KEEP_STOCK, title=Text("盘点调整", "Adjust after a count"))
def adjust_stock(case: Case, *, batch: Annotated[UUID, Of("batch")], counted: int, reason: str) -> Ref:
    """What was counted differs from the book: the difference is booked with its reason."""
    row = lock_batch(batch)
    difference = counted - row.on_hand
    wrong = [
        None if counted >= 0 else refusal("盘点数不能小于零", "The count cannot be below zero", field="counted"),
        None if difference else refusal("与账面一致，不用调整", "The count agrees with the book"),
        None if reason else refusal("请写明原因", "Say why", field="reason"),
    ]
    case.decide(StockAdjusted(batch=row.uid, product=row.product.uid, cartons=difference, reason=reason), reasons=wrong)
    move(case, batch=row, cartons=difference, kind=MoveKind.ADJUSTED, document=None, note=reason)
    return Ref("product", row.product.uid, row.product.name)
