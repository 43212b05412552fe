"""The director's signature for goods that leave before they are paid (D4): bound to the notice, its version, the sum and the day of payment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gatepass.approvals.models import Version
from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.dispatch.models import UnpaidSignature
from gatepass.journal.door import Case
from gatepass.journal.rows import find, update
from gatepass.money import figure
from gatepass.orders.events import UnpaidDeclined, UnpaidSigned
from gatepass.orders.locking import lock_order, seen_by
from gatepass.orders.plan_book import note as note_down
from gatepass.orders.taking import under_way
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, refusal
from gatepass.words import Text, same

SIGNED = Text("总监签批先发后款 {sum}：{why}", "The director signed for {sum} unpaid: {why}")
DECLINED = Text("总监不同意先发后款：{why}", "The director does not agree to ship unpaid: {why}")
VOID = refusal("通知单已改版或作废，这份申请不再有效", "The notice was changed or voided: this request holds no more", clause="D4")
ANSWERED = refusal("这份申请已经答复过", "This request was answered already", clause="D4")


def _unpaid(case: Case, uid: UUID) -> Subject:
    known = UnpaidSignature.objects.filter(uid=uid).values_list("order__uid", flat=True).first()
    if known is None:
        raise NotFound("unpaid_signature")
    order = lock_order(known, case.actor)
    row = find(UnpaidSignature, lock=True, uid=uid)
    if row is None:
        raise NotFound("unpaid_signature")
    row.order = order
    answered = ANSWERED if row.signed_at or row.returned_at else None
    return Subject(uid=uid, row=row, reasons=[answered, VOID if row.voided_at else None, *under_way(order)])


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY) and UnpaidSignature.objects.filter(uid=uid, order__in=seen_by(sight)).exists()


def _said(sight: Sight, data: Data) -> list[Line]:
    for_next = Text("订单的下一张通知单", "the next notice of the order")
    notice = same(str(data["notice_number"])) if data["notice"] else for_next
    day = same(str(data["pay_on"])) if data["pay_on"] else Text("没有约定", "none named")
    return [
        Line("customer", Text("客户", "customer"), same(str(data["customer_name"]))),
        Line("order", Text("订单", "order"), same(str(data["order_number"]))),
        Line("notice", Text("发货通知单", "shipping notice"), notice),
        *([Line("of", Text("通知单第几版", "version of the notice"), same(str(data["notice_version"])))] if data["notice"] else []),
        Line("fen", Text("未到账", "unpaid"), same(figure(int(data["fen"]))) if sight.may(Power.SEE_MONEY) else None),
        Line("pay_on", Text("客户哪天付款", "the customer pays on"), day),
        Line("reason", Text("为什么先发", "why it leaves before"), same(str(data["reason"]))),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    if not sight.may(Power.SEE_MONEY):
        return same(str(data["customer_name"]))
    return Text("{customer}：{sum} 元未到账", "{customer}: {sum} yuan unpaid").fill(
        customer=str(data["customer_name"]), sum=figure(int(data["fen"]))
    )


def _about(given: Given) -> dict[str, UUID]:
    row: UnpaidSignature = given.subject.row
    return {"order": row.order.uid, "customer": row.order.customer.uid, "unpaid_signature": row.uid}


def _signed(case: Case, given: Given) -> Sequence[Event]:
    return [UnpaidSigned(**_about(given), fen=given.subject.row.fen, signer=given.person)]


def _cover(case: Case, given: Given) -> None:
    row: UnpaidSignature = given.subject.row
    update(row, signed_at=case.at)
    data = Version.objects.filter(route=UNPAID.code, subject=row.uid).order_by("-version").values_list("data", flat=True)[0]
    note_down(case, order_id=row.order_id, text=SIGNED.fill(sum=figure(row.fen), why=str(data["reason"])), kind="signature")


def _declined(case: Case, given: Given) -> Sequence[Event]:
    return [UnpaidDeclined(**_about(given), reason=given.why)]


def _decline(case: Case, given: Given) -> None:
    row: UnpaidSignature = given.subject.row
    update(row, returned_at=case.at)
    note_down(case, order_id=row.order_id, text=DECLINED.fill(why=given.why), kind="signature")


UNPAID: Final = route(
    code="unpaid", kind="unpaid_signature", title=Text("先发后款", "shipment before payment"), article="D4",
    steps=(Step(code="director", power=Power.SIGN_UNPAID, text=Text("总监签批", "the director's signature"), position=Position.SALES_DIRECTOR),),
    subject=_unpaid, sees=_sees, said=_said, headline=_headline, page="/approvals/unpaid/{subject}/", signed=_signed, then=_cover,
    returned=_declined, sent_back=_decline,
)  # fmt: skip
