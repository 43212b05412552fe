"""Commands between sales and production: demand, ready and short reports, stock-up plans."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID, uuid5

from gatepass.catalogue.models import Product
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import add, update
from gatepass.orders.locking import lock_order
from gatepass.orders.models import Order
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.readiness import is_ready, wanted_of
from gatepass.orders.standing import unconfirmed
from gatepass.orders.taking import today
from gatepass.papers.keeping import keep
from gatepass.production.events import (
    DemandHandedOver,
    ReadyReported,
    ShippingDayPlanned,
    ShortReported,
    ShortTakenUp,
    StockupPlanHandedOver,
)
from gatepass.production.models import Demand, Ready, ShippingDay, Shortage, StockupPlan
from gatepass.production.needs import Need, of_day
from gatepass.production.remarks import remember_remarks
from gatepass.production.sheets import stockup_plan
from gatepass.roles import SYSTEM, Position, Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.stock.commands import code_of
from gatepass.stock.keeping import move
from gatepass.stock.models import Batch, MoveKind, Quality
from gatepass.stock.reserving import Held, available, complete, from_stock, held, lock_products, reserve
from gatepass.words import Labelled, Text

name_fields(remarks=("给生产的备注", "remarks for production"), demand=("需货", "demand"), kind=("种类", "kind"), outcome=("结果", "outcome"))
OrderId = Annotated[UUID, Of("order")]
DAYS = UUID("6f0f3c52-7a1e-5d0e-9a33-6c1c1f2b7d10")


def plan_of(day: date) -> UUID:
    """The stable reference of a shipping day's stock-up plan."""
    return uuid5(DAYS, day.isoformat())


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark on one product of an order; no phone number and no address (C24)."""

    product: Annotated[UUID, Of("product")]
    remark: str


REPORTED = Text("生产报{kind}：{name} {n} 件，{why}", "Production reports {kind}: {name}, {n} cartons, {why}")
TAKEN_UP = Text("缺货沟通：{outcome}", "Shortage taken up: {outcome}")


class ShortKind(Labelled):
    SHORT = "short", "缺货", "short"
    QUALITY = "quality", "不合格", "failed quality"


@command(may=Power.HAND_OVER_DEMAND, title=Text("需货计划交生产", "Hand demand to production"))
def hand_over_demand(case: Case, *, order: OrderId, expected_on: date | None = None, remarks: list[RemarkLine] | None = None) -> Ref:
    """The confirmed order's demand reaches production: what stock has is reserved, only the rest is to be produced (D3)."""
    row = lock_order(order, case.actor)
    day = expected_on or row.promised_on or row.wanted_on or today(case) + timedelta(days=4)
    wanted = wanted_of(row)
    products = lock_products(wanted)
    has = held(row.uid)
    stocked = from_stock(wanted, available(wanted, today(case)), has)
    said = {line.product: line.remark for line in remarks or []}
    remember_remarks(case.entry, tuple(said.values()))
    case.decide(*_handed(case, row, day, wanted, stocked, products, said), reasons=_not_to_hand_over(row))
    reserve(case, order=row.uid, cartons={product: cartons - has.get(product, Held()).set_aside for product, cartons in stocked.items()})
    ShippingDay.objects.bulk_create([ShippingDay(uid=plan_of(day), day=day)], ignore_conflicts=True)
    add(
        *(
            Demand(
                uid=case.new_id(), order=row.uid, order_number=row.number, customer_name=row.customer.short_name, expected_on=day,
                product=products[product], cartons=cartons, from_stock=stocked[product], remark=said.get(products[product].uid, ""),
                handed_at=case.at, handed_by=case.actor.person,
            )
            for product, cartons in wanted.items()
        )
    )  # fmt: skip
    ready = case.at if wanted == stocked else None
    update(row, handed_over_at=case.at, ready_at=ready, wanted_on=day)
    return Ref("order", row.uid, row.number)


def _handed(
    case: Case, row: Order, day: date, wanted: dict[int, int], stocked: dict[int, int], products: dict[int, Product], said: dict[UUID, str]
) -> list[Event]:
    digest = hashlib.sha256("\n".join(said.values()).encode()).hexdigest()
    events: list[Event] = [
        DemandHandedOver(
            order=row.uid, customer=row.customer.uid, expected_on=day, remarks_digest=digest,
            lines=tuple((products[p].uid, cartons, stocked[p]) for p, cartons in wanted.items()),
        ),
        ShippingDayPlanned(plan=plan_of(day), day=day),
    ]  # fmt: skip
    if wanted == stocked:
        events.append(is_ready(row, sum(wanted.values())))
    return events


def _not_to_hand_over(row: Order) -> list[Reason | None]:
    return [
        None if row.confirmed_at else unconfirmed(row.uid, "D3"),
        refusal("需货计划已交生产", "The demand was handed over already", clause="D3") if row.handed_over_at else None,
        refusal("订单已取消", "The order was cancelled") if row.cancelled_at else None,
        refusal("订单已发完", "The order has been shipped") if row.shipped_at else None,
    ]


def _over(row: Order) -> bool:
    """Nothing more is set aside for an order that was cancelled or has left."""
    return row.cancelled_at is not None or row.shipped_at is not None


def _missing(demand: Demand, now: dict[int, int]) -> int:
    """Cartons of a demand that are neither set aside nor made, of what the order still wants."""
    return min(demand.cartons, now.get(demand.product_id, 0)) - demand.from_stock - demand.ready


def _lock_demand(uid: UUID, case: Case) -> tuple[Order, Demand]:
    """The demand with its order. Who sees orders sees those of his regions only; production knows no regions."""
    known = Demand.objects.filter(uid=uid).values_list("order", flat=True).first()
    if known is None:
        raise NotFound("demand")
    row = lock_order(known, case.actor if case.actor.may(Power.SEE_ORDERS) else SYSTEM)
    return row, Demand.objects.select_for_update().select_related("product").get(uid=uid)


@command(may=Power.REPORT_READY, title=Text("报备齐", "Report goods ready"))
def report_ready(
    case: Case, *, demand: Annotated[UUID, Of("demand")], cartons: int, produced_on: date,
        quality: Quality = Quality.PASSED, code: str = "", note: str = ""
) -> Ref:  # fmt: skip
    """Production reports cartons of a batch with their quality: they come into stock, reserved for the order they were made for (D3)."""
    row, wanted = _lock_demand(demand, case)
    lock_products([wanted.product_id])
    passed = quality is Quality.PASSED
    now, has = wanted_of(row), held(row.uid)  # goods may have been exchanged for others since the demand was handed over
    counted = max(0, min(cartons, _missing(wanted, now))) if passed and not _over(row) else 0
    product, own = wanted.product_id, has.get(wanted.product_id, Held())
    kept = max(0, min(counted, now.get(product, 0) - own.set_aside))
    full = complete(now, has | {product: own.with_more(kept)})
    ready = passed and not _over(row) and full and row.ready_at is None
    name = code or code_of(produced_on)
    batch = Batch.objects.select_for_update(no_key=True).filter(product=wanted.product, code=name).first()
    uid = batch.uid if batch else case.new_id()
    events: list[Event] = [
        ReadyReported(demand=wanted.uid, order=row.uid, product=wanted.product.uid, batch=uid, cartons=cartons, quality=quality.value)
    ]
    if ready:
        events.append(is_ready(row, row.cartons + row.gifts))
    wrong = [
        None if cartons > 0 else refusal("件数要大于零", "The number of cartons must be above zero", field="cartons"),
        refusal("同一批号的质量不同，请另编批号", "This batch has another quality: use another code", clause="D3", field="code")
        if batch is not None and (batch.quality != quality.value or batch.produced_on != produced_on)
        else None,
    ]
    case.decide(*events, reasons=wrong)
    if batch is None:
        batch = Batch.objects.create(
            uid=uid, product=wanted.product, code=name, produced_on=produced_on, quality=quality.value, location=wanted.product.location,
            expires_on=produced_on + timedelta(days=wanted.product.shelf_life_days),
        )  # fmt: skip
    move(case, batch=batch, cartons=cartons, kind=MoveKind.RECEIVED, document=wanted.uid, note=note)
    Ready.objects.create(
        demand=wanted, product=wanted.product, batch=uid, cartons=cartons, quality=quality.value, note=note, at=case.at, by=case.actor.person
    )
    reserve(case, order=row.uid, cartons={product: kept})
    Demand.objects.filter(id=wanted.id).update(ready=wanted.ready + counted)
    if ready:
        update(row, ready_at=case.at)
    return Ref("demand", wanted.uid, row.number)


@command(may=Power.REPORT_READY, title=Text("报缺货或不合格", "Report a shortage"))
def report_short(
    case: Case, *, demand: Annotated[UUID, Of("demand")], cartons: int, kind: ShortKind, reason: str, expected_on: date | None = None
) -> Ref:
    """Production says what will be short or failed, and when it can come: a notice to the client admin (D3)."""
    row, wanted = _lock_demand(demand, case)
    open_one = Shortage.objects.filter(demand=wanted, taken_up_at=None).exists()
    wrong = [
        None if 0 < cartons <= wanted.cartons else refusal("件数应为 1 到需货数", "Cartons must be 1 to the demand", field="cartons"),
        None if reason else refusal("请写明原因", "Say why", field="reason"),
        refusal(
            "上一次报缺还没有处理", "An earlier report waits to be taken up", clause="D3",
            who=Position.CLIENT_ADMIN, command="take_up_shortage", given={"demand": str(demand)},
        ) if open_one else None,
        refusal("订单已取消或已发完", "The order is cancelled or has left") if _over(row) else None,
    ]
    case.decide(
        ShortReported(demand=wanted.uid, order=row.uid, customer=row.customer.uid, product=wanted.product.uid, cartons=cartons, kind=kind.value),
        reasons=wrong,
    )
    Shortage.objects.create(
        uid=case.new_id(), demand=wanted, cartons=cartons, kind=kind.value, reason=reason, expected_on=expected_on, at=case.at,
        by=case.actor.person,
    )  # fmt: skip
    note_down(case, order_id=row.id, text=REPORTED.fill(kind=kind, name=wanted.product.name, n=cartons, why=reason), kind="shortage")
    return Ref("demand", wanted.uid, row.number)


@command(may=Power.TALK_TO_CUSTOMER, title=Text("缺货与客户沟通", "Take up a shortage"))
def take_up_shortage(
    case: Case, *, demand: Annotated[UUID, Of("demand")], outcome: Annotated[str, Called(Text("与客户的约定",
        "understanding with the customer"), long=True)]
) -> Ref:  # fmt: skip
    """The client admin talked to the customer: the understanding is noted in the plan book (D3, C8)."""
    row, wanted = _lock_demand(demand, case)
    short = Shortage.objects.select_for_update().filter(demand=wanted, taken_up_at=None).first()
    wrong = [
        None if short else refusal("没有待处理的报缺", "There is no shortage to take up"),
        refusal("订单已取消", "The order was cancelled") if row.cancelled_at else None,
        None if outcome else refusal("请写明约定", "Say what was agreed", field="outcome"),
    ]
    case.decide(ShortTakenUp(demand=wanted.uid, order=row.uid, customer=row.customer.uid), reasons=wrong)
    if short is not None:
        short.taken_up_at, short.taken_up_by, short.outcome = case.at, case.actor.person, outcome
        short.save()
    note_down(case, order_id=row.id, text=TAKEN_UP.fill(outcome=outcome), kind="explanation")
    return Ref("order", row.uid, row.number)


@command(may=Power.HAND_OVER_DEMAND, title=Text("备货计划交生产", "Hand over a stock-up plan"))
def hand_over_plan(case: Case, *, day: date) -> Ref:
    """The needed quantities of a shipping day, by product and customer (name and date only), frozen and handed to production (C12, C24).

    A day whose orders were all cancelled or have left is handed over too: that nothing is needed, production must know.
    """
    rows, planned = of_day(day), ShippingDay.objects.filter(day=day).exists()
    version = StockupPlan.objects.filter(day=day).count() + 1
    wrong = None if rows or planned else refusal("这一天没有要备的货", "Nothing is to be stocked up for that day", clause="C12", field="day")
    case.decide(StockupPlanHandedOver(plan=plan_of(day), day=day, version=version, cartons=sum(r.cartons for r in rows)), reasons=[wrong])
    made = StockupPlan.objects.create(uid=case.new_id(), day=day, version=version, handed_at=case.at, handed_by=case.actor.person, data=_plan(rows))
    keep(stockup_plan(case, rows, day, version), subject_kind="plan", subject_uid=made.uid, entry=case.entry)
    return Ref("plan", made.uid, day.isoformat())


def _plan(rows: Sequence[Need]) -> dict[str, object]:
    """Products with quantities and a row per customer: name, expected date, cartons, remark. Nothing else."""
    return {
        "lines": [
            {
                "product": r.product.code, "name": r.product.name, "spec": r.product.spec, "customer": r.customer_name,
                "expected_on": r.expected_on.isoformat(), "cartons": r.cartons, "from_stock": r.there, "ready": 0,
                "remark": r.remark,
            }
            for r in rows
        ]
    }  # fmt: skip
