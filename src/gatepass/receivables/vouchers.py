"""Commands of vouchers (A13): fees, discounts, support and other items are booked only with two signatures, of finance and of sales."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.money import Money
from gatepass.receivables.commands import lock_customer
from gatepass.receivables.events import VoucherPrepared
from gatepass.receivables.models import Voucher
from gatepass.receivables.routes import VOUCHER
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.words import Labelled, Text

name_fields(
    kind=("种类", "kind"), label=("名目", "what for"), papers=("附件", "papers"), favours=("对客户", "for the customer")
)


class VoucherKind(Labelled):
    """What a voucher may be for; the account it is booked against has the same code."""

    FEE = "fee", "手续费", "service fee"
    DISCOUNT = "discount", "优惠", "discount"
    SUPPORT = "support", "市场支持", "market support"
    OTHER = "other", "其他", "other"


class Favour(Labelled):
    IN_FAVOUR = "in_favour", "有利于客户（减）", "in his favour (less to pay)"
    AGAINST = "against", "由客户承担（加）", "against him (more to pay)"


@command(may=Power.PREPARE_VOUCHER, title=Text("制费用票据", "Prepare a voucher"))
def prepare_voucher(
    case: Case, *, customer: Annotated[UUID, Of("customer")], kind: VoucherKind, favours: Favour, amount: Money, label: str, papers: str
) -> Ref:
    """A fee, discount, support or other item with its papers; it counts once finance and sales have both approved it."""
    who = lock_customer(customer)
    uid = case.new_id()
    fen = amount.fen if favours is Favour.AGAINST else -amount.fen
    wrong = [
        None if amount.fen > 0 else refusal("金额要大于零", "The amount must be above zero", field="amount"),
        None if label else refusal("请写明名目", "Say what it is for", field="label"),
        None if papers else refusal("请写明附件（签呈号、发票号）", "Name the papers behind it", clause="A13", field="papers"),
    ]
    case.decide(VoucherPrepared(voucher=uid, customer=who.uid, kind=kind.value, fen=fen), reasons=wrong)
    number = take_number("PJ", case.at)
    Voucher.objects.create(
        uid=uid, number=number, customer=who.uid, kind=kind.value, fen=fen, label=label, papers=papers,
        prepared_by=case.actor.person, prepared_for=case.actor.acting_for, prepared_at=case.at,
    )  # fmt: skip
    said = {"customer": str(who.uid), "customer_name": who.name, "kind": kind.value, "fen": fen, "label": label, "papers": papers}
    bind(case, VOUCHER, uid, number=number, data=numbered(1, said))
    return Ref("voucher", uid, number)
