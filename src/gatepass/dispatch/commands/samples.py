"""Samples (C11): noticed, approved by sales, sent out of stock, followed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.approvals.separation import Part
from gatepass.catalogue.models import Product
from gatepass.customers.models import Customer
from gatepass.dispatch.aside import others_goods
from gatepass.dispatch.commands.picking import FromBatch
from gatepass.dispatch.events import SampleFollowedUp, SampleNoticed, SampleSent
from gatepass.dispatch.models import Sample, SampleLine
from gatepass.dispatch.sampling import SAMPLE, sample_said
from gatepass.dispatch.scope import lock_sample
from gatepass.dispatch.standing import needed
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.money import Money
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.stock import keeping, reserving
from gatepass.stock.models import Batch, Quality
from gatepass.words import Text
from gatepass.workcalendar.queries import current

name_fields(
    sample=("样品通知", "sample notice"), recipient=("收件单位", "recipient"), purpose=("用途", "purpose"), cost=("成本", "cost"),
    follow_up_on=("跟进日期", "day of follow-up"), outcome=("结果", "outcome"),
)  # fmt: skip


@dataclass(frozen=True)
class SampleGoods:
    """Cartons of one product."""

    product: Annotated[UUID, Of("product")]
    cartons: int


@command(may=Power.ISSUE_NOTICE, title=Text("开样品通知", "Issue a sample notice"))
def issue_sample_notice(
    case: Case,
    *,
    lines: list[SampleGoods],
    recipient: str,
    address: str,
    phone: str,
    purpose: Annotated[str, Called(Text("用途", "purpose"), long=True)],
    cost: Money,
    follow_up_on: date,
    customer: Annotated[UUID | None, Of("customer")] = None,
) -> Ref:
    """Samples for a customer or for somebody who may become one: what they cost, why, and when the outcome is asked for."""
    about = _customer(case.actor, customer)
    products = {row.uid: row for row in Product.objects.filter(uid__in=[one.product for one in lines], active=True)}
    uid = case.new_id()
    case.decide(
        SampleNoticed(sample=uid, customer=customer, lines=tuple((one.product, one.cartons) for one in lines), cost_fen=cost.fen),
        reasons=[
            *_wrong(lines, products),
            refusal("成本不能小于零", "The cost is not below zero", field="cost") if cost.fen < 0 else None,
            _too_soon(case, follow_up_on),
            *(
                needed(words, field)
                for field, words in (("recipient", recipient), ("address", address), ("phone", phone), ("purpose", purpose))
            ),
        ],
    )
    sample = Sample.objects.create(
        uid=uid, number=take_number("FH", case.at), customer=about, region=about.region if about else "", recipient=recipient,
        address=address, phone=phone[:40], purpose=purpose, cost_fen=cost.fen, written_by=case.actor.person,
        written_for=case.actor.acting_for, written_at=case.at, follow_up_on=follow_up_on,
    )  # fmt: skip
    SampleLine.objects.bulk_create(
        SampleLine(sample=sample, position=number, product=products[one.product], cartons=one.cartons)
        for number, one in enumerate(lines, 1)
    )
    named = [(products[one.product].name, one.cartons) for one in lines]
    bind(case, SAMPLE, uid, number=sample.number, data=numbered(1, sample_said(sample, named)), part=Part.ASKED)
    return Ref("sample", uid, sample.number)


@command(may=Power.PICK, title=Text("样品发出", "Send samples"))
def send_sample(case: Case, *, sample: Annotated[UUID, Of("sample")], batches: list[FromBatch]) -> Ref:
    """The warehouse takes the cartons out of stock; they leave on a gate pass for samples."""
    found = lock_sample(case.actor, sample)
    uids = [one.batch for one in batches]
    sold = reserving.lock_products(Batch.objects.filter(uid__in=uids).values_list("product_id", flat=True))
    rows = Batch.objects.select_for_update(no_key=True, of=("self",)).select_related("product").filter(uid__in=uids).order_by("id")
    there = {row.uid: row for row in rows}
    if set(uids) != set(there):
        raise NotFound("batch")
    calendar, taken = current(), _by_product(batches, there)
    day = calendar.local(case.at).date()
    case.decide(
        SampleSent(
            sample=found.uid,
            customer=_uid(found),
            batches=tuple(uids),
            cartons=sum(one.cartons for one in batches),
            follow_up_at=calendar.opens(found.follow_up_on),
        ),
        reasons=[
            refusal("样品已经发出", "The samples were sent already") if found.sent_at else None,
            *_not_as_noticed(found, batches, there, taken, day),
            *(others_goods(case.actor, sold[product], None, 0, cartons, day) for product, cartons in taken.items()),
        ],
    )
    keeping.take(case, taken=[(there[one.batch], one.cartons) for one in batches], document=found.uid)
    found.sent_at = case.at
    found.save(update_fields=["sent_at"])
    return Ref("sample", found.uid, found.number)


@command(may=Power.TALK_TO_CUSTOMER, title=Text("样品跟进", "Follow up samples"))
def follow_up_sample(
    case: Case, *, sample: Annotated[UUID, Of("sample")], outcome: Annotated[str, Called(Text("结果", "outcome"), long=True)]
) -> Ref:
    """What came of them."""
    found = lock_sample(case.actor, sample)
    case.decide(
        SampleFollowedUp(sample=found.uid, customer=_uid(found), outcome=outcome),
        reasons=[None if found.sent_at else refusal(
                "样品还没有发出", "The samples were not sent yet", who=Position.WAREHOUSE, command="send_sample", given={"sample": str(sample)}
            ), needed(outcome, "outcome")],
    )
    found.outcome, found.outcome_at = outcome, case.at
    found.save(update_fields=["outcome", "outcome_at"])
    return Ref("sample", found.uid, found.number)


def _customer(sight: Sight, uid: UUID | None) -> Customer | None:
    if uid is None:
        return None
    found = Customer.objects.filter(uid=uid).first()
    if found is None or (sight.regions is not None and found.region not in sight.regions):
        raise NotFound("customer")
    return found


def _uid(sample: Sample) -> UUID | None:
    return sample.customer.uid if sample.customer else None


def _wrong(lines: list[SampleGoods], products: dict[UUID, Product]) -> list[Reason]:
    found = [] if lines else [refusal("至少写一种样品", "Name a product at least", field="lines")]
    for row, one in enumerate(lines):
        if one.product not in products:
            found.append(refusal("请从列表中选产品", "Choose a product from the list", field=f"lines.{row}.product"))
        if one.cartons <= 0:
            found.append(refusal("件数要大于零", "The number of cartons must be above zero", field=f"lines.{row}.cartons"))
    return found


def _too_soon(case: Case, day: date) -> Reason | None:
    over = day <= current().local(case.at).date()
    return refusal("跟进日期要在今天之后", "The day of follow-up lies after today", field="follow_up_on") if over else None


def _by_product(batches: list[FromBatch], there: dict[UUID, Batch]) -> dict[int, int]:
    taken: dict[int, int] = {}
    for one in batches:
        product = there[one.batch].product_id
        taken[product] = taken.get(product, 0) + one.cartons
    return taken


def _not_as_noticed(sample: Sample, batches: list[FromBatch], there: dict[UUID, Batch], taken: dict[int, int], day: date) -> list[Reason]:
    """Exactly the products and cartons of the notice, out of batches that passed."""
    wanted: dict[int, int] = {}
    for line in SampleLine.objects.filter(sample=sample):
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.cartons
    found: list[Reason] = []
    for one in batches:
        batch = there[one.batch]
        if batch.quality != Quality.PASSED.value or batch.expires_on <= day:
            found.append(
                Reason(what=Text("批次 {code} 没有检验合格", "Batch {code} has not passed quality").fill(code=batch.code), field="batches")
            )
        if not 0 < one.cartons <= batch.on_hand:
            what = Text("批次 {code} 只有 {have} 件", "Batch {code} has only {have} cartons")
            found.append(Reason(what=what.fill(code=batch.code, have=batch.on_hand), field="batches"))
    if taken != wanted:
        found.append(refusal("与样品通知的品种、件数不符", "Not the products and cartons of the sample notice", field="batches"))
    return found
