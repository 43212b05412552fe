"""Waybills at finance: handed in, and their freight posted, once."""

from __future__ import annotations

from functools import partial
from typing import Annotated
from uuid import UUID

from gatepass.approvals.state import next_step
from gatepass.customers.models import Bearer
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.rows import find, update
from gatepass.money import figure
from gatepass.orders.plan_book import note as plan_note
from gatepass.receivables import labels
from gatepass.receivables.models import Account, PostingKind
from gatepass.receivables.posting import Movement, post_all
from gatepass.receivables.reversals import BACK, Booked, prepare
from gatepass.roles import Position as RolePosition
from gatepass.roles import Power
from gatepass.rules.reasons import Beyond, Reason, refusal
from gatepass.transport.events import FreightCredited, WaybillHandedIn
from gatepass.transport.freight import posted_fen, subsidy_deducted
from gatepass.transport.locking import lock_waybill
from gatepass.transport.models import Waybill, WaybillCorrection
from gatepass.transport.routes import PRINTED_FREIGHT
from gatepass.words import Text

FOR_HIM = frozenset({Bearer.ADVANCED, Bearer.SUBSIDY})
"""Whose freight comes off what the customer owes."""
NAMES = {Bearer.ADVANCED: labels.ADVANCED, Bearer.SUBSIDY: labels.SUBSIDY, Bearer.COMPANY: labels.FREIGHT}
CREDIT = Text("{name} {sum} 元转货款", "{name}: {sum} yuan credited to the goods")
REVERSED = Text("{number} 运费入账申请冲回：{why}", "{number}: its freight credit is to be reversed: {why}")
CREDITED = refusal(
    "这张托运单的运费已经转过货款，一单只转一次",
    "The freight of this waybill was credited already: once per waybill",
    clause="D11",
)
once("freight_credited_once", CREDITED)


@command(may=Power.RECEIVE_WAYBILL, title=Text("收托运单", "Receive a waybill"))
def hand_in_waybill(case: Case, *, waybill: Annotated[UUID, Of("waybill")]) -> Ref:
    """Finance signs for the paper now; nobody can say afterwards that it came earlier."""
    row = lock_waybill(case, waybill)
    order = row.consignment.notice.order
    case.decide(
        WaybillHandedIn(
            waybill=waybill,
            consignment=row.consignment.uid,
            order=order.uid,
            customer=order.customer.uid,
            carrier=row.carrier,
        ),
        reasons=[
            *_not_out(row),
            refusal("这张托运单已经收过了", "This waybill was received already", clause="D11") if row.handed_in_at else None,
        ],
    )
    update(row, handed_in_at=case.at, received_by=case.actor.person)
    return Ref("waybill", row.uid, row.number)


@command(may=Power.RECEIVE_WAYBILL, title=Text("运费入账", "Post the freight of a waybill"))
def credit_freight(case: Case, *, waybill: Annotated[UUID, Of("waybill")]) -> Ref:
    """Freight that the customer advanced becomes goods money; what the company pays is owed to the carrier; a subsidy is the agreed
    rate times the quantity, unless the order's composition deducted it."""
    row = lock_waybill(case, waybill)
    order, bearer = row.consignment.notice.order, Bearer(row.bearer)
    fen = posted_fen(row)
    case.decide(
        FreightCredited(
            waybill=waybill,
            order=order.uid,
            customer=order.customer.uid,
            carrier=row.carrier,
            fen=fen,
            bearer=row.bearer,
        ),
        reasons=[
            *_not_out(row),
            None if row.handed_in_at else _not_handed_in(row),
            CREDITED if row.credited_at else None,
            _not_agreed(row),
            None if fen else refusal("托运单上没有运费", "There is no freight on the waybill", field="waybill"),
            _deducted() if bearer is Bearer.SUBSIDY and subsidy_deducted(order.uid) else None,
        ],
    )
    post_all(case, _movements(row, bearer, order.customer.uid, fen))
    if bearer in FOR_HIM:
        name = NAMES[bearer].fill(number=row.number)
        plan_note(case, order_id=order.id, kind="system", text=CREDIT.fill(name=name, sum=figure(fen)))
    update(row, credited_at=case.at, credited_by=case.actor.person)
    return Ref("waybill", row.uid, row.number)


@command(may=Power.RECEIVE_WAYBILL, title=Text("冲回运费入账", "Reverse a freight credit"))
def reverse_freight_credit(case: Case, *, waybill: Annotated[UUID, Of("waybill")], reason: str) -> Ref:
    """Posted wrongly: a second person of finance signs, then it is no credit any more and what it had paid for is open again (D17)."""
    row = lock_waybill(case, waybill)
    order, fen = row.consignment.notice.order, posted_fen(row) if Bearer(row.bearer) in FOR_HIM else 0
    booked = Booked("waybill", row.uid, order.customer.uid, row.number, -fen, (row.credited_by,))
    made = prepare(case, booked, reason)
    plan_note(case, order_id=order.id, kind="system", text=REVERSED.fill(number=row.number, why=reason))
    return made


def _taken_back(case: Case, waybill: UUID) -> None:
    """No credit of it stands: its freight may be corrected, and posted anew."""
    if row := find(Waybill, lock=True, uid=waybill):
        update(row, credited_at=None, credited_by=None)


BACK["waybill"] = _taken_back


def _movements(row: Waybill, bearer: Bearer, customer: UUID, fen: int) -> list[Movement]:
    """FREIGHT_CREDIT is the kind of which the database lets one of a waybill stand; what the company pays has its own."""
    made = partial(Movement, fen=fen, document_kind="waybill", document=row.uid, label=NAMES[bearer].fill(number=row.number).zh)
    credit = partial(made, credit=Account.CUSTOMER, credit_party=customer, kind=PostingKind.FREIGHT_CREDIT)
    if bearer is Bearer.COMPANY:
        charged = PostingKind.FREIGHT_CHARGED
        return [made(debit=Account.FREIGHT, credit=Account.CARRIER, credit_party=row.carrier, kind=charged)]
    if bearer is Bearer.SUBSIDY:
        return [credit(debit=Account.SUBSIDY)]
    owed, advanced = Account.CUSTOMER_FREIGHT, PostingKind.FREIGHT_ADVANCED
    return [
        made(debit=Account.FREIGHT, credit=owed, credit_party=customer, kind=advanced),
        credit(debit=owed, debit_party=customer),
    ]


def _not_out(row: Waybill) -> list[Reason]:
    if row.voided_at:
        return [refusal("这张托运单已作废", "This waybill is void")]
    return [] if row.consignment.left_at else [refusal("货还没有出门", "The goods have not left", clause="D11", beyond=Beyond.TIME)]


def _not_agreed(row: Waybill) -> Reason | None:
    """A freight other than the frozen one is agreed by a second person of finance first."""
    waits = WaybillCorrection.objects.filter(waybill=row, printed=True, applied_at=None, returned_at=None).first()
    if waits is None:
        return None
    return Reason(
        what=Text("票面运费与约定不符，等财务另一人同意", "The printed freight differs: a second person of finance has to agree"), clause="D11",
        who=RolePosition.FINANCE_MANAGER, cure=Text("请财务另一人签 {number}", "Have another of finance sign {number}").fill(number=waits.number),
        command="sign", given=next_step(PRINTED_FREIGHT.code, waits.uid),
    )  # fmt: skip


def _not_handed_in(row: Waybill) -> Reason:
    return refusal(
        "托运单还没有交来", "The waybill has not been handed in", clause="D11", cure=Text("先收托运单", "Receive it first"),
        who=RolePosition.RECEIVABLES, command="hand_in_waybill", given={"waybill": str(row.uid)},
    )  # fmt: skip


def _deducted() -> Reason:
    return refusal(
        "运补已在这张订单的账款组成里扣过", "The subsidy was deducted in this order's composition", clause="D2",
    )  # fmt: skip
