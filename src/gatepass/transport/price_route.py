"""Who signs that a price was wrong after the goods had left: finance and sales, neither of whom wrote the correction (D17, A13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.catalogue.models import Product
from gatepass.journal.door import Case
from gatepass.journal.rows import find, update
from gatepass.money import figure
from gatepass.orders.locking import lock_order, seen_by
from gatepass.orders.plan_book import note as plan_note
from gatepass.receivables.models import Account, PostingKind
from gatepass.receivables.posting import customers, post_all
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, refusal
from gatepass.transport.events import PriceCorrected, PriceCorrectionReturned
from gatepass.transport.models import Consignment, PriceCorrection
from gatepass.words import Text, same

BOOKED = Text("{number} 价格更正入账 {sum}：{why}", "{number}: price correction of {sum} booked: {why}")


def _subject(case: Case, uid: UUID) -> Subject:
    row = find(PriceCorrection, uid=uid)
    part = find(Consignment, id=row.consignment_id) if row else None
    if row is None or part is None:
        raise NotFound("price_correction")
    order = lock_order(part.order, case.actor)
    row = find(PriceCorrection, lock=True, uid=uid) or row
    row.consignment = part
    over = row.booked_at or row.returned_at
    reasons = [
        refusal("这张更正单已经办完", "This correction is settled") if over else None,
        None if part.left_at else refusal("货又回来了，不用更正", "The goods came back: there is nothing to correct", clause="D17"),
    ]
    return Subject(uid=uid, row=(row, order), reasons=reasons)


def _sees(sight: Sight, uid: UUID) -> bool:
    seen = seen_by(sight).values("uid")
    return sight.may(Power.SEE_MONEY) and PriceCorrection.objects.filter(uid=uid, consignment__order__in=seen).exists()


def _said(sight: Sight, data: Data) -> list[Line]:
    sees = sight.may(Power.SEE_MONEY)
    prices = Text("{old} → {new} 元/件", "{old} → {new} yuan a carton").fill(old=str(data["old_yuan"]), new=str(data["new_yuan"]))
    return [
        Line("customer", Text("客户", "customer"), same(str(data["customer_name"]))),
        Line("consignment", Text("出库单", "outbound order"), same(str(data["consignment_number"]))),
        Line("line", Text("货品", "goods"), Text("{name} {n} 件", "{name}, {n} cartons").fill(name=str(data["name"]), n=data["cartons"])),
        Line("price", Text("单价", "price"), prices if sees else None),
        Line("fen", Text("对欠款的影响", "what it adds to what he owes"), same(figure(int(data["fen"]))) if sees else None),
        Line("reason", Text("为什么", "why"), same(str(data["reason"]))),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    named = f"{data['customer_name']} · {data['consignment_number']} · {data['name']}"
    return same(f"{named} · {figure(int(data['fen']))}" if sight.may(Power.SEE_MONEY) else named)


def _about(given: Given) -> dict[str, UUID]:
    row, order = given.subject.row
    return {"price_correction": row.uid, "consignment": row.consignment.uid, "order": order.uid, "customer": order.customer.uid}


def _signed(case: Case, given: Given) -> Sequence[Event]:
    row: PriceCorrection = given.subject.row[0]
    return [PriceCorrected(**_about(given), fen=row.fen if given.last else 0, booked=given.last, signer=given.person)]


def _book(case: Case, given: Given) -> None:
    row, order = given.subject.row
    if not given.last:
        return
    name = find(Product, id=row.product)
    label = f"{row.number} {row.consignment.number} {name.name if name else ''}".strip()
    moved = customers(
        order.customer.uid, row.fen, Account.SALES, kind=PostingKind.PRICE, document_kind="price_correction", document=row.uid, label=label[:160]
    )
    post_all(case, [moved])
    update(row, booked_at=case.at)
    plan_note(case, order_id=order.id, kind="system", text=BOOKED.fill(number=row.number, sum=figure(row.fen), why=row.reason))


def _returned(case: Case, given: Given) -> Sequence[Event]:
    return [PriceCorrectionReturned(**_about(given))]


def _not_booked(case: Case, given: Given) -> None:
    update(given.subject.row[0], returned_at=case.at)


PRICE_CORRECTION: Final = route(
    code="price_correction", kind="price_correction", title=Text("价格更正单", "price correction"), article="D17",
    steps=(
        Step(code="finance", power=Power.APPROVE_FINANCE, text=Text("财务审批", "finance approval"), position=Position.RECEIVABLES),
        Step(code="sales", power=Power.APPROVE_SALES, text=Text("销售审批", "sales approval"), position=Position.SALES_MANAGER),
    ),
    subject=_subject, sees=_sees, said=_said, headline=_headline, page="/approvals/price_correction/{subject}/", signed=_signed, then=_book,
    returned=_returned, sent_back=_not_booked,
)  # fmt: skip
